/* Times of day are seconds from midnight, up to 36:00 (past midnight). */

export const two = (n) => String(n).padStart(2, '0');

export function seconds(text) {
  const [h, m, s = 0] = text.replace(' (second)', '').split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

/* How long an entry really lasts, also where clocks change meanwhile. */
export const lasts = (entry) =>
  entry.start_utc ? (Date.parse(entry.end_utc) - Date.parse(entry.start_utc)) / 1000
    : seconds(entry.end) - seconds(entry.start);

/* "09:30", as plan text takes it; 24:30 is half past midnight of the next day. */
export const clock = (s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;

/* For people: past midnight begins again at 00:00. */
export function shown(s, withSeconds = false) {
  const t = s % 86400;
  return clock(t) + (withSeconds ? `:${two(t % 60)}` : '');
}

export function length(s) {
  const minutes = Math.round(s / 60);
  if (s < 3600) return `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}

/* Whole minutes as plan text has them: 90 is "1h30m". */
export function span(minutes) {
  const h = Math.floor(minutes / 60),
    m = minutes % 60;
  return h ? `${h}h${m ? `${m}m` : ''}` : `${m}m`;
}

/* "2026-11-24" as "Tuesday, 24 November 2026". */
export function longDate(date) {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/*
 * The clock of a time zone ('' is this browser's), as {year, month, day, hour, minute} in digits.
 */
function parts(zone) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone || undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(new Date()).map((p) => [p.type, p.value]));
}

export function today(zone) {
  const { year, month, day } = parts(zone);
  return `${year}-${month}-${day}`;
}

export function now(zone) {
  const { hour, minute } = parts(zone);
  return `${hour}:${minute}`;
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
