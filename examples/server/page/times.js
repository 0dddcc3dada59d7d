/* Times of day are seconds from midnight, up to 36:00 (past midnight). */

export const two = (n) => String(n).padStart(2, '0');

export function seconds(text) {
  const [h, m, s = 0] = text.replace(' (second)', '').split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

/* The real length of an entry, even across a daylight-saving change. */
export const lasts = (entry) =>
  entry.start_utc
    ? (Date.parse(entry.end_utc) - Date.parse(entry.start_utc)) / 1000
    : seconds(entry.end) - seconds(entry.start);

/* "09:30", in the form of plan text; 24:30 is half past midnight on the next day. */
export const clock = (s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;

/* For people: after midnight, hours start again at 00:00. */
export function shown(s, withSeconds = false) {
  const t = s % 86400;
  return clock(t) + (withSeconds ? `:${two(t % 60)}` : '');
}

export function length(s) {
  const minutes = Math.round(s / 60);
  if (s < 3600) return `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}

/* Minutes in the form of plan text: 90 is "1h30m". */
export function span(minutes) {
  const h = Math.floor(minutes / 60),
    m = minutes % 60;
  return h ? `${h}h${m ? `${m}m` : ''}` : `${m}m`;
}

const LONG = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/* "2026-11-24" as "Tuesday, 24 November 2026". */
export const longDate = (date) => LONG.format(new Date(`${date}T12:00:00Z`));

const SHORT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/* "2026-11-24" as "Tue 24 Nov". */
export const shortDate = (date) =>
  SHORT.format(new Date(`${date}T12:00:00Z`)).replace(',', '');

/* 0 is Sunday. */
export const weekday = (date) => new Date(`${date}T12:00:00Z`).getUTCDay();

/* The date a number of days after another one. */
export const dateAfter = (date, days) =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 86400000).toISOString().slice(0, 10);

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || '';

/* A time as people type it, "9", "9.30", "2:15 pm" or "14h", as "09:00"; null if not a time. */
export function typedTime(text) {
  const found = /^\s*(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap])?\.?\s?(?:m\.?)?\s*$/i.exec(text);
  if (!found) return null;
  const [, hour, minute = '00', half] = found;
  let h = Number(hour);
  if (half && (h < 1 || h > 12)) return null;
  if (half) h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return h <= 36 && Number(minute) < 60 && h * 60 + Number(minute) <= 2160
    ? `${two(h)}:${minute}`
    : null;
}

/*
 * The current time in a time zone ('' is this browser's), as {year, month, day, hour, minute} in
 * digits.
 */
const formats = new Map();

function parts(zone, at = new Date()) {
  if (!formats.has(zone)) formats.set(zone, clockFormat(zone));
  return Object.fromEntries(
    formats
      .get(zone)
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  );
}

function clockFormat(zone) {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone || undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

export function today(zone) {
  const { year, month, day } = parts(zone);
  return `${year}-${month}-${day}`;
}

export function now(zone) {
  const { hour, minute } = parts(zone);
  return `${hour}:${minute}`;
}

/*
 * Whether the clock has already shown this time of day, because it was put back by an hour or half
 * an hour.
 */
function isSecond(moment, zone) {
  const clocks = (ms) => Object.values(parts(zone, new Date(moment - ms))).join();
  return Boolean(zone) && [1800000, 3600000].some((ms) => clocks(ms) === clocks(0));
}

/* Like now(), with "(second)" in the second of two repeated hours. */
export const nowOnce = (zone) => now(zone) + (isSecond(Date.now(), zone) ? ' (second)' : '');

/*
 * The `which` ("start" or "end") time of an entry for people, marked if it is in the second of two
 * repeated hours.
 */
export function entryTime(entry, which, zone, withSeconds = false) {
  const moment = entry[`${which}_utc`];
  return (
    shown(seconds(entry[which]), withSeconds) +
    (moment && isSecond(Date.parse(moment), zone) ? ' (2nd)' : '')
  );
}

export function isDate(text) {
  const match = typeof text === 'string' && /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const date = match && new Date(`${text}T00:00:00Z`);
  return Boolean(date) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function isZone(name) {
  try {
    return Boolean(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
