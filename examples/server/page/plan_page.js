/*
 * The planning page: what the person types, what the server says to it, and how both go on from
 * there.
 */
import * as api from './api.js';
import { calendarsOf, setUpCalendars, showAgenda, uidOfEntry } from './calendars.js';
import { showCatalog } from './catalog_info.js';
import { $, button, debounce, el } from './dom.js';
import { askBlock } from './block.js';
import { Editor } from './editor.js';
import { exportMenu } from './export.js';
import { applyFix, lineOfTodo, say, withLine } from './fixes.js';
import { timeInput } from './fields.js';
import { setUpForms } from './forms.js';
import { fromLink, toLink } from './link.js';
import { heardBefore, setUpListening, takeListening } from './listening.js';
import { nowNext } from './now_next.js';
import { setUpOffline } from './offline.js';
import { hideNotice, showNotice } from './notice.js';
import { askPassed, held, passed, planDate, planFrom } from './past.js';
import { plansHere, startPlanner } from './planner_client.js';
import { isDone, withoutState } from './plan_text.js';
import { showEmpty, showSchedule, showStatus } from './results.js';
import * as store from './store.js';
import { longDate, now, ownZone, seconds, today } from './times.js';

const NOW_MS = 20000; /* the clock's line keeps up with it */
const settings = store.loadSettings();
let day = store.loadDay(settings.date);
let mine = null; /* {date, zone}: what to go back to while a shared day is only looked at */
let result = null,
  request = null,
  running = null;

const editor = new Editor(() => {
  day.text = editor.text;
  save();
  if (settings.auto) soon();
});

/* A shared day is kept only once the person says so. */
function save() {
  if (!mine) store.saveDay(day);
}

function makeRequest() {
  const asked = { text: day.text, date: day.date };
  const from = planFrom(day, settings.zone);
  if (settings.zone) asked.timezone = settings.zone;
  if (from) asked.now = from;
  const calendars = mine ? [] : calendarsOf(planDate(day), new Set(day.put.map((p) => p.uid)));
  if (calendars.length) {
    asked.calendars = calendars;
    asked.timezone ??= ownZone() || undefined; /* their times are moments */
  }
  if (!mine) Object.assign(asked, heardBefore(planDate(day)));
  /* The schedule before is of use once the day has begun: it says when things were done. */
  const begun = from || day.text.split('\n').some(isDone);
  if (begun && day.previous && day.previous.date === planDate(day))
    asked.previous = day.from || !from ? day.previous : held(day.previous, from);
  return asked;
}

function showProblem(error) {
  const list = error.body ? error.body.diagnostics : null;
  if (list) {
    editor.show(list);
    const wrong = list.filter((d) => d.severity === 'error').length;
    const kept = result ? ' Below is the last schedule.' : '';
    showStatus(
      'bad',
      (wrong === 1 ? 'One line cannot be read yet.' : `${wrong} lines cannot be read yet.`) + kept,
    );
  } else {
    showStatus(
      'bad',
      error.message,
      ' ',
      button('Try again', () => generate()),
    );
  }
  if (!result && !list) showKept();
  if (result) $('timeline').classList.add('stale');
  else showEmpty(null);
}

/* Without the server the last schedule of the date is better than none. */
function showKept() {
  if (!day.previous || !day.kept || mine) return;
  result = { schedule: day.previous, diagnostics: [], ...day.kept };
  request = { now: '' };
  showSchedule(result, handlers);
  showStatus(
    'bad',
    'The server cannot be reached. This is the last schedule that was made for this day.',
    ' ',
    button('Try again', generate),
  );
  drawNow();
}

/* Warnings that no line has said already. */
function messages(answer) {
  const said = answer.diagnostics.map((d) => d.code);
  const rest = answer.schedule.warnings.filter(
    (w) => w.code !== 'line_left_out' && !said.includes(w.code),
  );
  return [
    ...answer.diagnostics,
    ...rest.map((w) => ({
      severity: 'warning',
      line: 0,
      code: w.code,
      message: w.message,
      repair: '',
    })),
  ];
}

