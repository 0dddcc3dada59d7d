/* Offers to move unfinished to-dos of an earlier date to today. */
import { shortTitle, showNotice } from './notice.js';
import { isDone, lineNow, withoutState } from './plan_text.js';
import * as store from './store.js';
import { longDate } from './times.js';

/* The lines of a stored day whose tasks are neither done nor skipped, without their states. */
function openLines({ text, kept }) {
  const lines = text.split('\n');
  if (!kept || !kept.plan || !kept.lines) return [];
  const open = kept.plan.todos
    .map((todo, i) => ({
      todo,
      line: lines[lineNow(kept.text ?? text, text, kept.lines.todos[i]) - 1],
    }))
    .filter(({ todo, line }) => line && todo.start === undefined && !todo.times && !isDone(line))
    .filter(({ todo }) => !['done', 'skipped'].includes(todo.state))
    .map(({ todo, line }) => ({ title: todo.title, line: withoutState(line) }));
  return open.filter(({ line }, i) => open.findIndex((o) => o.line === line) === i);
}

/* {date, open} of the last date before `today` with unfinished to-dos, or null. */
function leftOpen(today, text) {
  const date = store.allDates().filter((d) => d < today).at(-1);
  const record = date && store.loadDay(date);
  if (!record || record.carried || store.recordOf(today) === date) return null;
  const there = new Set(text.split('\n').map(withoutState));
  const open = openLines(record).filter(({ line }) => !there.has(line));
  return open.length ? { date, open } : null;
}

/* Ask only once. */
const settle = (date) => store.saveDay({ ...store.loadDay(date), carried: true });

/* Shows the offer. `act` has bring(label, lines) and show(date). */
export function askLeft(today, text, act) {
  const left = leftOpen(today, text);
  if (!left) return;
  const { date, open } = left;
  const count = open.length === 1 ? 'One to-do' : `${open.length} to-dos`;
  const is = open.length === 1 ? 'is' : 'are';
  const more = open.length > 4 ? ' and more' : '';
  const titles = open
    .slice(0, 4)
    .map((o) => shortTitle(o.title))
    .join(', ');
  const bring = () => {
    settle(date);
    const label = `${count} of ${longDate(date)} ${is} in your day now.`;
    return act.bring(label, open.map((o) => o.line));
  };
  showNotice(`${count} of ${longDate(date)} ${is} not done: ${titles}${more}.`, [
    ['Bring to today', bring],
    ['Show that day', () => act.show(date)],
    ['Leave them', () => settle(date)],
  ]);
}
