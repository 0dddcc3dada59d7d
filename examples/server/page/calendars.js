/*
 * The user's calendars: choosing or dropping them, turning them on and off, and rereading files
 * that change.
 */
import * as api from './api.js';
import { allCalendars, putCalendar, readFile, removeCalendar } from './calendar_store.js';
import { $, button, el } from './dom.js';
import { setUpFileDrop } from './file_drop.js';
import { idOf, partFor } from './ics.js';
import { shortDate, shown, seconds } from './times.js';

const MOST_SENT = 900000; /* bytes of all calendars in one request */
const ACCEPT = { 'text/calendar': ['.ics', '.ical', '.ifb', '.icalendar'] };
const LOOK_AGAIN_MS = 60000;
let calendars = [],
  changed = () => {},
  message = null /* {text, bad} */,
  sent = new Map() /* name: the number in the file of each line that was sent */,
  agenda = null;

const isOn = (calendar) => calendar.on;

/*
 * The calendars for a request of `days` dates from `date` on. `without` has the UIDs of items that
 * are done or left out.
 */
export function calendarsOf(date, days, without) {
  sent = new Map();
  let bytes = 0;
  const parts = [];
  for (const calendar of calendars.filter(isOn)) {
    const part = partFor(calendar.text, date, { days, without });
    bytes += new TextEncoder().encode(JSON.stringify(part.ics)).length;
    calendar.tooLarge = bytes > MOST_SENT;
    if (calendar.tooLarge) continue;
    sent.set(calendar.name, part.lines);
    parts.push({ name: calendar.name.slice(0, 120), ics: part.ics, music: calendar.music });
  }
  return parts;
}

/* The UID of an entry from a calendar; null if the entry is from the text. */
export function uidOfEntry(entry) {
  if (!agenda || !/^cal-[0-9a-f]{16}/.test(entry.id || '')) return null;
  const id = entry.id.slice(0, 20);
  const found = [...agenda.events, ...agenda.tasks].find((e) => idOf(e.uid) === id);
  return found ? found.uid : null;
}

/* Whether the item of this UID occurs once in the plan, so that it can be left out alone. */
export const occursOnce = (uid) =>
  [...agenda.events, ...agenda.tasks].filter((e) => e.uid === uid).length === 1;

async function check(name, text, date) {
  try {
    await api.agenda(partFor(text, date).ics, { date, name });
  } catch (error) {
    if (error.body && error.body.code) throw new Error(`${name}: ${error.message}.`);
    /* without a server, nobody checks the file */
  }
}

async function take(file, handle, date) {
  const { text, remark } = await readFile(file);
  await check(file.name, text, date);
  const before = calendars.find((c) => c.name === file.name);
  const record = {
    ...(before || {
      name: file.name,
      on: true,
      music: false,
      added: Date.now() + calendars.length,
    }),
    text,
    modified: file.lastModified,
    handle: handle || (before && before.handle) || null,
  };
  const kept = await putCalendar(record);
  calendars = await allCalendars();
  return remark + (kept ? '' : ' This browser does not keep it beyond this visit.');
}

/* [{file, handle}] */
async function takeAll(files, date) {
  const said = [];
  let bad = false;
  for (const { file, handle } of files) {
    try {
      said.push(`${file.name} was added.${await take(file, handle, date)}`);
    } catch (error) {
      bad = true;
      said.push(error.message);
    }
  }
  if (!files.length) return;
  say(said.join(' '), bad);
  changed();
}

function say(text, bad = false) {
  message = { text, bad };
  draw();
}

async function choose(date) {
  if (!window.showOpenFilePicker) {
    $('calendar-files').click();
    return;
  }
  let handles = [];
  try {
    handles = await window.showOpenFilePicker({
      multiple: true,
      types: [{ description: 'Calendars', accept: ACCEPT }],
    });
  } catch (error) {
    if (error.name !== 'AbortError') $('calendar-files').click();
  }
  takeAll(
    await Promise.all(handles.map(async (handle) => ({ handle, file: await handle.getFile() }))),
    date(),
  );
}