/* A control that drawing anew took away hands the focus to its successor. */
function keepFocus(draw) {
  const before = document.activeElement;
  const box = before && before.closest('#passed, #unplaced, #timeline, #replan');
  const name = box && (before.getAttribute('aria-label') || before.textContent);
  draw();
  if (!box || before.isConnected) return;
  const buttons = [...box.querySelectorAll('button')];
  const next =
    buttons.find((b) => (b.getAttribute('aria-label') || b.textContent) === name) ||
    buttons[0] ||
    $('result-title');
  next.focus({ preventScroll: true });
}

function show(answer) {
  result = answer;
  day.passed = mine ? [] : passed(day.passed, request, answer);
  day.previous = answer.schedule;
  day.kept = { plan: answer.plan, lines: answer.lines };
  save();
  editor.show(messages(answer));
  $('timeline').classList.remove('stale');
  $('export').hidden = false;
  $('replan').hidden = false;
  document.title = `${answer.schedule.date} - musicsched`;
  showAgenda(answer.agenda, day.put, bringBack);
  keepFocus(() => {
    drawReplan();
    drawPassed();
    showSchedule(answer, handlers);
  });
  drawNow();
}

function reset() {
  result = null;
  editor.show([]);
  document.title = 'Plan your day - musicsched';
  $('export').hidden = true;
  $('replan').hidden = true;
  $('passed').replaceChildren();
  showAgenda(null, day.put, bringBack);
  $('now-next').replaceChildren();
  $('timeline').classList.remove('stale');
  showStatus('idle', 'Type your day: one line for each to-do or song.');
  showEmpty(example);
}

async function generate() {
  soon.cancel();
  if (running) running.abort();
  const asked = makeRequest();
  if (!day.text.trim() && !asked.calendars) {
    reset();
    return;
  }
  running = new AbortController();
  const run = running;
  const slow = setTimeout(() => showStatus('busy', 'Planning ...'), 250);
  try {
    const answer = await api.schedule(asked, run.signal);
    request = asked;
    show(answer);
  } catch (error) {
    if (error.name !== 'AbortError') showProblem(error);
  } finally {
    clearTimeout(slow);
    if (running === run) running = null;
  }
}

/* Without a way to a server, every keystroke is planned at once. */
const soon = debounce(() => (plansHere() ? 0 : 450), generate);

function offerUndo() {
  if (!day.undo) return;
  showNotice(day.undo.label, [
    [day.undo.redo ? 'Redo' : 'Undo', undo],
    [
      'Close',
      () => {
        day.undo = null;
        save();
      },
    ],
  ]);
}

/*
 * Put other text in the place of the day's, so that it can be undone for as long as the notice is
 * there.
 */
function replaceText(label, text, more = {}, redo = false) {
  day.undo = { label, redo, text: day.text, from: day.from, previous: day.previous };
  Object.assign(day, more);
  editor.set(text);
  save();
  offerUndo();
  return generate();
}

function undo() {
  const { text, from, previous, redo } = day.undo;
  replaceText(
    redo ? 'The change was made again.' : 'The change was undone.',
    text,
    { from, previous },
    !redo,
  );
}

function fix(item, choice) {
  const titleOf = (id) => result.plan.todos.find((t) => t.id === id)?.title || id;
  if (
    item.fix.kind === 'drop' &&
    putAside({ id: item.fix.id, title: titleOf(item.fix.id) }, 'skipped')
  )
    return null;
  const changed = applyFix(day.text, item, result, choice);
  if (changed) return replaceText(`Line ${changed.line} was changed.`, changed.text);
  showStatus('bad', 'That line is not there any more: generate the schedule again.');
  return null;
}

