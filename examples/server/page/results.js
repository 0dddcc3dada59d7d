/* Shows a schedule: the summary above it, the unscheduled items, and the timeline. */
import { $, button, el } from './dom.js';
import { draggable } from './drag.js';
import { writeText } from './views.js';
import { canFix, candidatesOf } from './fixes.js';
import { timeline } from './timeline.js';
import { lasts, length, seconds, shortDate, shown } from './times.js';
import { quoteTitle } from './todo_line.js';
import { partOf } from './week.js';

const CARDS = 3; /* unscheduled items; the page shows more on request */
const NAMES = 5; /* to-dos that the message of an overbooked interval names */

function sentence(schedule) {
  const songs = schedule.entries.filter((e) => e.kind === 'song');
  const todos = new Set(schedule.entries.filter((e) => e.kind === 'todo').map((e) => e.id)).size;
  const music = songs.reduce((sum, s) => sum + lasts(s), 0);
  const parts = [
    `${todos} to-do${todos === 1 ? '' : 's'}`,
    `${songs.length} song${songs.length === 1 ? '' : 's'}` +
      (songs.length ? ` (${length(music)})` : ''),
  ];
  if (schedule.days > 1) parts.unshift(`${schedule.days} days`);
  if (schedule.unplaced.length) parts.push(`${schedule.unplaced.length} unscheduled`);
  return parts.join(', ');
}

export function showStatus(kind, text, ...more) {
  $('status').className = `status ${kind}`;
  $('status').replaceChildren(
    el('span', { class: 'dot', 'aria-hidden': 'true' }),
    el('span', {}, text),
    ...more,
  );
}

/* After a change that needs a line as it was planned. */
export const showChanged = () =>
  showStatus('bad', 'This line has changed. Generate the schedule again.');

/* The fix as a sentence. The text of the library continues "It would fit if you". */
const offer = (fix) => `It would fit if you ${fix.text.replace(/^you /, '')}.`;

/* A fix as a sentence, with a button that applies it if the page can. */
function fixLine(item, handlers, sentence, buttonClass) {
  const title = item.kind === 'fill' ? 'Music to fill' : item.title;
  return el(
    'div',
    { class: 'fix' },
    el('p', {}, sentence),
    canFix(item, handlers.result())
      ? el(
          'button',
          {
            type: 'button',
            class: buttonClass,
            'aria-label': `Apply to ${title}: ${item.fix.text}`,
            on: { click: () => handlers.fix(item) },
          },
          'Apply',
        )
      : '',
  );
}

/* Candidate songs as buttons. */
function choices(item, candidates, handlers) {
  return el(
    'div',
    { class: 'fix' },
    el('p', {}, candidates.length > 1 ? 'Did you mean one of these?' : 'Did you mean this?'),
    el(
      'div',
      { class: 'chips' },
      candidates.map((song) =>
        button(song, () => handlers.fix(item, song), {
          class: 'chip',
          'aria-label': `Take ${song} for ${item.title}`,
        }),
      ),
    ),
  );
}

/* Dropping an unscheduled to-do on the timeline sets its start. */
function dragOut(card, item, handlers) {
  draggable(card, (down) => {
    if (down.target.closest('button')) return null;
    const time = () => $('timeline').firstElementChild?.timeAt;
    let ghost = null;
    const at = (event) => time()?.(event.clientX, event.clientY) ?? null;
    return {
      move(dx, dy, event) {
        ghost ??= document.body.appendChild(el('div', { class: 'ghost', 'aria-hidden': 'true' }));
        const start = at(event);
        ghost.textContent = start === null ? item.title : `${shown(start)} ${item.title}`;
        ghost.style.setProperty('left', `${event.clientX + 12}px`);
        ghost.style.setProperty('top', `${event.clientY - 12}px`);
      },
      drop(event) {
        const start = at(event);
        if (start !== null) handlers.placeAt(item, start);
      },
      end: () => ghost?.remove(),
    };
  });
}

