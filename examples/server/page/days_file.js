/* Exports all days to one file and imports them, for another browser or as a backup. */
import { allCalendars, putCalendar } from './calendar_store.js';
import { $ } from './dom.js';
import { save } from './export.js';
import { showNotice } from './notice.js';
import { remember } from './steps.js';
import * as store from './store.js';
import { isDate, today } from './times.js';

const FORM = 1; /* of the file */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_TEXT = 262144; /* characters of a day */

async function write() {
  const days = store.allDates().map((date) => {
    const { text, from, put } = store.loadDay(date);
    return { date, text, from, put };
  });
  const calendars = (await allCalendars()).map(({ name, text, on, music, added }) => ({
    name,
    text,
    on,
    music,
    added,
  }));
  const { zone } = store.loadSettings();
  return { musicsched_days: FORM, zone, days, calendars, heard: store.loadHeard() };
}

const isDay = (day) =>
  day && isDate(day.date) && typeof day.text === 'string' && day.text.length <= MOST_TEXT;
const isCalendar = (c) => c && typeof c.name === 'string' && /^\s*BEGIN:VCALENDAR/i.test(c.text);

function parse(text, name) {
  let value = null;
  try {
    value = JSON.parse(text);
  } catch {
    /* reported below */
  }
  if (!value || value.musicsched_days !== FORM || !Array.isArray(value.days))
    throw new Error(`${name} is not a file that “Save all days” wrote. Choose another file.`);
  if (!value.days.every(isDay)) throw new Error(`${name} is damaged, so nothing was loaded.`);
  return value;
}

/* Replaces a day; Undo restores the previous one. */
async function takeDay({ date, text, from, put }) {
  const day = store.loadDay(date);
  if (day.text === text) return false;
  remember(day, 'The day of the file has replaced yours.');
  const told = { label: day.steps.past.at(-1).label, redo: false, depth: day.steps.past.length };
  const taken = { text, told, from: typeof from === 'string' ? from : '' };
  if (Array.isArray(put)) taken.put = put;
  await store.saveDay({ ...day, ...taken, previous: null, passed: [], kept: null });
  return true;
}

async function read(file) {
  if (file.size > MOST_BYTES) throw new Error(`${file.name} is larger than 64 MiB.`);
  const { days, calendars, heard } = parse(await file.text(), file.name);
  let taken = 0;
  for (const day of days) if (await takeDay(day)) taken += 1;
  const others = Array.isArray(calendars) ? calendars.filter(isCalendar) : [];
  for (const calendar of others) await putCalendar({ ...calendar, handle: null, modified: 0 });
  if (heard && !store.loadHeard().plays.length) store.saveHeard(heard);
  return `${file.name}: ${days.length} day${days.length === 1 ? '' : 's'}, ${taken} of them new ` +
    'or changed. Undo restores the previous text of a date.' +
    (store.keeps() ? '' : ' This browser does not keep them beyond this visit.');
}

/* `changed()` is called after days were loaded. */
export function setUpDaysFile(changed) {
  $('save-days').addEventListener('click', async () =>
    save(`days-${today('')}.json`, 'application/json', `${JSON.stringify(await write())}\n`),
  );
  $('read-days').addEventListener('click', () => $('days-file').click());
  $('days-file').addEventListener('change', async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    let said;
    try {
      said = await read(file);
      await changed();
    } catch (error) {
      said = error.message;
    }
    event.target.value = '';
    showNotice(said, [['Close', () => {}]]);
  });
}
