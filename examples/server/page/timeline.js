/*
 * The day on a time axis, with to-dos in one lane and songs in the other. The axis is proportional,
 * but stretched around short items, so that a song of three minutes is readable and still begins at
 * its time.
 */
import { onGrid } from './by_hand.js';
import { el } from './dom.js';
import { draggable } from './drag.js';
import { popularity, songLink } from './songs.js';
import { entryTime, lasts, length, seconds, shown } from './times.js';

const PIXELS_PER_MINUTE = 0.9;
const narrow = matchMedia('(max-width: 560px)');
const least = (kind) => (kind === 'todo' ? 48 : narrow.matches ? 46 : 30);
const MIN_LENGTH_S = 300;
const QUIET_MINUTES = 150; /* longer empty intervals are shortened */

/* The height in pixels that fits on a printed page. */
const SHEET = 760;

/* The position of each time: the longest path over the minimum heights of intervals. */
function layout(items) {
  const moments = [...new Set(items.flatMap((i) => [i.start, i.end]))].sort((a, b) => a - b);
  const y = new Map();
  moments.forEach((moment, index) => {
    if (index === 0) {
      y.set(moment, 0);
      return;
    }
    const before = moments[index - 1];
    const busy = items.some((i) => i.start <= before && i.end >= moment);
    const minutes = (moment - before) / 60;
    const drawn =
      busy || minutes <= QUIET_MINUTES
        ? minutes
        : QUIET_MINUTES + Math.sqrt(minutes - QUIET_MINUTES);
    let at = y.get(before) + drawn * PIXELS_PER_MINUTE;
    for (const i of items) if (i.end === moment) at = Math.max(at, y.get(i.start) + least(i.kind));
    y.set(moment, at);
  });
  return { moments, y };
}

/* The position of any time, interpolated between the known ones. */
function place({ moments, y }, moment) {
  let i = moments.findIndex((m) => m >= moment);
  if (i <= 0) return y.get(moments[Math.max(i, 0)]);
  const [a, b] = [moments[i - 1], moments[i]];
  return y.get(a) + ((y.get(b) - y.get(a)) * (moment - a)) / (b - a);
}

/* The time at a position; before the first and after the last one, the axis is not stretched. */
function momentAt({ moments, y }, height) {
  const free = (moment) => moment + ((height - y.get(moment)) / PIXELS_PER_MINUTE) * 60;
  const i = moments.findIndex((m) => y.get(m) >= height);
  if (i <= 0) return free(i === 0 ? moments[0] : moments.at(-1));
  const [a, b] = [moments[i - 1], moments[i]];
  return a + ((height - y.get(a)) / (y.get(b) - y.get(a))) * (b - a);
}

/* The difference between the clock and the axis: 0 until a daylight-saving change. */
function ahead(items, moment) {
  const last = items.findLast((i) => i.start <= moment);
  return last ? seconds(last.entry.start) - last.start : 0;
}

function hours(axis, items) {
  const first = axis.moments[0],
    last = axis.moments.at(-1);
  const marks = [];
  for (let h = Math.ceil(first / 3600); h * 3600 <= last; h++) {
    const y = place(axis, h * 3600);
    if (!marks.length || y - marks.at(-1).y >= 22)
      marks.push({ y, text: shown(h * 3600 + ahead(items, h * 3600)), late: h >= 24 });
  }
  return marks.map((m) =>
    el('span', { class: m.late ? 'hour late' : 'hour', css: { '--y': `${m.y}px` } }, m.text),
  );
}

/* Puts overlapping items side by side; `items` are in order of start. */
export function overlap(items, endOf = (item) => item.end) {
  const ends = [];
  for (const item of items) {
    let column = ends.findIndex((end) => end <= item.start);
    if (column < 0) column = ends.length;
    ends[column] = endOf(item);
    item.column = column;
  }
  const beside = (a, b) => a.start < endOf(b) && b.start < endOf(a);
  for (const item of items)
    item.columns = 1 + Math.max(...items.filter((o) => beside(o, item)).map((o) => o.column));
}

