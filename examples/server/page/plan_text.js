/* Lines of plan text: their attributes, and how to change one without touching the rest. */
import { LIST_AT_END } from './occurrences.js';
import { span } from './times.js';

const TIME = String.raw`(?:\d{1,2}:\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|noon|midnight)`;
const DATE = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|\d{4}-\d\d-\d\d)`;

const LENGTH =
  String.raw`(?:for\s+)?[[(]?(?:\d+(?:\.\d+)?\s?h(?:ours?)?(?:\s?\d{1,2}\s?m?)?|` +
  String.raw`\d+\s?(?:m|min|minutes?))[\])]?`;

/* Attributes that can end a line (docs/plan-text.md). */
const ATTRIBUTES = [
  ['happened', LIST_AT_END],
  ['window', new RegExp(String.raw`\s+${TIME}\s*(?:-|–|—|to)\s*${TIME}$`, 'i')],
  ['latest', new RegExp(String.raw`\s+(?:before|by|until)\s+${TIME}$`, 'i')],
  ['earliest', new RegExp(String.raw`\s+(?:after|from)\s+${TIME}$`, 'i')],
  ['on', new RegExp(String.raw`\s+on[:\s]\s*${DATE}(?:\s*,\s*${DATE})*$`, 'i')],
  ['due', new RegExp(String.raw`\s+(?:before|by|until)\s+${DATE}(?:\s+${TIME})?$`, 'i')],
  ['release', new RegExp(String.raw`\s+(?:after|from)\s+${DATE}(?:\s+${TIME})?$`, 'i')],
  ['at', new RegExp(String.raw`\s+at\s+${TIME}$`, 'i')],
  ['length', new RegExp(String.raw`\s+${LENGTH}$`, 'i')],
  ['daypart', /\s+@[a-z]+$/i],
  ['priority', /\s+(?:!|p)[1-4]$/i],
  ['music', /\s+#[\w-]+$/i],
  ['split', /\s+(?:split(?::\S+)?|nosplit)$/i],
  ['order', /\s+(?:after|before):\S+$/i],
  ['reference', /\s+(?:id|during|pad):\S+$/i],
  ['wish', /\s+(?:must|nice|x[1-9])$/i],
];

/* The kinds of attributes that set a time window. */
export const WINDOW = ['window', 'latest', 'earliest', 'daypart'];

const LENGTHS = new RegExp(String.raw`(^|\s)${LENGTH}(?=\s|$)`, 'gi');

/* The line with another length; '' if it has none, or several. */
export const withLength = (line, length) =>
  line.match(LENGTHS)?.length === 1 ? line.replace(LENGTHS, `$1${length}`) : '';

/* {head, attributes: [{kind, text}]} */
export function take(line) {
  let head = line.trimEnd();
  const attributes = [];
  for (let found = true; found;) {
    found = false;
    for (const [kind, pattern] of ATTRIBUTES) {
      const match = pattern.exec(head);
      if (!match || match.index === 0) continue;
      attributes.unshift({ kind, text: match[0].trim() });
      head = head.slice(0, match.index);
      found = true;
      break;
    }
  }
  return { head, attributes };
}

/* Replaces the attributes of these kinds with `added`. */
export function change(line, kinds, added) {
  const { head, attributes } = take(line);
  return [
    head,
    ...attributes.filter((a) => !kinds.includes(a.kind)).map((a) => a.text),
    ...added,
  ].join(' ');
}

export const isDone = (line) => /^\s*(?:- )?(?:\[x\]|x) /i.test(line);

const HOUR = String.raw`\d{1,2}[:.]\d{2}`;
const BOX = /^\s*(?:[-*•]\s+)?(?:\[[ xX/>-]\]\s+|x\s+)?/;
const STATE_TAIL = new RegExp(
  String.raw`(?:\s+(?:started ${HOUR}|(?:done|finished|ended) ${HOUR}|` +
    String.raw`paused(?: (?:\d+h)?(?:\d+m)? left)?|not started|\d+m left))+$`,
  'i',
);

/* What begins a line with its state, `- [x] `, and what ends it, ` done 9:40`; '' without one. */
export const boxOf = (line) => BOX.exec(line)[0];
export const tailOf = (line) => STATE_TAIL.exec(line)?.[0] ?? '';

/* A line without the state of its to-do. */
export const withoutState = (line) =>
  line
    .replace(BOX, '')
    .replace(/^~~(.*)~~\s*$/, '$1')
    .replace(STATE_TAIL, '')
    .trim();

/* The state that the line gives its to-do: 'done', 'skipped', ..; '' without one. */
export function stateOf(line) {
  if (isDone(line)) return 'done';
  if (/^\s*(?:[-*•]\s+)?(?:\[-\]\s|~~)/.test(line)) return 'skipped';
  const [said] = /not started|started|left$|paused|(?:done|finished|ended)/i.exec(tailOf(line)) || [''];
  const name = said.toLowerCase().replace(' ', '_');
  return { left: 'paused', finished: 'done', ended: 'done' }[name] || name;
}

/*
 * The line with a state. `time` is when the to-do was begun or done; `left` is the number of
 * minutes that remain.
 */
export function withState(line, state, { time = '', left = 0 } = {}) {
  const bare = withoutState(line);
  if (state === 'done') return `[x] ${bare}${time ? ` done ${time}` : ''}`;
  if (state === 'started') return `${bare} started ${time}`;
  if (state === 'paused') return `${bare} paused ${span(left)} left`;
  if (state === 'not_started') return `${bare} not started`;
  return state === 'skipped' ? `[-] ${bare}` : bare;
}

/* What can be an attribute, a setting, or the mark at the beginning of a line. */
const NOT_PLAIN = [
  /[\d!#@:"()[\]]|~~/,
  /^(?!\p{L})/u,
  /^(?:x|x .*|day|days|date|fill|quiet|buffer)$/i,
  /\b(?:at|after|from|before|by|until|split|nosplit|noon|midnight|for|priority)\b/i,
  /\b(?:today|tonight|tomorrow|daily|weekly|monthly|yearly|to-?do)\b|\bin$/i,
];

/*
 * A title for plan text, quoted if a part of it could be read as something else.
 */
export function title(text) {
  const plain = text.trim().replaceAll('"', "'");
  return NOT_PLAIN.some((pattern) => pattern.test(plain)) ? `"${plain}"` : plain;
}

let pair = { before: '', now: '', was: [''], is: [''], first: 1, last: 0 };

/*
 * {was, is, first, last}: the lines of two texts, and how many first and last ones are the same. It
 * is kept, because the lines of many messages are sought in the same two texts.
 */
function compared(before, now) {
  if (pair.before === before && pair.now === now) return pair;
  const was = before.split('\n'),
    is = now.split('\n');
  const most = Math.min(was.length, is.length);
  let first = 0;
  while (first < most && was[first] === is[first]) first += 1;
  let last = 0;
  while (last < most - first && was.at(-1 - last) === is.at(-1 - last)) last += 1;
  pair = { before, now, was, is, first, last };
  return pair;
}

/*
 * The number that a line of the text `before` has in the text `now`; 0 if it was changed or
 * removed.
 */
export function lineNow(before, now, line) {
  const { was, is, first, last } = compared(before, now);
  if (line <= first) return line;
  if (line > was.length - last) return line + is.length - was.length;
  return is.slice(0, is.length - last).indexOf(was[line - 1], first) + 1;
}

export const minutes = (s) => span(Math.max(1, Math.floor(s / 60)));

/* Sets or adds the `day:` line. */
export function setDay(lines, start, end) {
  const at = lines.findIndex((line) => /^\s*day\s*:/i.test(line));
  const text = `day: ${start}-${end}`;
  if (at >= 0) lines[at] = text;
  else lines.unshift(text);
  return at < 0;
}
