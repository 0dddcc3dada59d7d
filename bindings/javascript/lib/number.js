// number.js: writes numbers like "%.*g" of printf in C.

/** `value` with at most `precision` significant digits, without zeros at the end. */
export function shortNumber(value, precision) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const rounded = roundedToEven(Math.abs(value), precision);
  const [mantissa, power] = rounded.split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  const exponent = Number(power);
  const sign = value < 0 ? "-" : "";
  if (exponent < -4 || exponent >= precision) {
    const rest = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${digits[0]}${rest}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return sign + whole + (fraction && `.${fraction}`);
}

/** toExponential rounds a tie up; C rounds it to the even digit. */
function roundedToEven(value, precision) {
  const up = value.toExponential(precision - 1);
  const exact = value.toExponential(Math.min(100, precision + 40));
  const [mantissa, power] = exact.split("e");
  const isTie = /^50*$/.test(mantissa.slice(precision + 1));
  const last = Number(mantissa[precision > 1 ? precision : 0]);
  return isTie && last % 2 === 0 ? `${mantissa.slice(0, precision + 1)}e${power}` : up;
}
