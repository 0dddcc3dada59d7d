/*
 * Dates side by side: the strip above the schedule, and seven columns. A text of several days
 * fills them from one schedule; otherwise each date has the last schedule of its own text.
 */
import { el } from './dom.js';
import { overlap } from './timeline.js';
import * as store from './store.js';
import { dateAfter, lasts, length, longDate, seconds, shown, weekday } from './times.js';

const PIXELS_PER_HOUR = 52;
const TALL_PIXELS_PER_HOUR = 76; /* if short items follow each other closely */
const TWO_LINES = 36; /* pixels that a title and its times need */
const LEAST_S = 1800; /* shorter blocks are drawn with this length, so that they can be clicked */
const LINE_S = 1200; /* a block of this length is high enough for one line of text */
const RUN_GAP_S = 600; /* songs closer together than this are one block */
const DAY_S = 86400;

/* The entries of a schedule on a date. */
export const partOf = (schedule, date) =>
  schedule.days > 1
    ? { ...schedule, date, entries: schedule.entries.filter((e) => e.date === date) }
    : schedule;

/* The seven dates that are shown with one: of its plan of several days, or from Monday on. */
export function datesAround(date, schedule) {
  const at = (from) => Array.from({ length: 7 }, (_, i) => dateAfter(from, i));
  if (schedule && schedule.days > 1) {
    const gone = Math.round((Date.parse(date) - Date.parse(schedule.date)) / (DAY_S * 1000));
    if (gone >= 0 && gone < schedule.days)
      return at(dateAfter(schedule.date, gone - (gone % 7))).filter(
        (d) => d < dateAfter(schedule.date, schedule.days),
      );
  }
  return at(dateAfter(date, -((weekday(date) + 6) % 7)));
}

/* [{date, entries, text}] of each date; `day` and `schedule` are those shown. */
export function columnsOf(dates, day, schedule) {
  return dates.map((date) => {
    const covers = schedule && (schedule.days > 1 ? schedule.entries : schedule.date === date);
    if (covers) return { date, entries: partOf(schedule, date).entries, text: day.text };
    if (date === day.date) return { date, entries: [], text: day.text };
    const kept = store.loadDay(store.recordOf(date));
    const last = kept.previous;
    const has = last && Array.isArray(last.entries) && (last.days > 1 || last.date === date);
    return { date, entries: has ? partOf(last, date).entries : [], text: kept.text };
  });
}

const format = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
const FORMATS = { weekday: format({ weekday: 'short' }), month: format({ month: 'long' }) };
const short = (date, kind) => FORMATS[kind].format(new Date(`${date}T12:00:00Z`));

/* "2 to-dos, 3 songs" of a column. */
export function countOf({ entries, text }) {
  const todos = entries.filter((e) => e.kind === 'todo').length;
  const songs = entries.length - todos;
  const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (!entries.length) return text.trim() ? 'not planned yet' : 'empty';
  return [todos && plural(todos, 'to-do'), songs && plural(songs, 'song')]
    .filter(Boolean)
    .join(', ');
}

function dateButton(column, { date, today, open }) {
  return el(
    'button',
    {
      type: 'button',
      class: column.entries.length ? 'strip-date busy' : 'strip-date',
      'aria-pressed': String(column.date === date),
      'aria-current': column.date === today ? 'date' : undefined,
      on: { click: () => open(column.date) },
    },
    el('span', { class: 'weekday' }, short(column.date, 'weekday')),
    el('span', { class: 'visually-hidden' }, ' '),
    el('span', { class: 'number' }, String(Number(column.date.slice(8)))),
    el(
      'span',
      { class: 'visually-hidden' },
      ` ${short(column.date, 'month')}: ${countOf(column)}`,
    ),
  );
}

/* `view` has date, today, open(date). */
export function strip(columns, view) {
  const step = (label, text, days) =>
    el(
      'button',
      {
        type: 'button',
        class: 'strip-step',
        'aria-label': label,
        title: label,
        on: { click: () => view.open(dateAfter(view.date, days)) },
      },
      text,
    );
  return [
    step('The week before', '‹', -7),
    ...columns.map((column) => dateButton(column, view)),
    step('The next week', '›', 7),
  ];
}

