/*
 * The planning page: what the person types, what the server says to it, and how both go on from
 * there.
 */
import * as api from './api.js';
import { calendarsOf, setUpCalendars, showAgenda, uidOfEntry } from './calendars.js';
import { showCatalog } from './catalog_info.js';
import { askLeft } from './carry.js';
import { $, button, debounce, el, keepFocus } from './dom.js';
import { askBlock } from './block.js';
import { canMove, keyOn, pinOrNot, retime, sourceOf } from './by_hand.js';
import { setUpDaysFile } from './days_file.js';
import { Editor } from './editor.js';
import { exampleDay } from './example.js';
import { exportMenu } from './export.js';
import { SAID, applyFix, lineOfTodo, say, todoOf, withLine } from './fixes.js';
import { setUpZone } from './fields.js';
import { hostsOf } from './fill_form.js';
import { setUpForms } from './forms.js';
import { fromLink, toLink } from './link.js';
import { heardBefore, setUpListening, takeListening } from './listening.js';
import { nowNext, onNow } from './now_next.js';
import { watch } from './notify.js';
import { setUpOffline } from './offline.js';
import { hideNotice, showNotice } from './notice.js';
import { askPassed, held, passed, planDate, planFrom } from './past.js';
import { plansHere, setUpPlanner } from './planner_client.js';
import { isDone, withoutState } from './plan_text.js';
import { showReplan } from './replan.js';
import { messages, showEmpty, showSchedule, showStatus } from './results.js';
import { setUpShortcuts } from './shortcuts.js';
import { back, forth, noSteps, remember, rememberTyping } from './steps.js';
import * as store from './store.js';
import { subscribe } from './subscribe.js';
import { setUpViews, showView, whenTextMatters, writeText } from './views.js';
import { partOf } from './week.js';
import { setUpWeek } from './week_pane.js';
import { dateAfter, longDate, now, ownZone, seconds, today } from './times.js';

const NOW_MS = 20000; /* the clock's line keeps up with it */
const settings = store.loadSettings();
let day = store.loadDay(settings.date);
let shownDate = settings.date; /* of a plan of several days, the one that is looked at */
let mine = null; /* {date, zone}: what to go back to while a shared day is only looked at */
let result = null,
  request = null,
  running = null;

let changing = false; /* the text, by something else than typing */

const editor = new Editor(() => {
  if (!changing) rememberTyping(day, day.text);
  day.text = editor.text;
  drawSteps();
  save();
  if (settings.auto) soon();
});

/* A shared day is kept only once the person says so. */
function save() {
  if (!mine) store.saveDay(day);
}

const isSpan = () => store.daysOf(day.text) > 1;

function makeRequest() {
  const asked = { text: day.text, date: day.date };
  const from = planFrom(day, settings.zone);
  if (settings.zone) asked.timezone = settings.zone;
  if (from) asked.now = from;
  if (isSpan()) {
    /* What was planned stays where it is, as far as it goes: of the same dates only. */
    const was = day.previous;
    const isSame = was && was.days === store.daysOf(day.text) && was.date === planDate(day);
    if (from && isSame) asked.previous = was;
    return asked;
  }
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
  showSchedule(result, shownDate, handlers);
  week.draw();
  showStatus(
    'bad',
    'The server cannot be reached. This is the last schedule of this day.',
    ' ',
    button('Try again', generate),
  );
  drawNow();
}

function show(answer) {
  result = answer;
  day.passed = mine || isSpan() ? [] : passed(day.passed, request, answer);
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
    showSchedule(answer, shownDate, handlers);
    week.draw();
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
  showStatus('idle', 'Type your day, one line for each to-do or song.');
  showEmpty(example);
  week.draw();
}

const week = setUpWeek(
  () => ({
    day,
    schedule: result && result.schedule,
    date: shownDate,
    today: today(settings.zone),
    isWeek: settings.week && !mine,
    isSpan: isSpan(),
  }),
  {
    open: openDay,
    change: changeBlock,
    redraw,
    planSpan: () => replaceText('The text now plans 7 days.', `days: 7\n${day.text}`),
    setWeek: (isWeek) => {
      store.saveSettings(Object.assign(settings, { week: isWeek }));
      redraw();
    },
  },
);

