/*
 * Calendars that the person gave to the page, in this browser: IndexedDB, which also keeps handles
 * of files.
 */
const MOST_BYTES = 16 * 1024 * 1024; /* of one file */
const MOST_CALENDARS = 32;
const memory = new Map(); /* where the browser keeps nothing */
let opening = null;

function open() {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open('musicsched', 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore('calendars', { keyPath: 'name' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opening;
}

/* One operation on the store; undefined where it fails. */
async function run(mode, action) {
  const database = await open();
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const request = action(database.transaction('calendars', mode).objectStore('calendars'));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

/* [{name, text, on, music, handle, modified, added}] in the order in which they were added. */
export async function allCalendars() {
  const kept = (await run('readonly', (store) => store.getAll())) || [];
  for (const calendar of kept) memory.set(calendar.name, calendar);
  return [...memory.values()].sort((a, b) => a.added - b.added);
}

export async function putCalendar(calendar) {
  memory.set(calendar.name, calendar);
  return (await run('readwrite', (store) => store.put(calendar))) !== undefined;
}

export async function removeCalendar(name) {
  memory.delete(name);
  await run('readwrite', (store) => store.delete(name));
}

/* Its text; throws an Error that says what is wrong with it. */
export async function readFile(file) {
  if (!memory.has(file.name) && memory.size >= MOST_CALENDARS)
    throw new Error(`At most ${MOST_CALENDARS} calendars are kept: remove one first.`);
  if (file.size > MOST_BYTES)
    throw new Error(
      `${file.name} has ${Math.ceil(file.size / 1048576)} MiB; at most 16 are read. ` +
        'Export a shorter period.',
    );
  const bytes = await file.arrayBuffer();
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file.name} is not in UTF-8, as calendar files are. Export it again.`);
  }
  if (!/^\s*BEGIN:VCALENDAR/i.test(text))
    throw new Error(`${file.name} is not a calendar: it does not begin with BEGIN:VCALENDAR.`);
  return text;
}