function unplacedCard(item, handlers, candidates) {
  const card = missingCard(item, handlers, candidates);
  if (item.kind !== 'todo' || !handlers.movable(item)) return card;
  card.classList.add('movable');
  dragOut(card, item, handlers);
  card.firstElementChild.after(
    button('Change', () => handlers.change(item), {
      class: 'quiet small',
      'aria-label': `Change ${item.title}`,
      'aria-haspopup': 'dialog',
    }),
  );
  return card;
}

function missingCard(item, handlers, candidates) {
  const name = item.kind === 'fill' ? 'Music to fill' : item.title;
  const isPast = item.kind === 'todo' && item.code === 'past' && Boolean(item.date);
  const title = isPast ? nameOf(item) : name;
  const isOffered = item.fix && item.fix.text && item.fix.kind !== 'choose';
  const others = (item.alternatives || []).map((fix) => ({ ...item, fix }));
  return el(
    'li',
    { class: 'missing' },
    el('div', {}, el('strong', {}, title), el('p', {}, `${item.reason}.`)),
    candidates.length ? choices(item, candidates, handlers) : '',
    isPast && handlers.canTick(item) ? happened(item, title, handlers) : '',
    isOffered ? fixLine(item, handlers, offer(item.fix), 'primary small') : '',
    ...others.map((other) => fixLine(other, handlers, `Or ${other.fix.text}.`, 'quiet')),
  );
}

/* What may have happened to an occurrence of a past date. */
const happened = (item, title, handlers) =>
  el(
    'div',
    { class: 'chips' },
    [
      ['Done', 'done'],
      ['Skip', 'skipped'],
    ].map(([label, state]) =>
      button(label, () => handlers.say(item, state), { 'aria-label': `${label}: ${title}` }),
    ),
  );

/* The skipped to-dos; in a plan of several days, also single occurrences, {id, title, date}. */
function skippedOf({ todos }, isSpan) {
  const isSkipped = ({ state }) => state === 'skipped';
  const on = ({ id, title, occurrences = [] }) =>
    occurrences.filter(isSkipped).map(({ date }) => ({ id, title, date }));
  const whole = todos.filter(isSkipped);
  return isSpan ? [...whole, ...todos.flatMap(on)] : whole;
}

/* "Report", or "Report (Tue 24 Nov)" of an occurrence on a date. */
const nameOf = ({ title, date }) => (date ? `${title} (${shortDate(date)})` : title);

function skipped(plan, isSpan, handlers) {
  const items = skippedOf(plan, isSpan);
  if (!items.length) return '';
  return el(
    'p',
    { class: 'skipped' },
    isSpan ? 'Skipped: ' : 'Skipped today: ',
    items.map((t, i) => [
      i ? ', ' : '',
      nameOf(t),
      ' ',
      button('bring back', () => handlers.say(t, 'open'), {
        class: 'link',
        'aria-label': `Bring back ${nameOf(t)}`,
      }),
    ]),
    '.',
  );
}

function overload(stretch, titles) {
  const all = stretch.members.map((id) => titles.get(id) || id);
  /* in a plan of several days, also a range of dates */
  const from = stretch.date ? `${stretch.date} ` : '';
  const to = stretch.end_date ? `${stretch.end_date} ` : '';
  const rest = all.length > NAMES + 1 ? all.length - NAMES : 0;
  const names =
    all.slice(0, rest ? NAMES : all.length).join(', ') + (rest ? ` and ${rest} more` : '');
  return el(
    'li',
    { class: 'overload' },
    el(
      'div',
      {},
      el(
        'strong',
        {},
        `Overbooked from ${from}${shown(seconds(stretch.start))} to ` +
          `${to}${shown(seconds(stretch.end))}`,
      ),
      el(
        'p',
        {},
        `${length(stretch.demand_s)} requested, ` +
          `${length(stretch.capacity_s)} free: ${names}.`,
      ),
    ),
  );
}

/* All cards if they are few, otherwise the first ones, and the rest on request. */
function cardList(cards) {
  if (!cards.length) return [];
  const few = cards.length <= CARDS + 1 ? cards : cards.slice(0, CARDS);
  const rest = cards.slice(few.length);
  const isOpen = Boolean($('unplaced').querySelector('details')?.open);
  return [
    el('h3', {}, 'Unscheduled'),
    el('ul', { class: 'cards' }, few),
    rest.length
      ? el(
          'details',
          { class: 'more-cards', open: isOpen },
          el('summary', {}, `Show ${rest.length} more`),
          el('ul', { class: 'cards' }, rest),
        )
      : '',
  ];
}

