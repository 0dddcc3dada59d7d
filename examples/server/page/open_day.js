/* Opens a date with the data that this browser stores for it. */
import { askLeft } from './carry.js';
import { offerUndo, replaceText, withLines } from './changes.js';
import { $ } from './dom.js';
import { hideNotice } from './notice.js';
import { isSpan, settings, state } from './page_state.js';
import { isDone, lineNow, withoutState } from './plan_text.js';
import { generate, redraw } from './planning.js';
import * as store from './store.js';
import { dateAfter, today } from './times.js';

/* Shows a date with its stored data. */
export function openDay(date) {
  state.shownDate = date;
  $('date').value = date;
  if (!state.mine) {
    store.keepOpened(today(settings.zone), date);
  }
  const at = state.mine ? date : store.recordOf(date);
  const isPart = state.result && state.result.schedule.days > 1;
  if (!state.mine && isSpan() && at === state.day.date && isPart) {
    redraw(); /* another date of the same plan */
    return null;
  }
  state.day = store.loadDay(at);
  if (date === today(settings.zone) && state.day.from !== 'day') state.day.from = '';
  state.editor.load(state.day.text);
  hideNotice();
  offerUndo();
  return generate();
}

/* Opens today, and offers unfinished to-dos of an earlier date. */
export async function openToday() {
  const date = today(settings.zone);
  await openDay(date);
  askLeft(date, state.day.text, {
    show: openDay,
    bring: (label, lines) => replaceText(label, withLines(state.day.text, lines)),
  });
}

/*
 * Copies the lines of the day that are neither done nor skipped to the next date, and opens that.
 * Indented notes stay notes.
 */
export function planTomorrow() {
  const { date, text } = state.day;
  const { plan, lines: at, text: planned } = state.result;
  const gone = plan.todos.map((todo, i) =>
    ['done', 'skipped'].includes(todo.state) ? lineNow(planned, text, at.todos[i]) : 0,
  );
  const isLeft = (line, i) =>
    line.trim() && !isDone(line) && !gone.includes(i + 1) && !/^\s*(?:date|from)\s*:/i.test(line);
  const open = text.split('\n').filter(isLeft);
  openDay(dateAfter(date, 1)); /* shows the date at once */
  const there = state.day.text.split('\n');
  const lines = open
    .map((line) => (/^\s/.test(line) ? line : withoutState(line)))
    .filter((line) => !there.includes(line));
  return replaceText('Your lines were added to this day.', withLines(state.day.text, lines));
}

export function setUpDate() {
  $('date').value = state.shownDate;
  $('date').addEventListener('change', () => openDay($('date').value || today(settings.zone)));
  $('today').addEventListener('click', openToday);
}