/* To-dos unchanged, and consecutive songs as one item. */
function itemsOf(entries) {
  const items = [];
  const byStart = [...entries].sort((a, b) => seconds(a.start) - seconds(b.start));
  let run = null;
  for (const entry of byStart) {
    const start = seconds(entry.start),
      end = seconds(entry.end);
    if (entry.kind === 'todo') items.push({ entry, start, end });
    else if (
      run &&
      ((entry.during && entry.during === run.songs.at(-1).during) ||
        start < Math.max(run.end + RUN_GAP_S, run.start + LEAST_S))
    ) {
      run.end = end;
      run.songs.push(entry);
    } else {
      run = { songs: [entry], start, end };
      items.push(run);
    }
  }
  /*
   * A short item is drawn longer, but ends where the next item begins if that leaves room for a
   * line of text.
   */
  items.forEach((item, i) => {
    const next = items[i + 1]?.start ?? Infinity;
    const least = Math.min(item.start + LEAST_S, Math.max(next, item.start + LINE_S));
    item.until = Math.max(item.end, least);
  });
  overlap(items, (item) => item.until);
  return items;
}

function musicBlock({ songs }) {
  const music = songs.reduce((sum, s) => sum + lasts(s), 0);
  const titles = songs.map((s) => `${shown(seconds(s.start))} ${s.title} - ${s.artist}`);
  return el(
    'span',
    { class: 'week-music', title: titles.join('\n') },
    songs.length === 1
      ? `♪ ${songs[0].title}`
      : `♪ ${songs.length} songs, ${length(music)}`,
  );
}

/* The height of an hour in pixels: taller if the next item cuts a short one off. */
const scaleOf = (items) =>
  items.some((item) => item.until - item.start < LEAST_S) ? TALL_PIXELS_PER_HOUR : PIXELS_PER_HOUR;

/* `at(s)` is the distance of a time from the top, in pixels. */
function block(item, at, view, date) {
  const { entry } = item;
  const times = `${shown(item.start)}–${shown(item.end)}`;
  const isNarrow = item.columns > 1;
  const when = el('span', { class: 'when' }, isNarrow ? shown(item.start) : times);
  const kind = entry ? (entry.state === 'done' ? 'done' : entry.fixed ? 'fixed' : 'task') : 'music';
  const top = at(item.start);
  const height = at(item.until) - top;
  return el(
    'li',
    {
      class: ['week-block', kind, height < TWO_LINES && 'short', isNarrow && 'narrow']
        .filter(Boolean)
        .join(' '),
      css: {
        '--y': `${top}px`,
        '--h': `${height}px`,
        '--column': String(item.column),
        '--columns': String(item.columns),
      },
    },
    entry
      ? el(
          'button',
          {
            type: 'button',
            'data-of': entry.id,
            title: `${times} ${entry.title}`,
            on: {
              click: () => view.choose(entry, date),
              keydown: (event) => view.key(event, entry, date),
            },
          },
          el('strong', {}, entry.title),
          when,
        )
      : [musicBlock(item), when],
  );
}

function hours(first, last, at) {
  const marks = [];
  for (let s = first; s <= last; s += 3600)
    marks.push(
      el(
        'span',
        { class: 'hour', css: { '--y': `${at(s)}px` } },
        shown(s),
      ),
    );
  return marks;
}

/*
 * The columns on one axis of time; `view` has date, today, open(date), choose(entry, date) and
 * key(event, entry, date).
 */
export function weekGrid(columns, view) {
  const days = columns.map((column) => ({ ...column, items: itemsOf(column.entries) }));
  const all = days.flatMap((d) => d.items);
  const first = Math.floor(Math.min(9 * 3600, ...all.map((i) => i.start)) / 3600) * 3600;
  const last = Math.ceil(Math.max(18 * 3600, ...all.map((i) => i.until)) / 3600) * 3600;
  const scale = scaleOf(all);
  const at = (s) => ((s - first) / 3600) * scale;
  const line = el(
    'div',
    { class: 'now-line', hidden: true, 'aria-hidden': 'true' },
    el('span', {}),
  );
  const grid = el(
    'div',
    {
      class: 'week',
      css: {
        '--height': `${at(last)}px`,
        '--days': String(days.length),
        '--hour': `${scale}px`,
      },
    },
    el('div', { class: 'ruler', 'aria-hidden': 'true' }, hours(first, last, at)),
    days.map(({ date, items }) =>
      el(
        'ol',
        {
          class: date === view.today ? 'week-day today' : 'week-day',
          'aria-label': longDate(date),
        },
        items.map((item) => block(item, at, view, date)),
        date === view.today ? line : '',
      ),
    ),
  );
  grid.moveNow = (clock) => {
    const time = clock ? seconds(clock) : -1;
    line.hidden = time < first || time > last;
    line.style.setProperty('--y', `${at(time)}px`);
    line.firstChild.textContent = clock.slice(0, 5);
  };
  return grid;
}