/* What the library assumed, and the person need not check. */
const NOTES = ['usual_hours'];
const ELSEWHERE = ['line_left_out', 'skipped']; /* the page shows these warnings elsewhere */
const IN_TITLE = ['time_in_title', 'length_in_title'];

const COMMENT = '// '; /* the edit that leaves a line out */

/* The edit that plans a week: then a line of another date is planned, too. */
const WEEK = { line: 1, column: 1, end_column: 1, texts: ['days: 7\n'] };

/*
 * The message, without an edit that would leave out a line that is planned. If a title looks like a
 * time, the edit puts the title in quotation marks instead.
 */
function mended(message, answer) {
  const { code, edit, line, severity } = message;
  const isLeft = edit?.texts.length === 1 && edit.texts[0] === COMMENT;
  if (code === 'other_date' && !(answer.schedule.days > 1)) return { ...message, edit: WEEK };
  if (severity !== 'warning' || code === 'unknown_song' || !isLeft) return message;
  const todo = answer.plan.todos[answer.lines.todos.indexOf(line)];
  if (!IN_TITLE.includes(code) || !todo || answer.schedule.days > 1)
    return { ...message, edit: undefined };
  const text = answer.text.split('\n')[line - 1];
  const quoted = { column: 1, end_column: [...text].length + 1, texts: [quoteTitle(text, todo)] };
  return { ...message, edit: { ...edit, ...quoted } };
}

/* The messages about the lines, and the warnings that are not among them. */
export function messages(answer) {
  const said = answer.diagnostics.map((d) => d.code);
  const rest = answer.schedule.warnings.filter(
    (w) => !ELSEWHERE.includes(w.code) && !said.includes(w.code),
  );
  return [
    ...answer.diagnostics.map((d) => mended(d, answer)),
    ...rest.map((w) => ({
      severity: NOTES.includes(w.code) ? 'note' : 'warning',
      line: 0,
      code: w.code,
      message: w.message,
      repair: '',
    })),
  ];
}

/* Shown before there is a schedule. Without `onExample`, the lines have errors. */
export function showEmpty(onExample) {
  $('unplaced').replaceChildren();
  $('timeline').replaceChildren(
    el(
      'div',
      { class: 'empty' },
      el('img', { src: 'icon.svg', alt: '', width: 72, height: 72 }),
      el(
        'p',
        {},
        'Your day appears here: when to do what, and when to listen to which song, to the second.',
      ),
      onExample
        ? el(
            'div',
            { class: 'actions' },
            button('Write your day', writeText, { class: 'primary' }),
            button('Show me an example', onExample),
          )
        : '',
    ),
  );
}

/* `date` is the date to show from a schedule of several days. */
export function showSchedule(result, date, handlers) {
  const { schedule, plan } = result;
  const titles = new Map(plan.todos.map((t) => [t.id, t.title]));
  showStatus(
    schedule.unplaced.length ? 'some' : 'good',
    sentence(schedule),
    ' ',
    el(
      'span',
      {
        class: `badge ${schedule.status}`,
        title:
          schedule.status === 'optimal'
            ? 'No other schedule of this plan is better.'
            : 'The time for planning ran out. A better schedule may exist.',
      },
      schedule.status === 'optimal' ? 'proved best' : 'best found',
    ),
  );
  const cards = [
    ...(schedule.overloads || []).map((o) => overload(o, titles)),
    ...schedule.unplaced.map((u) => unplacedCard(u, handlers, candidatesOf(u, result).slice(0, 4))),
  ];
  $('unplaced').replaceChildren(
    ...cardList(cards),
    skipped(plan, schedule.days > 1, handlers),
  );
  const now = schedule.days > 1 ? '' : plan.now || '';
  $('timeline').replaceChildren(timeline(partOf(schedule, date), now, handlers));
}
