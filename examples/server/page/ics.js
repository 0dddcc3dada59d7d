/* Extracts the part of a calendar (RFC 5545) that a plan needs, so that only this part is sent. */

/*
 * The properties of an event or to-do that the server reads; descriptions, places, attendees and
 * attachments stay in the browser. Of the attendees, it needs whether the owner of the calendar has
 * declined.
 */
const NEEDED = new Set([
  'BEGIN',
  'END',
  'UID',
  'DTSTAMP',
  'DTSTART',
  'DTEND',
  'DUE',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'EXRULE',
  'RECURRENCE-ID',
  'SUMMARY',
  'STATUS',
  'TRANSP',
  'PRIORITY',
  'PERCENT-COMPLETE',
  'COMPLETED',
  'ESTIMATED-DURATION',
  'X-ESTIMATED-DURATION',
  'RELATED-TO',
  'SEQUENCE',
  'FREEBUSY',
  'X-MICROSOFT-CDO-BUSYSTATUS',
  'X-MICROSOFT-CDO-ALLDAYEVENT',
]);
const OF_CALENDAR = new Set(['VERSION', 'PRODID', 'METHOD', 'X-WR-CALNAME', 'X-WR-TIMEZONE']);
const FAR_DAYS = 2; /* more than any time zone shifts an event */
const LONG_DAYS = 370; /* an event with a DURATION, or a moved series */

/* Content lines with the number of their first line: {name, value, from, raw}. */
function contentLines(text) {
  const found = [];
  text.split(/\r\n|\n|\r/).forEach((raw, index) => {
    if (/^[ \t]/.test(raw) && found.length) {
      found.at(-1).raw.push(raw);
      found.at(-1).value += raw.slice(1);
      return;
    }
    const [, name, value] = /^([\w-]*)(.*)$/.exec(raw);
    if (raw) found.push({ name: name.toUpperCase(), value, from: index + 1, raw: [raw] });
  });
  return found;
}

const dayNumber = (digits) =>
  Date.UTC(digits.slice(0, 4), digits.slice(4, 6) - 1, digits.slice(6, 8)) / 86400000;

/* Days since 1970 of a DATE or DATE-TIME; null if it is neither. */
function dayOf(line) {
  const found = line && /[:;=](\d{8})(?:T|$|\D)/.exec(line.value);
  return found ? dayNumber(found[1]) : null;
}

/* Whether an event can be on a day from `day` to `last`; true if this is unclear. */
function mayBeOn(component, { day, last }) {
  const line = (name) => component.find((l) => l.name === name);
  if (line('RDATE') || line('RECURRENCE-ID')) return true;
  const begins = dayOf(line('DTSTART'));
  if (begins === null) return true;
  if (begins > last + FAR_DAYS) return false;
  const rule = line('RRULE');
  if (rule) {
    const until = /UNTIL=(\d{8})/i.exec(rule.value);
    return !until || dayNumber(until[1]) >= day - LONG_DAYS;
  }
  const ends = dayOf(line('DTEND')) ?? begins + (line('DURATION') ? LONG_DAYS : 0);
  return ends >= day - FAR_DAYS;
}

/* Whether the line says that the owner has declined; a calendar can be named by their address. */
const declines = ({ name, value }, owner) =>
  name === 'ATTENDEE' &&
  Boolean(owner) &&
  /;PARTSTAT="?DECLINED/i.test(value) &&
  value.trim().toLowerCase().endsWith(`:mailto:${owner}`);

const isDone = (component) =>
  component.some(
    (l) => l.name === 'COMPLETED' || (l.name === 'STATUS' && /:COMPLETED\s*$/i.test(l.value)),
  );

const uidOf = (component) =>
  component
    .find((l) => l.name === 'UID')
    ?.value.replace(/^[^:]*:/, '')
    .trim();

function keeps(kind, component, dates, without) {
  if (without.has(uidOf(component))) return false;
  if (kind === 'VTIMEZONE') return true;
  if (kind === 'VTODO') return !isDone(component);
  return ['VEVENT', 'VFREEBUSY'].includes(kind) && mayBeOn(component, dates);
}

/*
 * {ics, lines}: the calendar without items that cannot affect the `days` dates from `date`
 * ("2026-11-24") on and without the components whose UIDs are in `without`. `lines` has the number
 * of each line in `text`.
 */
export function partFor(text, date, { days = 1, without = new Set() } = {}) {
  const day = Date.parse(`${date}T00:00:00Z`) / 86400000;
  const dates = { day, last: day + days - 1 };
  const kept = [];
  let component = null,
    depth = 0,
    owner = '';
  for (const line of contentLines(text)) {
    const kind = line.value.slice(1).trim().toUpperCase();
    const begins = line.name === 'BEGIN',
      ends = line.name === 'END';
    if (!component) {
      if (begins && kind !== 'VCALENDAR') component = [line];
      if (line.name === 'X-WR-CALNAME') owner = line.value.slice(1).trim().toLowerCase();
      if (!component && (begins || ends || OF_CALENDAR.has(line.name))) kept.push(line);
      depth = component ? 1 : 0;
      continue;
    }
    const whole = component[0].value.slice(1).trim().toUpperCase();
    if (begins) depth += 1;
    const isNeeded = NEEDED.has(line.name) || declines(line, owner);
    const mine = whole === 'VTIMEZONE' || (depth === 1 && isNeeded);
    if (ends) depth -= 1;
    if (mine) component.push(line);
    if (depth > 0) continue;
    if (keeps(whole, component, dates, without)) kept.push(...component);
    component = null;
  }
  if (component) kept.push(...component); /* truncated: the server reports it */
  return {
    ics: kept
      .flatMap((l) => l.raw)
      .map((raw) => `${raw}\r\n`)
      .join(''),
    lines: kept.flatMap((l) => l.raw.map((_, i) => l.from + i)),
  };
}

/* The id of a component in a plan, from its UID: 64-bit FNV-1a. */
export function idOf(uid) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(uid))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return `cal-${hash.toString(16).padStart(16, '0')}`;
}