/* As it was planned, on another date or in another view. */
function redraw() {
  if (result) keepFocus(() => showSchedule(result, shownDate, handlers));
  else showEmpty(example);
  week.draw();
  drawNow();
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
  const slow = setTimeout(() => showStatus('busy', 'Planning…'), 250);
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

function drawSteps() {
  $('undo').disabled = !day.steps.past.length;
  $('redo').disabled = !day.steps.future.length;
}

function offerUndo() {
  drawSteps();
  const { told } = day;
  if (!told) return;
  showNotice(told.label, [
    told.redo ? ['Redo', redo] : ['Undo', () => undo(told.depth)],
    [
      'Close',
      () => {
        day.told = null;
        save();
      },
    ],
  ]);
}

function putText(text, told) {
  day.told = { ...told, depth: day.steps.past.length };
  changing = true;
  editor.set(text);
  changing = false;
  save();
  offerUndo();
  return generate();
}

/* Put other text in the place of the day's; each such change is a step. */
function replaceText(label, text, more = {}) {
  if (text === day.text && !Object.keys(more).length) return null;
  remember(day, label);
  Object.assign(day, more);
  return putText(text, { label, redo: false });
}

/* The last step, or all down to the one at `depth`. */
function undo(depth = day.steps.past.length) {
  if (mine || !day.steps.past.length) return;
  do back(day);
  while (day.steps.past.length >= depth && day.steps.past.length);
  putText(day.text, { label: 'The change was undone.', redo: true });
}

function redo() {
  if (!mine && forth(day)) putText(day.text, { label: 'The change was redone.', redo: false });
}

function fix(item, choice) {
  const titleOf = (id) => todoOf(result, id)?.title || id;
  if (
    item.fix.kind === 'drop' &&
    putAside({ id: item.fix.id, title: titleOf(item.fix.id) }, 'skipped')
  )
    return null;
  const changed = applyFix(day.text, item, result, choice);
  if (changed) return replaceText(`Line ${changed.line} was changed.`, changed.text);
  showStatus('bad', 'This line has changed. Generate the schedule again.');
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
  if (isSpan()) {
    sayOf(entry, 'done', {});
    return;
  }
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

/* Say in its line what has become of a to-do. */
function sayOf(entry, state, more) {
  if (['done', 'skipped'].includes(state) && putAside(entry, state)) return;
  const text = say(day.text, result, entry.id, state, more);
  if (text !== null) replaceText(`“${entry.title}” ${SAID[state]}.`, text);
}

/* A block at another time, or of another length. */
function retimeBlock(entry, times, label) {
  const source = sourceOf(entry, day.text, result);
  if (!source) return;
  const changed = retime(source, entry, times);
  if (changed === source.text) redraw();
  else replaceText(`“${entry.title}” ${label}.`, withLine(day.text, source.line, changed));
}

/* The dialog of a block. */
function changeBlock(entry) {
  if (mine) return;
  const todo = todoOf(result, entry.id);
  const { line, text } = lineOfTodo(day.text, result, entry.id);
  const put = (label, lines) =>
    replaceText(`“${entry.title}” ${label}.`, withLine(day.text, line, lines));
  const act = {
    say: (of, state, more) => sayOf(of, state, more),
    write: (changed) => put('was changed', changed),
    remove: () => put('was deleted', null),
    duplicate: () => put('was duplicated', [text, withoutState(text).replace(/\s+id:\S+/, '')]),
  };
  if (isSpan()) Object.assign(act, { goTo: () => editor.goTo(line), once: canTick(entry) });
  if (movable(entry) && entry.start) {
    const { times, label } = pinOrNot(entry);
    act.pin = () => retimeBlock(entry, times, label);
  }
  askBlock(entry, todo && line ? { todo, line: text } : null, () => now(settings.zone), act);
}

const movable = (entry) =>
  !mine && canMove(entry) && Boolean(sourceOf(entry, day.text, result));

/* A line that is planned several times says nothing of one of them. */
function canTick(entry) {
  const todo = todoOf(result, entry.id);
  return !isSpan() || Boolean(todo && !todo.times && (todo.on || ['any']).length === 1);
}

function blockKey(event, entry) {
  const source = mine ? null : sourceOf(entry, day.text, result);
  if (!source) return;
  const asked = canMove(entry) ? keyOn(event, entry) : null;
  if (!asked && event.key !== 'Delete') return;
  event.preventDefault();
  if (asked) retimeBlock(entry, asked.times, asked.label);
  else replaceText(`“${entry.title}” was deleted.`, withLine(day.text, source.line, null));
}

const handlers = {
  fix,
  tick,
  change: changeBlock,
  say: sayOf,
  movable,
  canTick,
  result: () => result,
  key: blockKey,
  retime: (entry, times) => retimeBlock(entry, times, 'was changed'),
  placeAt: (item, start) => retimeBlock(item, { start }, 'was placed'),
};

/* The time of day of a request's `now`, which may name its date. */
const clockOf = (asked) => ((asked && asked.now) || '').split('T').pop();

/* The line of the clock, and what is on now and next; only for today. */
function drawNow() {
  const at = today(settings.zone);
  const schedule = result && partOf(result.schedule, at);
  const isToday = result && schedule.date === at;
  const clock = isToday ? now(settings.zone) : '';
  const drawn = $('timeline').firstElementChild;
  const isWeek = Boolean(drawn && drawn.classList.contains('week'));
  const line = isWeek ? now(settings.zone) : clock || clockOf(request);
  if (drawn && drawn.moveNow) drawn.moveNow(isWeek || !isSpan() || shownDate === at ? line : '');
  const lines = isToday ? nowNext(schedule, seconds(clock)) : [];
  watch(isToday ? onNow(schedule, seconds(clock)) : null, settings.tell, settings.zone);
  if ($('now-next').textContent !== lines.map((l) => l.textContent).join(''))
    $('now-next').replaceChildren(...lines);
}

const drawPassed = () => $('passed').replaceChildren(...askPassed(day.passed, { tick, notYet }));

function notYet(ids) {
  day.passed = day.passed.filter((e) => !ids.includes(e.id));
  save();
  keepFocus(drawPassed);
}

const drawReplan = () =>
  showReplan(clockOf(request), settings.zone, {
    isSpan: isSpan(),
    hasFrom: day.from && (isSpan() || day.date === today(settings.zone)),
    tells: settings.tell,
    setTells: (tell) => store.saveSettings(Object.assign(settings, { tell })),
    plan: (from) => {
      day.from = from;
      save();
      generate();
    },
  });

const example = async () =>
  replaceText('The example has replaced your text.', await exampleDay(), {
    from: '',
    previous: null,
    passed: [],
  });

/* Show a date with what is kept for it. */
function openDay(date) {
  shownDate = date;
  $('date').value = date;
  if (!mine) {
    settings.date = date;
    store.saveSettings(settings);
    store.keepOpened(today(settings.zone), date);
  }
  const at = mine ? date : store.recordOf(date);
  const isOpen = !mine && isSpan() && at === day.date && result && result.schedule.days > 1;
  if (isOpen) {
    redraw(); /* another date of the same plan */
    return null;
  }
  day = store.loadDay(at);
  if (date === today(settings.zone) && day.from !== 'day') day.from = '';
  editor.load(day.text);
  hideNotice();
  offerUndo();
  return generate();
}

/* Today opens first; what an earlier date has left open can come along. */
async function openToday() {
  const date = today(settings.zone);
  await openDay(date);
  askLeft(date, day.text, {
    show: openDay,
    bring: (label, lines) => replaceText(label, withLines(day.text, lines)),
  });
}

function setUpDate() {
  $('date').value = shownDate;
  $('date').addEventListener('change', () => openDay($('date').value || today(settings.zone)));
  $('today').addEventListener('click', () => openDay(today(settings.zone)));
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
  $('undo').addEventListener('click', () => undo());
  $('redo').addEventListener('click', redo);
  const openForm = (id) => {
    showView('text');
    if ($(id).hidden) document.querySelector(`[aria-controls=${id}]`).click();
  };
  const days = (n) => !mine && openDay(dateAfter(shownDate, n));
  setUpShortcuts(
    {
      undo: () => undo(),
      redo,
      generate,
      a: () => openForm('todo-form'),
      s: () => openForm('song-form'),
      e: writeText,
      t: () => $('today').click(),
      j: () => days(1),
      k: () => days(-1),
      w: week.toggle,
    },
    {
      on: () => settings.keys,
      set: (on) => {
        settings.keys = on;
        store.saveSettings(settings);
      },
    },
  );
  $('export').append(
    ...exportMenu({
      current: () => ({ result, request }),
      calendar: api.calendar,
      planText: api.planText,
      subscribe: (asked, alarm) => subscribe(asked, alarm, offerUndo),
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
  editor.readOnly = false;
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
  shownDate = shared.date;
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
  mine = mine || { date: shownDate, zone: settings.zone };
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
    steps: noSteps(),
    told: null,
  };
  shownDate = day.date;
  $('date').value = day.date;
  document.querySelector('main').classList.add('previewing');
  editor.load(day.text);
  editor.readOnly = true;
  for (const id of ['date', 'zone', 'today']) $(id).disabled = true;
  await generate();
  const kept = store.loadDay(shared.date).text
    ? ' “Use this” replaces your own day of that date.'
    : '';
  showNotice(`A shared day for ${longDate(shared.date)}. ${shared.remarks.join(' ')}${kept}`, [
    ['Use this', () => takeShared(shared)],
    ['Keep mine', keepMine],
  ]);
}

const withLines = (text, lines) =>
  `${text.trimEnd()}${text.trim() ? '\n' : ''}${lines.join('\n')}\n`;

/* Where the browser keeps nothing, the days are those of this visit. */
const tellLost = () => {
  $('kept').textContent = 'This browser does not keep your days: they end with this visit.';
  showNotice(
    'This browser does not keep your days, because its storage is blocked or full. ' +
      'Save them as a file before you close this page.',
    [
      ['Save all days', () => $('save-days').click()],
      ['Close', offerUndo],
    ],
  );
};

/* Storage that does not answer holds nothing up: its days and calendars come late. */
async function storeOrPatience() {
  let late = false;
  const patience = new Promise((resolve) => setTimeout(resolve, 1000));
  const opened = store.openStore(tellLost).then(() => late && !day.text && openDay(shownDate));
  await Promise.race([opened, patience.then(() => (late = true))]);
  day = store.loadDay(store.recordOf(settings.date));
}

async function calendarsOrPatience() {
  let late = false;
  const calendars = setUpCalendars(() => planDate(day), generate, takeListening).then(
    () => late && generate(),
  );
  const patience = new Promise((resolve) => setTimeout(resolve, 1000)).then(() => (late = true));
  await Promise.race([calendars, patience]);
}

async function start() {
  setUpPlanner();
  await storeOrPatience();
  setUpForms(editor, () => (result ? hostsOf(result.plan) : []));
  setUpListening({
    date: () => planDate(day),
    text: () => day.text,
    add: (label, lines) => lines.length && replaceText(label, withLines(day.text, lines)),
    changed: generate,
  });
  setUpZone(settings.zone, (zone) => {
    settings.zone = zone;
    store.saveSettings(settings);
    generate();
  });
  setUpDate();
  setUpViews();
  setUpButtons();
  setUpDaysFile(() => openDay(day.date));
  editor.load(day.text);
  const ready = () => document.querySelector('main').classList.add('ready');
  setTimeout(ready, 500); /* a slow server does not hide the page, nor does slow storage */
  await calendarsOrPatience();
  window.addEventListener('hashchange', openLink);
  if (location.hash.startsWith('#day=')) await openLink();
  if (!mine) {
    const said = [...$('notice').children];
    const opened = store.openedDate(today(settings.zone));
    await (opened ? openDay(opened) : openToday());
    if (said.length) $('notice').replaceChildren(...said);
  }
  ready();
  whenTextMatters(() => editor.upgrade());
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
