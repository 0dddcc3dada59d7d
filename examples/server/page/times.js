/* Times of day are seconds from midnight, up to 36:00 (past midnight). */

export const two = (n) => String(n).padStart(2, '0');

export function seconds(text) {
  const [h, m, s = 0] = text.replace(' (second)', '').split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

/* How long an entry really lasts, also where clocks change meanwhile. */
export const lasts = (entry) =>
  entry.start_utc ? (Date.parse(entry.end_utc) - Date.parse(entry.start_utc)) / 1000 : seconds(entry.end) - seconds(entry.start);

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

export function today() {
  const d = new Date();
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

export function now() {
  const d = new Date();
  return `${two(d.getHours())}:${two(d.getMinutes())}`;
}