/* Rereads files that changed on disk. `ask`: after a click, the browser may ask for permission. */
async function lookAgain(calendar, date, ask = false) {
  if (!calendar.handle) return false;
  try {
    let leave = await calendar.handle.queryPermission({ mode: 'read' });
    if (leave !== 'granted' && ask)
      leave = await calendar.handle.requestPermission({ mode: 'read' });
    calendar.shut = leave !== 'granted';
    if (calendar.shut) return false;
    const file = await calendar.handle.getFile();
    if (file.lastModified === calendar.modified) return false;
    await take(file, calendar.handle, date);
    return true;
  } catch (error) {
    say(
      error.name === 'NotFoundError'
        ? `${calendar.name} was moved or deleted. The page uses the version that it read last.`
        : error.message,
      true,
    );
    return false;
  }
}

async function lookAtAll(date) {
  let any = false;
  for (const calendar of calendars.filter(isOn)) any = (await lookAgain(calendar, date)) || any;
  draw();
  if (any) changed();
}

async function set(calendar, what) {
  Object.assign(calendar, what);
  await putCalendar(calendar);
  draw();
  changed();
}

async function remove(calendar) {
  await removeCalendar(calendar.name);
  calendars = await allCalendars();
  say(`${calendar.name} was removed from this page.`);
  changed();
  $('choose-calendars').focus();
}

const check_ = (label, checked, action, name) =>
  el(
    'label',
    { class: 'check' },
    el('input', {
      type: 'checkbox',
      checked,
      'aria-label': `${label}: ${name}`,
      on: { change: (e) => action(e.target.checked) },
    }),
    label,
  );

function count(calendar) {
  if (!calendar.on) return 'off';
  if (calendar.tooLarge) return 'too large to be sent with the others: export a shorter period';
  if (!agenda) return '';
  const of = (list) => list.filter((e) => e.calendar === calendar.name).length;
  const events = of(agenda.events),
    tasks = of(agenda.tasks);
  const todos = tasks ? `, ${tasks} to-do${tasks === 1 ? '' : 's'}` : '';
  const when = agenda.days > 1 ? `on these ${agenda.days} days` : 'that day';
  return `${events} event${events === 1 ? '' : 's'}${todos} ${when}`;
}

function row(calendar, date) {
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'calendar-name' },
      el('strong', {}, calendar.name),
      ' ',
      el('span', { class: 'soft' }, count(calendar)),
    ),
    check_('On', calendar.on, (on) => set(calendar, { on }), calendar.name),
    check_(
      'Allow music during its events',
      calendar.music,
      (music) => set(calendar, { music }),
      calendar.name,
    ),
    calendar.shut
      ? button(
          'Read again',
          async () => {
            if (await lookAgain(calendar, date(), true)) changed();
            draw();
          },
          { 'aria-label': `Read ${calendar.name} again` },
        )
      : '',
    button('Remove', () => remove(calendar), { 'aria-label': `Remove ${calendar.name}` }),
  );
}

let dateOf = () => '';

function draw() {
  const focused =
    document.activeElement &&
    $('calendar-list').contains(document.activeElement) &&
    document.activeElement.getAttribute('aria-label');
  $('calendars-button').textContent = calendars.length
    ? `Calendars (${calendars.filter(isOn).length})`
    : 'Calendars';
  $('calendar-list').replaceChildren(...calendars.map((calendar) => row(calendar, dateOf)));
  $('calendar-message').textContent = message ? message.text : '';
  $('calendar-message').classList.toggle('wrong', Boolean(message && message.bad));
  if (focused)
    [...$('calendar-list').querySelectorAll('[aria-label]')]
      .find((e) => e.getAttribute('aria-label') === focused)
      ?.focus();
}

const where = (remark) => {
  const line = (sent.get(remark.calendar) || [])[remark.line - 1];
  return line ? `${remark.calendar}, line ${line}` : remark.calendar;
};

/* Titles of events of whole days: in a plan of several days, "Fair (Tue 24 Nov, Wed 25 Nov)". */
function wholeDays(events, isSpan) {
  const dates = new Map();
  for (const e of events) dates.set(e.title, [...(dates.get(e.title) || []), shortDate(e.date)]);
  return [...dates].map(([title, on]) => (isSpan ? `${title} (${on.join(', ')})` : title));
}

/*
 * Lists calendar items that are not in the timeline of the schedule. `put` has the items that were
 * done or left out that day: [{title, uid, state}].
 */
