// recurrence.js: expands recurrence rules of calendars (RFC 5545 section 3.3.10) with ical.js.

const DAY_S = 86400;
const PERIOD_S = { SECONDLY: 1, MINUTELY: 60, HOURLY: 3600, DAILY: DAY_S, WEEKLY: 7 * DAY_S };
const MONTHS = { MONTHLY: 1, YEARLY: 12 };
const DAYS = { SU: 1, MO: 2, TU: 3, WE: 4, TH: 5, FR: 6, SA: 7 };
const LONGEST_INTERVAL = 32767; // as libical reads it
// The parts of a rule that ical.js expands as libical does, besides INTERVAL, COUNT and WKST; it
// misreads or ignores some of the others.
const PARTS = {
  SECONDLY: [],
  MINUTELY: [],
  HOURLY: [],
  DAILY: ["BYDAY", "BYMONTH"],
  WEEKLY: ["BYDAY", "BYMONTH"],
  MONTHLY: ["BYDAY", "BYMONTHDAY", "BYSETPOS"],
  YEARLY: ["BYDAY", "BYMONTH", "BYMONTHDAY"],
};

const INVALID = -1;
const EXPENSIVE = -2;

class TooManySteps extends Error {}

/** Local seconds since 1970 as a time of ical.js. */
function toTime(ICAL, local, isDate) {
  const at = new Date(local * 1000);
  const date = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
  const clock = { hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() };
  return new ICAL.Time(isDate ? { ...date, isDate: true } : { ...date, ...clock });
}

const toLocal = (time) =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour ?? 0, time.minute ?? 0, time.second ?? 0)
  / 1000;

/** The rule as ical.js reads it; null if libical might give it other instances. */
function read(ICAL, text) {
  const parts = new Map(text.toUpperCase().split(";").map((part) => part.split("=")));
  const known = ["FREQ", "INTERVAL", "COUNT", "WKST", ...(PARTS[parts.get("FREQ")] ?? [])];
  if ([...parts.keys()].some((name) => !known.includes(name))) return null;
  if (parts.has("BYMONTHDAY") && parts.has("BYDAY")) return null;
  if (parts.has("BYSETPOS") && !parts.has("BYDAY")) return null;
  const days = (parts.get("BYMONTHDAY") ?? "1").split(",").map(Number);
  // In rules of years, ical.js takes April 31 for May 1, and counts from the end of another month.
  const [first, last] = parts.get("FREQ") === "YEARLY" ? [1, 28] : [-31, 31];
  if (!days.every((day) => day >= first && day <= last && day !== 0)) return null;
  try {
    const rule = ICAL.Recur.fromString(text);
    const interval = Number(parts.get("INTERVAL") ?? 1);
    return interval >= 1 && interval <= LONGEST_INTERVAL ? rule : null;
  } catch {
    return null;
  }
}

/**
 * Where the iteration begins. Without COUNT, all periods are alike, so it begins two periods before
 * `from`. Not all months have the days after the 28th, so a series that begins on one of them is
 * visited from its start.
 */
function firstStart(rule, start, from) {
  if (rule.count || start >= from) return start;
  if (PERIOD_S[rule.freq]) {
    const period = PERIOD_S[rule.freq] * rule.interval;
    return start + Math.max(0, Math.floor((from - start - 2 * period) / period)) * period;
  }
  const [first, last] = [new Date(start * 1000), new Date(from * 1000)];
  if (first.getUTCDate() > 28) return start;
  const period = MONTHS[rule.freq] * rule.interval;
  const years = last.getUTCFullYear() - first.getUTCFullYear();
  const months = 12 * years + last.getUTCMonth() - first.getUTCMonth();
  const skipped = Math.max(0, Math.floor((months - 2 * period) / period)) * period;
  return first.setUTCMonth(first.getUTCMonth() + skipped) / 1000;
}

/** An iterator that throws TooManySteps: a rule without any instance would be searched forever. */
function boundedIterator(ICAL, rule, dtstart, steps) {
  const count = () => {
    if (steps.left === 0) throw new TooManySteps();
    steps.left -= 1;
  };
  const plain = ICAL.RecurIterator.prototype;
  class Bounded extends ICAL.RecurIterator {}
  for (const unit of ["second", "minute", "hour", "monthday", "month", "year"]) {
    const name = `increment_${unit}`;
    Bounded.prototype[name] = function step(...args) {
      count();
      return plain[name].apply(this, args);
    };
  }
  return { iterator: new Bounded({ rule, dtstart }), count };
}

/**
 * Whether a date that ical.js gives is one of the rule: it also gives the first date of a series,
 * and March 3 for February 31.
 */
function isOnRule(rule, first, time) {
  const { BYDAY: days, BYMONTH: months, BYMONTHDAY: monthDays } = rule.parts;
  if (months && !months.includes(time.month)) return false;
  if (rule.freq === "DAILY" && days)
    return days.some((day) => DAYS[day.slice(-2)] === time.dayOfWeek());
  return rule.freq !== "YEARLY" || Boolean(days || monthDays) || time.day === first.day;
}

/** The first day of the last month of the rule before `local`: BYSETPOS needs whole months. */
function periodBefore(rule, local) {
  const month = new Date(local * 1000);
  month.setUTCDate(1);
  return month.setUTCMonth(month.getUTCMonth() - rule.interval) / 1000;
}

function visit(ICAL, rule, series, steps, tell) {
  const start = rule.parts.BYSETPOS ? periodBefore(rule, series.start) : series.start;
  const first = toTime(ICAL, firstStart(rule, start, series.from), series.isDate);
  let left = rule.count || Infinity;
  rule.count = null; // ical.js also counts what isOnRule() leaves out
  const { iterator, count } = boundedIterator(ICAL, rule, first, steps);
  for (let next = iterator.next(); next && left > 0; next = iterator.next()) {
    const local = toLocal(next);
    count();
    if (local >= series.to) return;
    if (local < series.start || !isOnRule(rule, first, next)) continue;
    left -= 1;
    if (local >= series.from && !tell(local)) return;
  }
}

/** Expands rules with ical.js; none if `ICAL` is null. */
export class Recurrence {
  #ICAL;

  constructor(ICAL) {
    this.#ICAL = ICAL;
  }

  get isAvailable() {
    return this.#ICAL !== null;
  }

  isValid(text) {
    return this.isAvailable && read(this.#ICAL, text) !== null;
  }

  /**
   * The first `most` instances of a series in order.
   * @param series {start, isDate, from, to}: local seconds since 1970
   * @param steps {left}: the steps that the expansion may take, and what is left of them
   * @returns instances, or INVALID or EXPENSIVE
   */
  expand(text, series, most, steps) {
    const rule = this.isAvailable ? read(this.#ICAL, text) : null;
    if (rule === null) return INVALID;
    const found = [];
    const tell = (local) => found.push(local) < most;
    try {
      if (series.start < series.to) visit(this.#ICAL, rule, series, steps, tell);
    } catch (error) {
      if (error instanceof TooManySteps) return EXPENSIVE;
      // ical.js throws errors for rules that it cannot step through.
      return found.length > 0 ? found : INVALID;
    }
    return found;
  }
}
