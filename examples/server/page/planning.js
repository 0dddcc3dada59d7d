/* Plans the day that the page shows, and shows the schedule or the errors. */
import * as api from './api.js';
import { showAgenda, uidOfEntry } from './calendars.js';
import { $, button, debounce, keepFocus } from './dom.js';
import { todoOf } from './fixes.js';
import { watch } from './notify.js';
import { nowNext, onNow } from './now_next.js';
import { isSpan, save, saveLater, settings, state } from './page_state.js';
import { askPassed, passed, planFrom } from './past.js';
import { makeRequest } from './plan_request.js';
import { plansHere } from './planner_client.js';
import { recorded } from './recorded.js';
import { followClock, showReplan } from './replan.js';
import { messages, showEmpty, showSchedule, showStatus } from './results.js';
import * as store from './store.js';
import { now, seconds, today } from './times.js';
import { offerTomorrow } from './tomorrow.js';
import { partOf } from './week.js';

let running = null;
let isCut = false; /* the last request gave no schedule, though nothing is wrong with its lines */

/* The last answer, and its day; while nothing answers, what is shown differs from it. */
let answered = null,
  ofDay = null;

/* The handlers of a schedule: {week, handlers of blocks, example, bringBack, planTomorrow}. */
let parts = null;

export function setUpPlanning(acts) {
  parts = acts;
}

function showProblem(error, asked) {
  const list = error.body ? error.body.diagnostics : null;
  isCut = !list;
  if (ofDay !== state.day) state.result = null; /* of the date shown before */
  if (state.result) showRecorded();
  else if (isCut) showKept();
  if (list) {
    state.editor.show(list, asked.text);
    const wrong = list.filter((d) => d.severity === 'error').length;
    const kept = state.result ? ' Below is the last schedule.' : '';
    showStatus(
      'bad',
      (wrong === 1 ? 'One line cannot be read yet.' : `${wrong} lines cannot be read yet.`) + kept,
    );
  } else {
    showStatus(
      'bad',
      error.message + (state.result ? ' Below is the last schedule.' : ''),
      ' ',
      button('Try again', () => generate()),
    );
  }
  if (!state.result) showNone();
}

/* Shows the last schedule with what was ticked off or taken back since then. */
function showRecorded() {
  const put = new Set(state.day.put.map((p) => p.uid));
  state.result = recorded(answered, state.day.text, (entry) => put.has(uidOfEntry(entry)));
  keepFocus(() => {
    showAgenda(answered.agenda, state.day.put, parts.bringBack);
    drawPassed();
    drawSchedule();
    parts.week.draw();
  });
  drawNow();
  $('timeline').classList.add('stale');
}

/* Without the server, takes the last schedule of the date. */
function showKept() {
  if (!state.day.previous || !state.day.kept || state.mine) return;
  const { previous: schedule, kept, text } = state.day;
  answered = { schedule, diagnostics: [], text, ...kept };
  ofDay = state.day;
  state.result = answered;
  state.request = { now: '' };
  showAgenda(kept.agenda, state.day.put, parts.bringBack); /* it knows the items of calendars */
  showRecorded();
}

function drawSchedule() {
  showSchedule(state.result, state.shownDate, parts.handlers);
  if (!state.mine && !isSpan() && state.day.date === today(settings.zone))
    $('unplaced').prepend(offerTomorrow(state.result, parts.planTomorrow));
}

function show(answer) {
  state.result = answer;
  answered = answer;
  ofDay = state.day;
  state.day.passed = state.mine || isSpan() ? [] : passed(state.day.passed, state.request, answer);
  state.day.previous = answer.schedule;
  const { plan, lines, agenda, text } = answer;
  state.day.kept = { plan, lines, agenda, text };
  saveLater();
  state.editor.show(messages(answer), answer.text);
  $('timeline').classList.remove('stale');
  $('export').hidden = false;
  $('replan').hidden = false;
  document.title = `${answer.schedule.date} - musicsched`;
  keepFocus(() => {
    showAgenda(answer.agenda, state.day.put, parts.bringBack);
    drawReplan();
    drawPassed();
    drawSchedule();
    parts.week.draw();
  });
  drawNow();
}

