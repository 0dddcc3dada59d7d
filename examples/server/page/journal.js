/*
 * Days that the page was still writing to the database when it was closed. The browser may drop
 * such a write; local storage keeps the day at once, until the page opens again.
 */
const KEY = 'musicsched.unsaved';

function read() {
  try {
    const records = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(records) ? records.filter((r) => r && typeof r.date === 'string') : [];
  } catch {
    return []; /* storage is off or has other content */
  }
}

function write(records) {
  try {
    if (records.length) localStorage.setItem(KEY, JSON.stringify(records));
    else localStorage.removeItem(KEY);
  } catch {
    /* storage is off or full: only the database has the days */
  }
}

/* Replaces the records of the same dates. */
export function keepForNext(records) {
  const dates = records.map((r) => r.date);
  if (records.length) write([...read().filter((r) => !dates.includes(r.date)), ...records]);
}

/* The records that the last visit left. */
export const left = read;

/* The database has this date, or a later change of it. */
export function forget(date) {
  const records = read();
  if (records.some((r) => r.date === date)) write(records.filter((r) => r.date !== date));
}