export function showAgenda(found, put, bring) {
  agenda = found || null;
  draw();
  const isSpan = found && found.days > 1;
  const whole = found ? wholeDays(found.events.filter((e) => e.all_day), isSpan) : [];
  const free = found ? found.events.filter((e) => !e.all_day && !e.busy) : [];
  const left = found ? found.left_out : [];
  const leftOut = isSpan ? 'Left out' : 'Left out today';
  const at = (e) => (isSpan ? `${shortDate(e.date)}, ` : '') + shown(seconds(e.start));
  const lines = [
    whole.length ? `All day: ${whole.join(', ')}.` : '',
    free.length
      ? `Beside your plan: ${free.map((e) => `${e.title} (${at(e)})`).join(', ')}.`
      : '',
  ].filter(Boolean);
  $('agenda').replaceChildren(
    ...lines.map((line) => el('p', {}, line)),
    ...put.map((p) =>
      el(
        'p',
        {},
        `${p.state === 'done' ? 'Ticked off' : leftOut}: ${p.title} `,
        button('Bring back', () => bring(p), {
          class: 'link',
          'aria-label': `Bring back ${p.title}`,
        }),
      ),
    ),
    left.length
      ? el(
          'details',
          {},
          el(
            'summary',
            {},
            `${left.length} ${left.length === 1 ? 'entry' : 'entries'} of your calendars ` +
              'left out or read with a remark',
          ),
          el(
            'ul',
            {},
            left.map((remark) => el('li', {}, `${where(remark)}: ${remark.reason}`)),
          ),
        )
      : '',
  );
}

const isCalendar = (file) =>
  /\.(?:ics|ical|ifb|icalendar)$/i.test(file.name) || file.type === 'text/calendar';

/* The dropped files: {file, handle}. */
async function filesOf(event) {
  const entries = [...event.dataTransfer.items].filter((i) => i.kind === 'file');
  /* request all handles before the first await, which ends the event */
  const asked = entries.map((i) => ({
    file: i.getAsFile(),
    handle: i.getAsFileSystemHandle ? i.getAsFileSystemHandle() : null,
  }));
  const files = await Promise.all(
    asked.map(async ({ file, handle }) => ({ file, handle: await handle })),
  );
  return files.filter((f) => f.file);
}

/*
 * Listens for dropped files, which wait until `ready`: reads calendars of the day `date()`, and
 * passes other files to `others`.
 */
export function setUpDrop(ready, date, others) {
  setUpFileDrop(async (event) => {
    const given = await filesOf(event);
    await ready;
    const rest = given.filter((f) => !isCalendar(f.file)).map((f) => f.file);
    if (rest.length) others(rest);
    if (rest.length === given.length) return;
    if ($('calendars').hidden) $('calendars-button').click();
    takeAll(
      given.filter((f) => isCalendar(f.file)),
      date(),
    );
  });
}

/* `date()` is the day shown; `onChange` is called when the plan may change. */
export async function setUpCalendars(date, onChange) {
  dateOf = date;
  changed = onChange;
  $('calendars').append(
    el(
      'p',
      {},
      'Add the events and to-dos of calendar files (.ics) to your day. The files stay in this ' +
        'browser. If a server plans your day, the page sends it the times, rules and titles that ' +
        'the day needs, but no descriptions, places or guests.',
    ),
    el(
      'div',
      { class: 'actions' },
      button('Choose files', () => choose(date), { id: 'choose-calendars' }),
      el('span', { class: 'soft' }, 'or drop them on this page'),
    ),
    el('input', {
      type: 'file',
      id: 'calendar-files',
      accept: '.ics,.ical,text/calendar',
      multiple: true,
      hidden: true,
      'aria-label': 'Calendar files',
    }),
    el('output', { class: 'hint', id: 'calendar-message' }),
    el('ul', { class: 'calendars', id: 'calendar-list', 'aria-label': 'Your calendars' }),
  );
  $('calendar-files').addEventListener('change', async (event) => {
    await takeAll(
      [...event.target.files].map((file) => ({ file })),
      date(),
    );
    event.target.value = '';
  });
  calendars = await allCalendars();
  draw();
  await lookAtAll(date());
  const again = () => document.visibilityState === 'visible' && lookAtAll(date());
  document.addEventListener('visibilitychange', again);
  setInterval(again, LOOK_AGAIN_MS);
}