/* Shows that there is no schedule. */
function showNone(onExample = null) {
  state.result = null;
  answered = null;
  document.title = 'Plan your day - musicsched';
  $('export').hidden = true;
  $('replan').hidden = true;
  $('passed').replaceChildren();
  showAgenda(null, state.day.put, parts.bringBack);
  $('now-next').replaceChildren();
  $('timeline').classList.remove('stale');
  showEmpty(onExample);
  parts.week.draw();
}

function reset() {
  state.editor.show([], '');
  showStatus('idle', 'Type your day, one line for each to-do or song.');
  showNone(parts.example);
}

/* Shows the schedule again, for another date or in another view. */
export function redraw() {
  if (state.result) keepFocus(drawSchedule);
  else showEmpty(parts.example);
  parts.week.draw();
  drawNow();
}

/*
 * The answer to a request. A schedule stored by another version of the page may be refused; the day
 * is then planned without it.
 */
async function answerTo(asked, signal) {
  try {
    return await api.schedule(asked, signal);
  } catch (error) {
    const { code, diagnostics, status } = error.body || {};
    const isRefused = code && !diagnostics && !(status >= 429); /* not: busy */
    if (!asked.previous || !isRefused) throw error;
    asked.previous = undefined;
    return api.schedule(asked, signal);
  }
}

export async function generate() {
  later.cancel();
  if (running) running.abort();
  const asked = makeRequest();
  if (!state.day.text.trim() && !asked.calendars) {
    reset();
    return;
  }
  running = new AbortController();
  const run = running;
  const slow = setTimeout(() => showStatus('busy', 'Planning…'), 250);
  try {
    const answer = await answerTo(asked, run.signal);
    state.request = asked;
    isCut = false;
    show({ ...answer, text: asked.text });
  } catch (error) {
    if (error.name !== 'AbortError') showProblem(error, asked);
  } finally {
    clearTimeout(slow);
    if (running === run) running = null;
  }
}

/* Plans as soon as the network is back. */
export const retry = () => isCut && generate();

const later = debounce(450, generate);

/*
 * If this page plans by itself, each keystroke sends the text to the planner before the browser
 * draws the letter, so that it plans meanwhile.
 */
export function soon() {
  if (plansHere()) queueMicrotask(generate);
  else later();
}

/* The time of day of a time that may include a date. */
const clockOf = (time) => (time || '').split('T').pop();

/* Updates the now-line and the items on now and next; only for today. */
export function drawNow() {
  const at = today(settings.zone);
  const schedule = state.result && partOf(state.result.schedule, at);
  const isToday = state.result && schedule.date === at;
  const clock = isToday ? now(settings.zone) : '';
  const drawn = $('timeline').firstElementChild;
  const isWeek = Boolean(drawn && drawn.classList.contains('week'));
  const line = isWeek ? now(settings.zone) : clock || clockOf(state.request?.now);
  const isShown = isWeek || !isSpan() || state.shownDate === at;
  if (drawn && drawn.moveNow) drawn.moveNow(isShown ? line : '');
  const lines = isToday ? nowNext(schedule, seconds(clock)) : [];
  watch(isToday ? onNow(schedule, seconds(clock)) : null, settings.tell, settings.zone);
  followClock();
  if ($('now-next').textContent !== lines.map((l) => l.textContent).join(''))
    $('now-next').replaceChildren(...lines);
}

function drawPassed() {
  const isOpen = ({ id }) => !['done', 'skipped'].includes(todoOf(state.result, id)?.state);
  $('passed').replaceChildren(
    ...askPassed(state.day.passed.filter(isOpen), { tick: parts.handlers.tick, notYet }),
  );
}

function notYet(ids) {
  state.day.passed = state.day.passed.filter((e) => !ids.includes(e.id));
  save();
  keepFocus(drawPassed);
}

const drawReplan = () =>
  showReplan(clockOf(state.request?.now), settings.zone, {
    isSpan: isSpan(),
    clock: () => clockOf(planFrom({ ...state.day, from: '' }, settings.zone)),
    isChosen: Boolean(state.day.from) && state.day.from !== 'day',
    hasFrom: state.day.from && (isSpan() || state.day.date === today(settings.zone)),
    tells: settings.tell,
    setTells: (tell) => store.saveSettings(Object.assign(settings, { tell })),
    plan: (from) => {
      state.day.from = from;
      save();
      generate();
    },
  });
