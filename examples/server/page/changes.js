/*
 * Changes the day that the page shows: by typing, on the schedule, by a fix, by undo. Each change
 * edits the text and can be undone.
 */
import { askBlock } from './block.js';
import { canMove, keyOn, pinOrNot, retime, sourceOf } from './by_hand.js';
import { occursOnce, uidOfEntry } from './calendars.js';
import { $ } from './dom.js';
import { exampleDay } from './example.js';
import { SAID, applyFix, lineOfTodo, say, sayOn, todoOf, withLine } from './fixes.js';
import { quoted, showNotice } from './notice.js';
import { isSpan, save, settings, state } from './page_state.js';
import { planFrom } from './past.js';
import { withoutState } from './plan_text.js';
import { generate, redraw, soon } from './planning.js';
import { showChanged } from './results.js';
import { back, forth, remember, rememberTyping } from './steps.js';
import { now, seconds, shortDate } from './times.js';
import { isNamed } from './todo_line.js';

let changing = false; /* the text, other than by typing */

export function typed() {
  if (!changing) rememberTyping(state.day, state.day.text);
  state.day.text = state.editor.text;
  drawSteps();
  save();
  if (settings.auto && !changing) soon(); /* the caller plans after the change */
}

function drawSteps() {
  $('undo').disabled = !state.day.steps.past.length;
  $('redo').disabled = !state.day.steps.future.length;
}

export function offerUndo() {
  drawSteps();
  const { told } = state.day;
  if (!told) return;
  showNotice(told.label, [
    told.redo ? ['Redo', redo] : ['Undo', () => undo(told.depth)],
    [
      'Close',
      () => {
        state.day.told = null;
        save();
      },
    ],
  ]);
}

function putText(text, told) {
  state.day.told = { ...told, depth: state.day.steps.past.length };
  changing = true;
  state.editor.set(text);
  changing = false;
  save();
  offerUndo();
  return generate();
}

/* Replaces the text of the day; each replacement is a step. */
export function replaceText(label, text, more = {}) {
  if (text === state.day.text && !Object.keys(more).length) return null;
  remember(state.day, label);
  Object.assign(state.day, more);
  return putText(text, { label, redo: false });
}

/* Undoes the last step, or all steps down to `depth`. */
export function undo(depth = state.day.steps.past.length) {
  if (state.mine || !state.day.steps.past.length) return;
  do back(state.day);
  while (state.day.steps.past.length >= depth && state.day.steps.past.length);
  putText(state.day.text, { label: 'The change was undone.', redo: true });
}

export function redo() {
  if (!state.mine && forth(state.day))
    putText(state.day.text, { label: 'The change was redone.', redo: false });
}

function fix(item, choice) {
  const titleOf = (id) => todoOf(state.result, id)?.title || id;
  if (
    item.fix.kind === 'drop' &&
    putAside({ id: item.fix.id, title: titleOf(item.fix.id) }, 'skipped')
  )
    return null;
  const changed = applyFix(state.day.text, item, state.result, choice);
  if (changed) return replaceText(`Line ${changed.line} was changed.`, changed.text);
  showChanged();
  return null;
}

/* An item from a calendar has no line, so it is left out for the day. */
function putAside(entry, become) {
  const uid = uidOfEntry(entry);
  if (uid === null) return false;
  state.day.put.push({ uid, title: entry.title, state: become });
  state.day.passed = state.day.passed.filter((e) => e.id !== entry.id);
  save();
  generate();
  return true;
}

export function bringBack(item) {
  state.day.put = state.day.put.filter((p) => p.uid !== item.uid);
  save();
  generate();
}

function tick(entry) {
  if (!isSpan()) sayOf(entry, 'done', { time: doneAt(entry) });
  else sayOf(entry, 'done', hasDates(entry) ? { time: doneOn(entry) } : {});
}

/*
 * Whether the line of a to-do records its state by date: that of one that repeats, unless all of
 * its occurrences have the state of the line.
 */
function hasDates(entry) {
  const todo = isSpan() && entry.date ? todoOf(state.result, entry.id) : null;
  if (!todo || ['done', 'skipped'].includes(todo.state)) return false;
  const { times = 1, on = [], occurrences = [], start } = todo;
  const isEach = start !== undefined; /* an event is on each of its dates */
  const isOneDate = on.length === 1 && (/^\d/.test(on[0]) || state.result.schedule.days <= 7);
  return times !== 1 || (isEach && !isOneDate) || occurrences.length > 0;
}

/*
 * When a to-do that is not over was done if it is ticked off: now, or at its scheduled end if it is
 * an event ahead, which so keeps its place.
 */
function endOf({ fixed, start, end }, clock) {
  const isEventAhead = fixed && seconds(start) > seconds(clock);
  return (isEventAhead ? end : clock).slice(0, 5);
}

/* When a to-do that is ticked off was done; '': at its scheduled end. */
function doneAt(entry) {
  const from = planFrom(state.day, settings.zone); /* the last plan may be hours old */
  const { end } = entry;
  if (state.day.passed.includes(entry)) return end.slice(0, 5);
  if (!from || (end && seconds(end) <= seconds(from))) return ''; /* the last schedule has it */
  return endOf(entry, from);
}