/* What a calendar holds has no line: it is set aside for the day. */
function putAside(entry, state) {
  const uid = uidOfEntry(entry);
  if (uid === null) return false;
  day.put.push({ uid, title: entry.title, state });
  day.passed = day.passed.filter((e) => e.id !== entry.id);
  save();
  generate();
  return true;
}

function bringBack(item) {
  day.put = day.put.filter((p) => p.uid !== item.uid);
  save();
  generate();
}

function tick(entry) {
  if (putAside(entry, 'done')) return;
  /*
   * Where it should still be running or to come, it was done by now; what has passed, when it
   * should have been.
   */
  const gone = day.passed.includes(entry);
  const early = request.now && seconds(entry.end) > seconds(request.now);
  sayOf(entry, 'done', {
    time: gone ? entry.end.slice(0, 5) : early ? request.now.slice(0, 5) : '',
  });
}

const SAID = {
  done: 'was ticked off',
  started: 'has been started',
  paused: 'is paused',
  not_started: 'has not been started',
  skipped: 'is skipped today',
  open: 'is planned again',
};

/* Say in its line what has become of a to-do. */
function sayOf(entry, state, more) {
  if (['done', 'skipped'].includes(state) && putAside(entry, state)) return;
  const text = say(day.text, result, entry.id, state, more);
  if (text !== null) replaceText(`“${entry.title}” ${SAID[state]}.`, text);
}

/* The dialog of a block. */
function changeBlock(entry) {
  const todo = result.plan.todos.find((t) => t.id === entry.id);
  const { line, text } = lineOfTodo(day.text, result, entry.id);
  const put = (label, lines) =>
    replaceText(`“${entry.title}” ${label}.`, withLine(day.text, line, lines));
  askBlock(entry, todo && line ? { todo, line: text } : null, () => now(settings.zone), {
    say: (of, state, more) => sayOf(of, state, more),
    write: (changed) => put('was changed', changed),
    remove: () => put('was deleted', null),
    duplicate: () => put('was duplicated', [text, withoutState(text).replace(/\s+id:\S+/, '')]),
  });
}

const handlers = { fix, tick, change: changeBlock, say: sayOf };

/* The line of the clock, and what is on now and next; only for today. */
function drawNow() {
  const isToday = result && result.schedule.date === today(settings.zone);
  const clock = isToday ? now(settings.zone) : '';
  const drawn = $('timeline').firstElementChild;
  if (drawn && drawn.moveNow) drawn.moveNow(clock || request.now || '');
  const lines = isToday ? nowNext(result.schedule, seconds(clock)) : [];
  if ($('now-next').textContent !== lines.map((l) => l.textContent).join(''))
    $('now-next').replaceChildren(...lines);
}

const drawPassed = () => $('passed').replaceChildren(...askPassed(day.passed, { tick, notYet }));

function notYet(ids) {
  day.passed = day.passed.filter((e) => !ids.includes(e.id));
  save();
  keepFocus(drawPassed);
}

function drawReplan() {
  const from = request.now || now(settings.zone);
  const time = timeInput('now', { id: 'now', value: from.slice(0, 5) });
  /* As long as nobody writes another time, it may be the second of two hours. */
  const chosen = () => {
    time.settle();
    if (!time.checkValidity()) return from;
    return time.value === from.slice(0, 5) ? from : time.value || now(settings.zone);
  };
  const plan = (label, value) =>
    button(label, () => {
      day.from = value();
      save();
      generate();
    });
  $('replan').replaceChildren(
    el('label', { class: 'field inline', for: 'now' }, el('span', {}, 'Plan from'), time),
    plan('Replan the rest', chosen),
    day.from && day.date === today(settings.zone) ? plan('Plan from now', () => '') : '',
    request.now ? plan('Plan the whole day', () => 'day') : '',
  );
}