/* A dragged block follows the pointer; at its lower edge, only the edge follows. */
function dragCard(card, item, axis, handlers) {
  const top = axis.y.get(item.start),
    bottom = axis.y.get(item.end);
  const label = card.querySelector('.from-to');
  const clockAt = (height) => onGrid(momentAt(axis, height) + item.ahead);
  const hold = (atEdge) => {
    const before = [...label.childNodes];
    let times = null;
    return {
      move(_, dy) {
        const start = atEdge ? seconds(item.entry.start) : clockAt(top + dy);
        const length = atEdge
          ? Math.max(MIN_LENGTH_S, clockAt(bottom + dy) - start)
          : lasts(item.entry);
        card.classList.add('held');
        card.style.setProperty('--y', `${top + (atEdge ? 0 : dy)}px`);
        if (atEdge) card.style.setProperty('--h', `${Math.max(20, bottom - top + dy)}px`);
        label.textContent = `${shown(start)}–${shown(start + length)}`;
        times = atEdge ? { lasts_s: length } : { start };
      },
      drop: () => times && handlers.retime(item.entry, times),
      end() {
        card.classList.remove('held');
        card.style.setProperty('--y', `${top}px`);
        card.style.setProperty('--h', `${bottom - top}px`);
        label.replaceChildren(...before);
      },
    };
  };
  draggable(card, (down) =>
    down.target.closest('button') ? null : hold(Boolean(down.target.closest('.edge'))),
  );
}

function todoCard(item, axis, handlers) {
  const { entry } = item;
  const movable = handlers.movable(entry);
  const card = cardOf(item, handlers, movable);
  card.addEventListener('click', (event) => {
    if (!event.target.closest('button')) handlers.change(entry);
  });
  card.addEventListener('keydown', (event) => handlers.key(event, entry));
  if (movable) dragCard(card, item, axis, handlers);
  return card;
}

function cardOf(item, handlers, movable) {
  const { entry } = item;
  const state = entry.state === 'done' ? 'done' : entry.fixed ? 'fixed' : 'free';
  const pieces = entry.piece ? `, part ${entry.piece}` : '';
  return el(
    'li',
    {
      class:
        `todo ${state}${item.small ? ' small' : ''}${item.wide ? ' wide' : ''}` +
        (item.wide && item.columns === 1 ? '' : ' slim') +
        (movable ? ' movable' : ''),
      css: item.css,
    },
    el(
      'div',
      { class: 'todo-text' },
      el('strong', { title: entry.title }, entry.title),
      el(
        'span',
        { class: 'when' },
        el(
          'span',
          { class: 'from-to' },
          el('time', {}, entryTime(entry, 'start', item.zone)),
          el('span', { 'aria-hidden': 'true' }, '–'),
          el('span', { class: 'visually-hidden' }, ' to '),
          el('time', {}, entryTime(entry, 'end', item.zone)),
        ),
        item.small ? '' : ' ',
        item.small ? '' : el('span', { class: 'lasting' }, `· ${length(lasts(entry))}${pieces}`),
      ),
    ),
    entry.state ? el('span', { class: 'tag' }, entry.state.replace('_', ' ')) : '',
    el(
      'div',
      { class: 'block-buttons' },
      entry.state === 'done' || !handlers.canTick(entry)
        ? ''
        : el('button', {
            type: 'button',
            class: 'tick',
            'data-of': entry.id,
            title: 'Done',
            'aria-label': `Tick off ${entry.title}`,
            on: { click: () => handlers.tick(entry) },
          }),
      el(
        'button',
        {
          type: 'button',
          class: 'more',
          'data-of': entry.id,
          title: 'Change, or say what happened',
          'aria-label': `Change ${entry.title}`,
          'aria-haspopup': 'dialog',
          on: { click: () => handlers.change(entry) },
        },
        '⋯',
      ),
    ),
    movable ? el('span', { class: 'edge', 'data-handle': '' }) : '',
  );
}

