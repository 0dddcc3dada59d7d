/*
 * The last schedule in the states that the text has recorded since then. The page shows it while
 * nothing can plan again. The times remain those of the schedule.
 */
import { todoOf } from './fixes.js';
import { stateOn, withoutOccurrences } from './occurrences.js';
import { lineNow, stateOf, withoutState } from './plan_text.js';

const SHOWN = ['done', 'started', 'paused']; /* the states that a timeline names */

const withoutStates = (text) =>
  text
    .split('\n')
    .map((line) => withoutState(withoutOccurrences(line)))
    .join('\n');

/* [{todo, was, is, line}]: each to-do with its line before and now; `is` is '' if that is gone. */
function linesOf(result, text) {
  const before = withoutStates(result.text),
    now = withoutStates(text);
  const was = result.text.split('\n'),
    is = text.split('\n');
  return result.plan.todos.map((todo, i) => {
    const planned = result.lines.todos[i];
    const line = planned ? lineNow(before, now, planned) : 0;
    return { todo, line, was: planned ? was[planned - 1] : '', is: line ? is[line - 1] : '' };
  });
}

/*
 * The result of planning an earlier text, as if `text` had been planned at the same times, without
 * the entries that `isGone` accepts.
 */
export function recorded(result, text, isGone) {
  const { schedule, plan, lines } = result;
  const all = linesOf(result, text);
  const span = { from: schedule.date, days: schedule.days };
  /* the state of an entry; undefined if the text has not changed it */
  const stateNow = (entry) => {
    const { was, is } = all.find(({ todo }) => todo === todoOf(result, entry.id)) || {};
    if (!is) return undefined;
    const said = [was, is].map((line) => stateOf(line) || stateOn(line, span, entry.date));
    return said[0] === said[1] ? undefined : said[1];
  };
  const entries = schedule.entries.flatMap((entry) => {
    if (isGone(entry)) return [];
    const state = entry.kind === 'todo' ? stateNow(entry) : undefined;
    if (state === undefined) return [entry];
    return state === 'skipped'
      ? []
      : [{ ...entry, state: SHOWN.includes(state) ? state : undefined }];
  });
  const todos = all.map(({ todo, was, is }) =>
    is && stateOf(is) !== stateOf(was) ? { ...todo, state: stateOf(is) || undefined } : todo,
  );
  return {
    ...result,
    text,
    schedule: { ...schedule, entries },
    plan: { ...plan, todos },
    lines: { ...lines, todos: all.map(({ line }) => line) },
  };
}
