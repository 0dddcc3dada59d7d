/* Applies a suggested fix to the text of the day. */
import { withOccurrence } from './occurrences.js';
import { WINDOW, change, lineNow, minutes, setDay, withLength, withState } from './plan_text.js';
import { clock, seconds } from './times.js';
import { rewrite } from './todo_line.js';

/* The to-do with an id, which may be one of several occurrences, "gym~2". */
export function todoOf(result, id) {
  const base = String(id).replace(/(?:@\d{4}-\d\d-\d\d|~\d+)$/, '');
  const { todos } = result.plan;
  return todos.find((t) => t.id === id) || todos.find((t) => t.id === base);
}

/* The line of an item in the text that was planned. */
function lineOfItem(result, item) {
  if (item.kind === 'song') return result.lines.songs[item.wanted];
  const todo = todoOf(result, item.id);
  return todo ? result.lines.todos[result.plan.todos.indexOf(todo)] : 0;
}

function lineOfName(result, name) {
  const song = /^song (\d+)$/.exec(name);
  if (song) return result.lines.songs[Number(song[1])] || 0;
  return lineOfItem(result, { kind: 'todo', id: name });
}

/* The line of an item within another time window; the bounds of the day are left out. */
function within(line, item, [from, to], result) {
  const { start, end } = result.plan.day;
  const earliest = from > seconds(start) ? clock(from) : '';
  const latest = to < seconds(end) ? clock(to) : '';
  if (item.kind !== 'song') return rewrite(line, todoOf(result, item.id), { earliest, latest });
  const added = [earliest && `after ${earliest}`, latest && `by ${latest}`].filter(Boolean);
  return change(line, WINDOW, added);
}

const windowOf = (item, { plan }) => (item.window || [plan.day.start, plan.day.end]).map(seconds);

/* Makes the time window end later, and the day, too, if the window goes beyond it. */
function later(lines, at, item, fix, result) {
  const [from, to] = windowOf(item, result);
  const end = Math.ceil((to + fix.amount_s) / 60) * 60;
  const { day } = result.plan;
  lines[at] = within(lines[at], item, [from, end], result);
  if (end > seconds(day.end)) setDay(lines, day.start, clock(end));
}

/* Makes the time window begin earlier. */
function earlier(lines, at, item, fix, result) {
  const [from, to] = windowOf(item, result);
  lines[at] = within(lines[at], item, [Math.floor((from - fix.amount_s) / 60) * 60, to], result);
}

/* Moves an event later, or earlier if `by_s` is negative. */
function move(lines, at, event, by_s) {
  const start = clock(seconds(event.start) + by_s);
  lines[at] = rewrite(lines[at], event, { start });
}

const isSpan = ({ schedule }) => schedule.days > 1;

/*
 * The line of a to-do with another value. In a plan of several days, the line may have dates and
 * repeats, so only the attribute is replaced.
 */
function edited(line, todo, result, value) {
  if (!isSpan(result)) return rewrite(line, todo, value);
  const [[kind, added]] = Object.entries(value);
  return change(line, [kind], [added]);
}

function shorter(lines, at, item, fix, result) {
  const todo = todoOf(result, item.id);
  const left = Math.max(60, todo.duration_s - fix.amount_s);
  lines[at] = isSpan(result)
    ? withLength(lines[at], minutes(left))
    : rewrite(lines[at], todo, { minutes: String(Math.floor(left / 60)) });
}

/* Candidates for a song that was not found, best first. */
export function candidatesOf(item, result) {
  if (item.kind !== 'song') return [];
  const line = lineOfItem(result, item);
  return (
    result.diagnostics.find((d) => line > 0 && d.line === line && d.candidates)?.candidates || []
  );
}

function choose(lines, at, item, result, choice) {
  const meant = choice || candidatesOf(item, result)[0];
  if (meant) lines[at] = replaceSong(lines[at], item.title, meant);
  return Boolean(meant);
}

/* Replaces the song in a line; the text before and after it stays. */
function replaceSong(line, from, to) {
  const at = line.toLowerCase().indexOf(from.toLowerCase());
  if (at >= 0) return line.slice(0, at) + to + line.slice(at + from.length);
  return `♪ ${to}`;
}

/*
 * The text after an edit. The columns of the edit count characters, not UTF-16 units.
 */
export function applyEdit(all, edit, text) {
  const lines = all.split('\n');
  const line = [...(lines[edit.line - 1] || '')];
  line.splice(edit.column - 1, edit.end_column - edit.column, text);
  lines[edit.line - 1] = line.join('');
  return lines.join('\n');
}

