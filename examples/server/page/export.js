/* The day out of the browser: calendar, lists of songs, JSON, paper, link. */
import { button, el } from './dom.js';
import { linkList, m3u, songList } from './songs.js';

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/* `current()` gives {result, request}; `say` tells the person what happened. */
export function exportMenu({ current, calendar, share, say }) {
  const items = [
    [
      'Calendar',
      async (s) => save(`${s.date}.ics`, 'text/calendar', await calendar(current().request)),
    ],
    ['Spotify links', (s) => save(`${s.date}-songs.txt`, 'text/plain', linkList(s))],
    ['M3U', (s) => save(`${s.date}.m3u8`, 'audio/x-mpegurl', m3u(s))],
    [
      'Copy songs',
      async (s) => {
        const list = songList(s);
        if (list) await navigator.clipboard.writeText(list);
        say(
          list
            ? 'The songs with their times and links are on the clipboard.'
            : 'The day has no songs.',
        );
      },
    ],
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
