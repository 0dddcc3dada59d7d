// zone.js: converts a time zone of the host's Intl to a TZif file (RFC 8536) for the library.

const DAY_S = 86400;
// Offsets are sampled every ten days: no zone has changed its clocks twice in that time.
const STEP_S = 10 * DAY_S;
const FIRST_S = 0;
const LAST_S = Date.UTC(2100, 0, 1) / 1000;

/** Returns a function from Unix seconds to the offset of the zone from UTC. */
function offsetsOf(name) {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  return (seconds) => {
    const text = format.format(seconds * 1000);
    const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
    const [, sign, hours, minutes, rest] = found;
    if (sign === undefined) return 0;
    const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest ?? 0);
    return sign === "-" ? -size : size;
  };
}

/** The times at which the offset changes, each with the new offset. */
function changesOf(name) {
  const offsetAt = offsetsOf(name);
  const changes = [{ at: -(2 ** 31), offset: offsetAt(FIRST_S) }];
  let offset = changes[0].offset;
  for (let end = FIRST_S + STEP_S; end <= LAST_S; end += STEP_S) {
    const next = offsetAt(end);
    if (next === offset) continue;
    let [before, after] = [end - STEP_S, end];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    offset = offsetAt(after);
    changes.push({ at: after, offset });
    if (offset !== next) end -= STEP_S; // a second change within the step
  }
  return changes;
}

function abbreviation(offset) {
  const size = Math.abs(offset);
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  const minutes = size % 3600 === 0 ? "" : two((size % 3600) / 60);
  return (offset < 0 ? "-" : "+") + two(size / 3600) + minutes;
}

/** An empty version 1 part, then the 64-bit data, then no rule for what follows. */
function encode(changes) {
  const offsets = [...new Set(changes.map((change) => change.offset))];
  const names = offsets.map((offset) => abbreviation(offset) + "\0");
  const text = names.join("");
  const starts = names.map((_, i) => names.slice(0, i).join("").length);
  const standard = Math.min(...changes.slice(-2).map((change) => change.offset));
  const size = 2 * 44 + 9 * changes.length + 6 * offsets.length + text.length + 2 + 7;
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  const header = (counts) => {
    [0x54, 0x5a, 0x69, 0x66, 0x32].forEach((byte, i) => view.setUint8(at + i, byte));
    counts.forEach((count, i) => view.setUint32(at + 20 + 4 * i, count));
    at += 44;
  };
  header([0, 0, 0, 0, 1, 1]);
  at += 7; // one type and one abbreviation, as the format wants
  header([0, 0, 0, changes.length, offsets.length, text.length]);
  for (const change of changes) {
    view.setBigInt64(at, BigInt(change.at));
    at += 8;
  }
  for (const change of changes) view.setUint8(at++, offsets.indexOf(change.offset));
  offsets.forEach((offset, i) => {
    view.setInt32(at, offset);
    view.setUint8(at + 4, offset > standard ? 1 : 0);
    view.setUint8(at + 5, starts[i]);
    at += 6;
  });
  for (const letter of text) view.setUint8(at++, letter.charCodeAt(0));
  view.setUint8(at++, 10);
  view.setUint8(at, 10);
  return new Uint8Array(view.buffer);
}

const files = new Map();

/** The zone as a TZif file from 1970 to 2100, or null if the host does not know the zone. */
export function zoneFile(name) {
  if (!files.has(name)) {
    try {
      files.set(name, encode(changesOf(name)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      files.set(name, null);
    }
  }
  return files.get(name);
}