async function example() {
  let songs = [];
  try {
    songs = (await api.get('/api/v1/popularity/top', { count: 'recordings', limit: 12 })).songs;
  } catch {
    /* an example without songs is one as well */
  }
  const song = (i, more) => (songs[i] ? [`♪ ${songs[i].title} - ${songs[i].artist} ${more}`] : []);
  replaceText(
    'The example is in place of your text.',
    [
      '9:00-12:30 Work #focus',
      '13:00-17:00 Work',
      'Lunch 30m after 12:00 before 13:30',
      'Gym 1h after 17:00 before 21:00 #workout id:gym',
      'Shower 15m after:gym',
      'Call mum 20m @evening !2',
      'Read 45m @evening #calm !3',
      '',
      ...song(0, '@evening must'),
      ...song(1, 'during:gym'),
      ...song(2, 'during:gym'),
      ...song(5, '@morning'),
      'fill: 30m @evening #wind-down',
      'quiet: 22:30-24:00',
    ].join('\n'),
    { from: '', previous: null, passed: [] },
  );
}

function setUpZone() {
  const own = ownZone();
  const known = Intl.supportedValuesOf ? Intl.supportedValuesOf('timeZone') : [];
  const names = new Set(['', own, settings.zone, 'UTC', ...known]);
  $('zone').append(
    ...[...names].map((name) => el('option', { value: name }, name || 'wherever I am')),
  );
  $('zone').value = settings.zone;
  $('zone').addEventListener('change', () => {
    settings.zone = $('zone').value;
    store.saveSettings(settings);
    generate();
  });
}

/* Show a date with what is kept for it. */
function openDay(date) {
  day = store.loadDay(date);
  if (date === today(settings.zone) && day.from !== 'day') day.from = '';
  if (!mine) {
    settings.date = date;
    store.saveSettings(settings);
  }
  $('date').value = date;
  editor.load(day.text);
  hideNotice();
  offerUndo();
  return generate();
}

/* A new day begins empty; what was left open can come along. */
async function newDay(last) {
  const date = today(settings.zone);
  await openDay(date);
  const before = store.loadDay(last);
  const open = before.text
    .split('\n')
    .filter((line) => !isDone(line) && !/^\s*date\s*:/i.test(line));
  if (day.text || !open.some((line) => line.trim())) return;
  showNotice(`This is a new day. ${longDate(last)} is kept under its date.`, [
    ['Copy its open lines', () => replaceText('The open lines were copied.', open.join('\n'))],
    ['Show that day', () => openDay(last)],
  ]);
}

function setUpDate() {
  $('date').value = day.date;
  $('date').addEventListener('change', () => openDay($('date').value || today(settings.zone)));
  $('today').addEventListener('click', () => openDay(today(settings.zone)));
}

/* The address of the day for calendar programs; the text is in it, calendars are not. */
async function subscribe(asked, alarm) {
  const { path } = await api.feed(asked, alarm);
  const address = location.origin + path;
  const more = (asked.calendars || []).length
    ? ' The calendars that you added on this page are not part of it.'
    : '';
  const link = el(
    'a',
    { class: 'feed', href: address.replace(/^https?:/, 'webcal:') },
    'Open in your calendar program',
  );
  let told = 'The address of this day as a calendar is on the clipboard.';
  let shown = null;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    told = 'Give this address to your calendar program:';
    shown = el('p', {}, el('code', {}, address));
  }
  showNotice(told + more, [['Close', offerUndo]], shown, link);
}

function setUpButtons() {
  $('auto').checked = settings.auto;
  $('auto').addEventListener('change', () => {
    settings.auto = $('auto').checked;
    store.saveSettings(settings);
  });
  $('generate').addEventListener('click', generate);
  $('example').addEventListener('click', example);
  $('clear').addEventListener('click', () => {
    if (day.text)
      replaceText('Your day was cleared.', '', { from: '', previous: null, passed: [] });
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') generate();
  });
  $('export').append(
    exportMenu({
      current: () => ({ result, request }),
      calendar: api.calendar,
      subscribe,
      alarm: settings.alarm,
      setAlarm: (alarm) => {
        settings.alarm = alarm;
        store.saveSettings(settings);
      },
      share: () => toLink({ text: day.text, date: day.date, zone: settings.zone }),
      say: (text) => showNotice(text, [['Close', offerUndo]]),
    }),
  );
}

