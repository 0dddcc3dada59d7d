/*
 * Writes the line of a to-do with other values. The page understands the simple lines, and keeps
 * their words. Of any other line, it keeps what the planner has read: its words are lost, but
 * nothing that they mean.
 */
import { MUSIC } from './fields.js';
import {
  WINDOW,
  boxOf,
  take,
  tailOf,
  title as quoted,
  withState,
  withoutState,
} from './plan_text.js';
import { clock, seconds, span } from './times.js';

const REWRITTEN = ['length', 'priority', 'at'];
const DATES = ['on', 'due', 'release'];
const OF_TASKS = ['split', 'late', 'order', 'due', 'release']; /* an event cannot have them */
const MOODS = new Set(MUSIC.map(([tag]) => tag));

const minutesOf = (todo) =>
  Math.round(
    (todo.start === undefined ? todo.duration_s : seconds(todo.end) - seconds(todo.start)) / 60,
  );

function musicOf({ mood, music }) {
  if (mood && mood !== 'none') return `#${mood}`;
  return music ? '#music' : '';
}

/* The values of a to-do that can be changed, as a form shows them. */
export function fieldsOf(todo) {
  const isEvent = todo.start !== undefined;
  return {
    title: todo.title,
    start: isEvent ? clock(seconds(todo.start)) : '',
    minutes: String(minutesOf(todo)),
    earliest: !isEvent && todo.earliest ? clock(seconds(todo.earliest)) : '',
    latest: !isEvent && todo.latest ? clock(seconds(todo.latest)) : '',
    priority: String(todo.priority || 1),
    music: musicOf(todo),
    split: todo.split_min_s ? `split:${span(Math.round(todo.split_min_s / 60))}` : '',
  };
}

const words = (line) => line.split(/\s+/);
const wordsOf = (line, pattern) => words(line).filter((word) => pattern.test(word));

/* A label as the line writes it. */
function labelOf(line, label) {
  const written = (word) => /^[#@+]/.test(word) && word.slice(1) === label;
  return words(line).find(written) || `#${label}`;
}

/* How often: a plan of one day does not need it, but the next one may. */
const REPEATS = new RegExp(
  String.raw`\b(?:every\s+(?:(?:other|first|second|third|fourth|last|\d+)\s+)?[a-z]+` +
    String.raw`(?:\s*,\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)*|daily|(?:bi)?weekly|` +
    String.raw`monthly|yearly)\b`,
  'gi',
);
const repeatsOf = (line, { title }) =>
  (line.replace(/"[^"]*"/g, ' ').match(REPEATS) || []).filter(
    (phrase) => !title.toLowerCase().includes(phrase.toLowerCase()),
  );

/* The attributes that the planner has read from the line, except those that `fieldsOf` has. */
const readOf = (line, todo) => [
  ...(todo.labels || []).map((label) => ({ kind: 'label', text: labelOf(line, label) })),
  ...wordsOf(line, /^(?:id|pad|since):\S/i).map((text) => ({ kind: 'reference', text })),
  ...repeatsOf(line, todo).map((text) => ({ kind: 'repeat', text })),
  ...['after', 'before']
    .filter((name) => todo[name]?.length)
    .map((name) => ({ kind: 'order', text: `${name}:${todo[name].join(',')}` })),
  ...(todo.late ? [{ kind: 'late', text: 'late' }] : []),
];

/* Whether the title is all that remains of the line without the attributes that the page knows. */
const isPlain = (head, todo) => head.replace(/^"(.*)"$/, '$1') === todo.title;

function keptOf(line, todo, v, before) {
  const { head, attributes } = take(withoutState(line));
  const isSame = (...names) => names.every((name) => v[name] === before[name]);
  const hasWindow = !v.start && !before.start && isSame('earliest', 'latest');
  const plain = isPlain(head, todo);
  const known = plain
    ? attributes.filter((a) => !REWRITTEN.includes(a.kind) && !MOODS.has(a.text.toLowerCase()))
    : [...attributes.filter((a) => DATES.includes(a.kind)), ...readOf(line, todo)];
  const isKept = ({ kind }) =>
    !(v.start && OF_TASKS.includes(kind)) &&
    !(WINDOW.includes(kind) && !hasWindow) &&
    !(kind === 'split' && !isSame('split'));
  const kept = known.filter(isKept);
  const has = (...kinds) => kept.some((a) => kinds.includes(a.kind));
  return {
    kept: kept.map((a) => a.text),
    window: !v.start && !has(...WINDOW),
    split: !v.start && !has('split'),
  };
}

function write(line, todo, values, isQuoted) {
  const before = fieldsOf(todo);
  const v = { ...before, ...values };
  const { kept, window, split } = keptOf(line, todo, v, before);
  const minutes = Math.max(1, Number(v.minutes) || 30);
  const parts = [
    v.start && `${v.start}-${clock(seconds(v.start) + minutes * 60)}`,
    isQuoted ? `"${v.title.replaceAll('"', "'")}"` : quoted(v.title),
    !v.start && span(minutes),
    window && v.earliest && `after ${v.earliest}`,
    window && v.latest && `by ${v.latest}`,
    v.priority !== '1' && `!${v.priority}`,
    v.music,
    split && v.split,
    v.id && `id:${v.id}`,
    ...kept,
  ];
  return inState(line, todo, parts.filter(Boolean).join(' '));
}

/*
 * The line with other `values`; the missing ones stay. `start` is '' for a to-do that is not fixed.
 */
export const rewrite = (line, todo, values) =>
  write(line, todo, values, line.includes(`"${values.title ?? todo.title}"`));

/* Whether another to-do, a song or a fill of the plan refers to a to-do. */
export const isNamed = ({ todos, songs = [], listening = {} }, id) =>
  [...todos, ...songs, listening.fill]
    .flat()
    .some((other) => other && [other.after, other.before, other.during].flat().includes(id));

/* The line with its title in quotation marks, within which nothing is read as a time. */
export const quoteTitle = (line, todo) => write(line, todo, {}, true);

/* The written line in the state of the line before. */
function inState(line, todo, written) {
  const box = boxOf(line);
  const tail = tailOf(line);
  if (tail || /x|\[[^ ]/i.test(box) || !todo.state) return box + written + tail;
  const time = (todo.state === 'done' ? todo.ended : todo.started) || '';
  return withState(written, todo.state, {
    time: time.slice(0, 5),
    left: Math.ceil((todo.left_s || 0) / 60),
  });
}