/* The same for an occurrence of a plan of several days, which stays on its date. */
function doneOn(entry) {
  const [date, clock] = planFrom(state.day, settings.zone).split('T');
  const isToday = date === entry.date && !entry.state;
  if (isToday && seconds(entry.end) > seconds(clock)) return endOf(entry, clock);
  return entry.piece ? '' : entry.end.slice(0, 5); /* the last schedule has all pieces */
}

/* Records the state of a to-do, or of its occurrence on a date, in its line. */
function sayOf(entry, become, more) {
  if (['done', 'skipped'].includes(become) && putAside(entry, become)) return;
  const isDated = hasDates(entry);
  const { date } = entry;
  const text = isDated
    ? sayOn(state.day.text, state.result, entry.id, { date, state: become, ...more })
    : say(state.day.text, state.result, entry.id, become, more);
  const name = quoted(entry.title) + (isDated ? ` (${shortDate(date)})` : '');
  if (text !== null) replaceText(`${name} ${SAID[become]}.`, text);
  else showChanged();
}

/* Moves or resizes a block. */
function retimeBlock(entry, times, label) {
  const source = sourceOf(entry, state.day.text, state.result);
  if (!source) {
    showChanged();
    return;
  }
  const changed = retime(source, entry, times);
  if (changed === source.text) redraw();
  else {
    const text = withLine(state.day.text, source.line, changed);
    replaceText(`${quoted(entry.title)} ${label}.`, text);
  }
}

/* Opens the dialog of a block. */
function changeBlock(entry) {
  if (state.mine) return;
  const todo = todoOf(state.result, entry.id);
  const { line, text } = lineOfTodo(state.day.text, state.result, entry.id);
  if (todo && !line && uidOfEntry(entry) === null) {
    showChanged();
    return;
  }
  const put = (label, lines) =>
    replaceText(`${quoted(entry.title)} ${label}.`, withLine(state.day.text, line, lines));
  const act = {
    say: (of, become, more) => (become === 'done' ? tick(of) : sayOf(of, become, more)),
    write: (changed) => put('was changed', changed),
    remove: () => put('was deleted', null),
    duplicate: () => put('was duplicated', [text, withoutState(text).replace(/\s+id:\S+/, '')]),
  };
  if (isSpan())
    Object.assign(act, { goTo: () => state.editor.goTo(line), canTick: canTick(entry) });
  if (movable(entry) && entry.start) {
    const { times, label } = pinOrNot(entry);
    act.pin = () => retimeBlock(entry, times, label);
  }
  const isReferred = todo && isNamed(state.result.plan, todo.id);
  const source = todo && line ? { todo, line: text, isReferred } : null;
  askBlock(entry, source, () => now(settings.zone), act);
}

const movable = (entry) =>
  !state.mine && canMove(entry) && Boolean(sourceOf(entry, state.day.text, state.result));

/* The page cannot record the state of one occurrence of a recurring event of a calendar. */
function canTick(entry) {
  if (!isSpan()) return true;
  const uid = uidOfEntry(entry);
  return uid === null ? Boolean(todoOf(state.result, entry.id)) : occursOnce(uid);
}

/* X ticks a block off, or plans it again; - skips it. Whether the key was one of them. */
function stateKey(event, entry) {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isPlain || !['x', '-'].includes(event.key) || state.mine || !canTick(entry)) return false;
  event.preventDefault();
  if (event.key === '-') sayOf(entry, 'skipped', {});
  else if (entry.state === 'done') sayOf(entry, 'open', {});
  else tick(entry);
  return true;
}

function blockKey(event, entry) {
  if (stateKey(event, entry)) return;
  const source = state.mine ? null : sourceOf(entry, state.day.text, state.result);
  if (!source) return;
  const asked = canMove(entry) ? keyOn(event, entry) : null;
  if (!asked && event.key !== 'Delete') return;
  event.preventDefault();
  if (asked) {
    retimeBlock(entry, asked.times, asked.label);
    return;
  }
  const text = withLine(state.day.text, source.line, null);
  replaceText(`${quoted(entry.title)} was deleted.`, text);
}

export const handlers = {
  fix,
  tick,
  change: changeBlock,
  say: sayOf,
  movable,
  canTick,
  result: () => state.result,
  key: blockKey,
  retime: (entry, times) => retimeBlock(entry, times, 'was changed'),
  placeAt: (item, start) => retimeBlock(item, { start }, 'was placed'),
};

export async function example() {
  const label = state.day.text.trim()
    ? 'The example has replaced your text.'
    : 'This is an example. Change it, or clear it and write your own day.';
  return replaceText(label, await exampleDay(), { from: '', previous: null, passed: [] });
}

export const withLines = (text, lines) =>
  `${text.trimEnd()}${text.trim() ? '\n' : ''}${lines.join('\n')}\n`;
