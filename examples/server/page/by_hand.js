/* Moves, resizes and pins a block. Each change edits the block's line. */
import { lineOfTodo } from './fixes.js';
import { clock, lasts, seconds, span } from './times.js';
import { rewrite } from './todo_line.js';

const GRID_S = 300; /* moved blocks snap to five minutes */
const LAST_S = 36 * 3600;

export const onGrid = (s) => Math.max(0, Math.round(s / GRID_S) * GRID_S);

/* {todo, line, text} of an entry; null if it has no line or shares its line with other pieces. */
export function sourceOf(entry, text, result) {
  if (entry.kind === 'song' || entry.piece || result.schedule.days > 1) return null;
  const todo = result.plan.todos.find((t) => t.id === entry.id);
  const found = lineOfTodo(text, result, entry.id);
  return todo && found.line ? { todo, ...found } : null;
}

/* To-dos that have begun or ended cannot be moved. */
export const canMove = (entry) => !entry.state;

/*
 * The line with new times: {start} pins the to-do to a time, {start: null} unpins it, and {lasts_s}
 * sets its length.
 */
export function retime({ todo, text }, entry, { start, lasts_s: length }) {
  const begins = start === undefined && entry.fixed ? seconds(entry.start) : start;
  const pinned = begins !== undefined && begins !== null;
  const asked = { start: pinned ? clock(begins) : '' };
  const takes = length ?? (entry.start ? lasts(entry) : todo.duration_s);
  if (pinned && begins + takes > LAST_S) return text;
  if (length || entry.start) asked.minutes = String(Math.max(1, Math.round(takes / 60)));
  return rewrite(text, todo, asked);
}

/* The effect of a key on the focused block: {times, label}, or null. */
export function keyOn(event, entry) {
  if (event.ctrlKey || event.metaKey) return null;
  const step = { ArrowUp: -GRID_S, ArrowDown: GRID_S }[event.key];
  if (step && event.altKey && event.shiftKey) {
    const length = Math.max(GRID_S, lasts(entry) + step);
    return { times: { lasts_s: length }, label: `takes ${span(Math.round(length / 60))}` };
  }
  if (step && event.altKey) {
    const start = onGrid(seconds(entry.start) + step);
    return { times: { start }, label: `is at ${clock(start)}` };
  }
  if (event.key === 'p' && !event.altKey) return pinOrNot(entry);
  return null;
}

export const pinOrNot = (entry) =>
  entry.fixed
    ? { times: { start: null }, label: 'may move again' }
    : {
        times: { start: seconds(entry.start) },
        label: `is pinned to ${clock(seconds(entry.start))}`,
      };
