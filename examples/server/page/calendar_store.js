/*
 * Stores the user's calendars in this browser, with handles of their files.
 */
import { readAll, remove, write } from './database.js';

const MOST_BYTES = 16 * 1024 * 1024; /* of one file */
const MOST_CALENDARS = 32;
const memory = new Map(); /* if the browser does not store anything */

/* [{name, text, on, music, handle, modified, added}] in the order in which they were added. */
export async function allCalendars() {
  const kept = (await readAll('calendars')) || [];
  for (const calendar of kept) memory.set(calendar.name, calendar);
  return [...memory.values()].sort((a, b) => a.added - b.added);
}

export async function putCalendar(calendar) {
  memory.set(calendar.name, calendar);
  return write('calendars', calendar);
}

export async function removeCalendar(name) {
  memory.delete(name);
  await remove('calendars', name);
}

/*
 * {text, remark}: the text of the file, and what the user should check in it. Throws an Error that
 * explains why the file is refused.
 */
export async function readFile(file) {
  if (!memory.has(file.name) && memory.size >= MOST_CALENDARS)
    throw new Error(`At most ${MOST_CALENDARS} calendars are kept: remove one first.`);
  if (file.size > MOST_BYTES)
    throw new Error(
      `${file.name} has ${Math.ceil(file.size / 1048576)} MiB; at most 16 are read. ` +
        'Export a shorter period.',
    );
  const bytes = await file.arrayBuffer();
  let text,
    remark = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes);
    remark = ' It is not in UTF-8 and was read as Windows-1252: check letters with accents.';
  }
  if (!/^\s*BEGIN:VCALENDAR/i.test(text))
    throw new Error(`${file.name} is not a calendar: it does not begin with BEGIN:VCALENDAR.`);
  return { text, remark };
}