function endPreview(zone) {
  mine = null;
  settings.zone = zone;
  $('zone').value = zone;
  document.querySelector('main').classList.remove('previewing');
  editor.area.readOnly = false;
  for (const id of ['date', 'zone', 'today']) $(id).disabled = false;
}

function keepMine() {
  const { date, zone } = mine;
  endPreview(zone);
  return openDay(date);
}

function takeShared(shared) {
  endPreview(shared.zone || mine.zone);
  day = store.loadDay(shared.date);
  settings.date = shared.date;
  store.saveSettings(settings);
  editor.load(day.text);
  return replaceText('The shared day is now yours.', shared.text, {
    from: '',
    previous: null,
    passed: [],
  });
}

/* A shared day is shown without a change to what this browser keeps. */
async function openLink() {
  const shared = await fromLink();
  if (!shared) return;
  history.replaceState(null, '', './');
  if (shared.error) {
    showNotice(shared.error, [['Close', offerUndo]]);
    return;
  }
  mine = mine || { date: day.date, zone: settings.zone };
  settings.zone = shared.zone || mine.zone;
  if (![...$('zone').options].some((o) => o.value === settings.zone))
    $('zone').append(el('option', { value: settings.zone }, settings.zone));
  $('zone').value = settings.zone;
  day = {
    date: shared.date,
    text: shared.text,
    from: '',
    previous: null,
    kept: null,
    passed: [],
    put: [],
    undo: null,
  };
  $('date').value = day.date;
  document.querySelector('main').classList.add('previewing');
  editor.load(day.text);
  editor.area.readOnly = true;
  for (const id of ['date', 'zone', 'today']) $(id).disabled = true;
  await generate();
  const kept = store.loadDay(shared.date).text
    ? ' “Use this” puts it in the place of yours of that date.'
    : '';
  showNotice(`A shared day for ${longDate(shared.date)}. ${shared.remarks.join(' ')}${kept}`, [
    ['Use this', () => takeShared(shared)],
    ['Keep mine', keepMine],
  ]);
}

const withLines = (text, lines) =>
  `${text.trimEnd()}${text.trim() ? '\n' : ''}${lines.join('\n')}\n`;

/* Storage that does not answer holds nothing up: its calendars join the plan when they come. */
async function calendarsOrPatience() {
  let late = false;
  const calendars = setUpCalendars(() => planDate(day), generate, takeListening).then(
    () => late && generate(),
  );
  const patience = new Promise((resolve) => setTimeout(resolve, 1000)).then(() => (late = true));
  await Promise.race([calendars, patience]);
}

async function start() {
  startPlanner();
  setUpForms(editor);
  setUpListening({
    date: () => planDate(day),
    text: () => day.text,
    add: (label, lines) => lines.length && replaceText(label, withLines(day.text, lines)),
    changed: generate,
  });
  setUpZone();
  setUpDate();
  setUpButtons();
  editor.load(day.text);
  const ready = () => document.querySelector('main').classList.add('ready');
  setTimeout(ready, 500); /* a slow server does not hide the page, nor does slow storage */
  await calendarsOrPatience();
  window.addEventListener('hashchange', openLink);
  const last = day.date;
  if (location.hash.startsWith('#day=')) await openLink();
  if (!mine) {
    const said = [...$('notice').children];
    await (last < today(settings.zone) ? newDay(last) : openDay(last));
    if (said.length) $('notice').replaceChildren(...said);
  }
  ready();
  setInterval(drawNow, NOW_MS);
  setUpOffline();
  try {
    await showCatalog(
      (info, { plural }) =>
        `${plural(info.recordings, 'song')} by ${plural(info.artists, 'artist')}`,
      generate,
    );
  } catch {
    /* the figures are a nicety */
  }
}

start();