const OF_EVENT = ['move_later', 'move_earlier'];
const OF_TEXT = ['later', 'earlier', 'shorter', 'split', 'choose', 'date'];
const ofCalendar = (id) => /^cal-/.test(id || '');

/* Whether a line is an event that stays on its day and does not repeat. */
function isMovable(result, { id, kind, amount_s: amount }) {
  const event = todoOf(result, id);
  if (!event || event.start === undefined || event.times || ofCalendar(id)) return false;
  const by_s = kind === 'move_later' ? amount : -amount;
  return (seconds(event.start) + by_s) % 60 === 0 && seconds(event.start) + by_s >= 0;
}

/*
 * Whether the page can apply the fix. Calendar items have no line, but can be left out.
 */
export function canFix(item, result) {
  if (!item.fix) return false;
  const { kind, id } = item.fix;
  if (OF_EVENT.includes(kind)) return !isSpan(result) && isMovable(result, item.fix);
  if (isSpan(result)) {
    if (['later', 'earlier'].includes(kind)) return false; /* windows differ */
    const line = result.text.split('\n')[lineOfItem(result, item) - 1] || '';
    if (kind === 'shorter' && !withLength(line, '')) return false;
  }
  if (kind === 'drop') return true;
  return kind === 'music' ? !ofCalendar(id) : OF_TEXT.includes(kind) && !ofCalendar(item.id);
}

/*
 * {text, line} after the fix; `choice` is the chosen song. null if the line was changed after
 * planning.
 */
export function applyFix(text, item, result, choice) {
  const lines = text.split('\n');
  const fix = item.fix;
  const named = ['drop', 'music', ...OF_EVENT].includes(fix.kind);
  const planned = named ? lineOfName(result, fix.id) : lineOfItem(result, item);
  const at = lineNow(result.text, text, planned) - 1;
  if (!planned || at < 0 || at >= lines.length) return null;
  if (fix.kind === 'later') later(lines, at, item, fix, result);
  else if (fix.kind === 'earlier') earlier(lines, at, item, fix, result);
  else if (fix.kind === 'shorter') shorter(lines, at, item, fix, result);
  else if (OF_EVENT.includes(fix.kind))
    move(lines, at, todoOf(result, fix.id),
      fix.kind === 'move_later' ? fix.amount_s : -fix.amount_s);
  else if (fix.kind === 'split')
    lines[at] = edited(lines[at], todoOf(result, item.id), result, {
      split: `split:${minutes(fix.amount_s)}`,
    });
  else if (fix.kind === 'date')
    lines[at] = change(lines[at], ['on', 'due', 'release'], [`on ${fix.date}`]);
  else if (fix.kind === 'drop') lines[at] = `// ${lines[at].trim()}`;
  else if (fix.kind === 'music')
    lines[at] = edited(lines[at], todoOf(result, fix.id), result, { music: '#music' });
  else if (!choose(lines, at, item, result, choice)) return null;
  return { text: lines.join('\n'), line: at + 1 };
}

/* {line, text}: the line of a to-do; line 0 if it has none, or was changed after planning. */
export function lineOfTodo(text, result, id) {
  const planned = lineOfName(result, id);
  const line = planned ? lineNow(result.text, text, planned) : 0;
  const found = text.split('\n')[line - 1];
  return found === undefined ? { line: 0, text: '' } : { line, text: found };
}

/* The text with one line replaced; null removes it. */
export function withLine(text, line, changed) {
  const lines = text.split('\n');
  lines.splice(line - 1, 1, ...(changed === null ? [] : [changed].flat()));
  return lines.join('\n');
}

/* The message for each state. */
export const SAID = {
  done: 'was ticked off',
  started: 'has been started',
  paused: 'is paused',
  not_started: 'has not been started',
  skipped: 'is skipped',
  open: 'is planned again',
};

/* Records the state of a to-do. Its line stays, so that `after:` in other lines still finds it. */
export function say(text, result, id, state, more) {
  const at = lineOfTodo(text, result, id);
  return at.line ? withLine(text, at.line, withState(at.text, state, more)) : null;
}

/* Records the state of the occurrence of a to-do on a date: {date, state, time}. */
export function sayOn(text, result, id, happened) {
  const at = lineOfTodo(text, result, id);
  const { date: from, days } = result.schedule;
  const line = at.line && withOccurrence(at.text, { from, days }, happened);
  return at.line ? withLine(text, at.line, line) : null;
}
