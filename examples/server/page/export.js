/* The day out of the browser: calendar, lists of songs, JSON, paper, link. */
import { button, el } from './dom.js';
import { lasts } from './times.js';

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const songs = (schedule) => schedule.entries.filter((e) => e.kind === 'song');
const link = (song) => `https://open.spotify.com/track/${song.track_id}`;

export const linkList = (schedule) =>
  songs(schedule)
    .map((s) => `${link(s)}\n`)
    .join('');

export function m3u(schedule) {
  const lines = songs(schedule).flatMap((s) => [
    `#EXTINF:${lasts(s)},${s.artist} - ${s.title}`.replaceAll('\n', ' '),
    link(s),
  ]);
  return ['#EXTM3U', `#PLAYLIST:${schedule.date}`, ...lines, ''].join('\n');
}

/* `current()` gives {result, request}; `say` tells the person what happened. */
export function exportMenu({ current, calendar, share, say }) {
  const items = [
    ['Calendar',
      async (s) => save(`${s.date}.ics`, 'text/calendar', await calendar(current().request))],
    ['Spotify links', (s) => save(`${s.date}-songs.txt`, 'text/plain', linkList(s))],
    ['M3U', (s) => save(`${s.date}.m3u8`, 'audio/x-mpegurl', m3u(s))],
    ['JSON', (s) => save(`${s.date}.json`, 'application/json', `${JSON.stringify(s, null, 1)}\n`)],
    ['Print', () => window.print()],
    [
      'Copy link',
      async () => {
        const url = await share();
        try {
          await navigator.clipboard.writeText(url);
          say('A link to this day is on the clipboard.');
        } catch {
          history.replaceState(null, '', new URL(url).hash);
          say('The address of this page is now the link to this day.');
        }
      },
    ],
  ];
  return el(
    'div',
    { class: 'exports', role: 'group', 'aria-label': 'Take it with you' },
    items.map(([name, run]) =>
      button(name, async () => {
        try {
          await run(current().result.schedule);
        } catch (error) {
          say(error.message);
        }
      }),
    ),
  );
}
