/*
 * What happened on single dates of a to-do, at the end of its line: "done:2026-11-24 18:30,fri
 * skipped:2026-11-28".
 */
import { dateAfter, weekday } from './times.js';

const TIME = String.raw`(?:\d{1,2}[:.]\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|noon|midnight)`;
const ITEM = String.raw`[^\s,"]+(?:\s+${TIME}(?:-(?:${TIME})?)?)?(?:\s\(second\))?`;
const LIST = String.raw`\s+(?:started|done|skipped):${ITEM}(?:\s*,\s*${ITEM})*`;

export const LIST_AT_END = new RegExp(`${LIST}$`, 'i');
const LISTS = new RegExp(`${LIST}(?=\\s|$)`, 'gi');
const LEFT = /\s+(?:paused,?\s+)?(?:\d+h)?(?:\d+m)?\s+left(?=\s|$)/i;
const NAMES = ['started', 'done', 'skipped'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/* The date of an item of a list, "2026-11-24 18:30" or "tue 18:30", in a plan of `days` dates. */
function dateOf(item, { from, days }) {
  const date = /^\d{4}-\d\d-\d\d/.exec(item)?.[0];
  if (date) return date;
  const named = WEEKDAYS.indexOf(item.slice(0, 3).toLowerCase());
  const after = (named - weekday(from) + 7) % 7;
  return named >= 0 && after < days ? dateAfter(from, after) : '';
}

/* {rest, lists}: the line without its lists, and the items of each. */
function read(line) {
  const at = line.lastIndexOf('"') + 1; /* not within a title */
  const lists = { started: [], done: [], skipped: [] };
  const rest = line.slice(at).replace(LISTS, (list) => {
    const [, name, items] = /^\s+(\w+):(.*)$/.exec(list);
    lists[name.toLowerCase()].push(...items.split(',').map((item) => item.trim()));
    return '';
  });
  return { rest: (line.slice(0, at) + rest).trimEnd(), lists };
}

/* The line without what happened on single dates. */
export const withoutOccurrences = (line) => read(line).rest;

/* What the line says of the occurrence on a date: 'done', 'skipped', 'started' or ''. */
export function stateOn(line, span, date) {
  const { lists } = read(line);
  const has = (name) => lists[name].some((item) => dateOf(item, span) === date);
  return ['done', 'skipped', 'started'].find(has) || '';
}

/*
 * The line with the state of the occurrence on a date: `done` (with the `time` at which it ended,
 * or ''), `skipped`, or `open`, which removes what the line says of it. `span` is {from, days}.
 */
export function withOccurrence(line, span, { date, state, time = '' }) {
  const { rest, lists } = read(line);
  const wasStarted = lists.started.length > 0;
  for (const name of NAMES)
    if (name !== 'started' || state !== 'done') /* when it began stays true */
      lists[name] = lists[name].filter((item) => dateOf(item, span) !== date);
  if (state !== 'open') lists[state].push(time ? `${date} ${time}` : date);
  const isLeft = !wasStarted || lists.started.length > 0;
  const written = NAMES.filter((name) => lists[name].length).map(
    (name) => `${name}:${lists[name].join(',')}`,
  );
  return [isLeft ? rest : rest.replace(LEFT, ''), ...written].join(' ');
}