function songRow(item, titles) {
  const { entry } = item;
  return el(
    'li',
    {
      class: `song${entry.wanted === undefined ? ' fill' : ''}${item.wide ? ' wide' : ''}`,
      css: item.css,
    },
    el('time', { class: 'at' }, entryTime(entry, 'start', item.zone, true)),
    el(
      'span',
      { class: 'song-text' },
      el(
        'a',
        {
          href: songLink(entry),
          rel: 'noreferrer',
          target: '_blank',
          title: `${entry.title} - ${entry.artist}`,
        },
        entry.title,
      ),
      ' ',
      el('span', { class: 'artist' }, entry.artist),
    ),
    el(
      'span',
      { class: 'visually-hidden' },
      ` until ${shown(seconds(entry.end), true)}` +
        (entry.during ? `, during ${titles.get(entry.during) || entry.during}` : ''),
    ),
    popularity(entry.popularity, { title: 'Popularity, 0 to 100' }),
  );
}

/*
 * The position of an entry on the axis, in elapsed seconds: the same as the clock until a
 * daylight-saving change.
 */
function onAxis(entry, zero) {
  const start = entry.start_utc ? Date.parse(entry.start_utc) / 1000 - zero : seconds(entry.start);
  return { entry, kind: entry.kind, start, end: start + lasts(entry) };
}

export function timeline(schedule, nowText, handlers) {
  const { entries } = schedule;
  if (!entries.length) return el('p', { class: 'empty-note' }, 'Nothing is planned yet.');
  const first = entries.find((entry) => entry.start_utc);
  const zero = first ? Date.parse(first.start_utc) / 1000 - seconds(first.start) : 0;
  const items = entries.map((entry) => onAxis(entry, zero));
  items.sort(
    (a, b) => a.start - b.start || (a.kind === 'todo' ? 0 : 1) - (b.kind === 'todo' ? 0 : 1),
  );
  const axis = layout(items);
  const todos = items.filter((i) => i.kind === 'todo');
  overlap(todos);
  const songs = items.filter((i) => i.kind === 'song');
  for (const i of items) {
    const top = axis.y.get(i.start),
      height = axis.y.get(i.end) - top;
    i.zone = schedule.timezone;
    i.ahead = ahead(items, i.start);
    i.small = height < 60;
    const beside = (other) => other.start < i.end && i.start < other.end;
    const group = i.kind === 'todo' ? todos.filter(beside) : [];
    i.wide =
      i.kind === 'todo'
        ? !songs.some((s) => group.some((o) => s.start < o.end && o.start < s.end))
        : !todos.some(beside);
    i.css = {
      '--y': `${top}px`,
      '--h': `${height}px`,
      '--column': String(i.column || 0),
      '--columns': String(i.columns || 1),
    };
  }
  const titles = new Map(entries.filter((e) => e.kind === 'todo').map((e) => [e.id, e.title]));
  const height = axis.y.get(axis.moments.at(-1));
  const line = el(
    'div',
    { class: 'now-line', hidden: true, 'aria-hidden': 'true' },
    el('span', {}),
  );
  const moveNow = (text) => {
    const now = text ? seconds(text) - ahead(items, seconds(text)) : -1;
    line.hidden = now < axis.moments[0] || now > axis.moments.at(-1);
    if (!line.hidden) line.style.setProperty('--y', `${place(axis, now)}px`);
    line.firstChild.textContent = text.slice(0, 5);
  };
  moveNow(nowText);
  const drawn = el(
    'div',
    {
      class: `timeline${height > SHEET ? ' long' : ''}`,
      css: { '--height': `${height}px` },
    },
    el('div', { class: 'ruler', 'aria-hidden': 'true' }, hours(axis, items)),
    el(
      'ol',
      { class: 'lanes', 'aria-label': 'The day in order of time' },
      items.map((i) => (i.kind === 'todo' ? todoCard(i, axis, handlers) : songRow(i, titles))),
    ),
    line,
  );
  drawn.moveNow = moveNow;
  /* The start for an item dropped at this height of the window; null outside the timeline. */
  drawn.timeAt = (x, y) => {
    const box = drawn.getBoundingClientRect();
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
    const moment = momentAt(axis, y - box.top);
    return onGrid(moment + ahead(items, moment));
  };
  return drawn;
}
