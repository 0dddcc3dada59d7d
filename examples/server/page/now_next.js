/* The items that are on now and next, updated with the clock. */
import { el } from './dom.js';
import { songLink } from './songs.js';
import { entryTime, seconds } from './times.js';

const link = (song) =>
  el(
    'a',
    { href: songLink(song), target: '_blank', rel: 'noreferrer' },
    `♪ ${song.title} - ${song.artist}`,
  );
const name = (entry) => (entry.kind === 'song' ? link(entry) : el('strong', {}, entry.title));

/* Times since 1970 if the schedule has a time zone, otherwise times of day. */
function spanOf(entry, now) {
  return entry.start_utc
    ? [Date.parse(entry.start_utc) / 1000, Date.parse(entry.end_utc) / 1000, Date.now() / 1000]
    : [seconds(entry.start), seconds(entry.end), now];
}

const joined = (parts) => parts.map((part, i) => [i ? ' · ' : '', part]);

const openOf = (entries) => entries.filter((e) => e.state !== 'done');

/* The entries at `now`, in seconds from midnight. */
export const onNow = ({ entries }, now) =>
  openOf(entries).filter((e) => {
    const [from, to, at] = spanOf(e, now);
    return from <= at && at < to;
  });

/* The lines for "now" and "next" at `now`, in seconds from midnight. */
export function nowNext(schedule, now) {
  const { entries, timezone } = schedule;
  const open = openOf(entries);
  const on = onNow(schedule, now);
  const next = ['todo', 'song']
    .map((kind) => open.find((e) => e.kind === kind && spanOf(e, now)[0] > spanOf(e, now)[2]))
    .filter(Boolean);
  return [
    on.length
      ? el(
          'p',
          {},
          el('span', { class: 'word' }, 'Now'),
          ' ',
          joined(on.map((e) => [name(e), ` until ${entryTime(e, 'end', timezone)}`])),
        )
      : '',
    next.length
      ? el(
          'p',
          {},
          el('span', { class: 'word' }, 'Next'),
          ' ',
          joined(next.map((e) => [name(e), ` at ${entryTime(e, 'start', timezone)}`])),
        )
      : '',
  ].filter(Boolean);
}
