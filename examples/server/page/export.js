/* Exports the day: as a calendar, lists of songs, JSON, on paper, as a link. */
import { button, el } from './dom.js';
import { site } from './site.js';
import { linkList, m3u, songList } from './songs.js';

export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/* Minutes before a to-do; '': no reminder. */
const REMINDERS = [
  ['', 'No reminder'],
  ['0', 'At the start'],
  ['5', '5 min before'],
  ['10', '10 min before'],
  ['30', '30 min before'],
];

const reminder = (chosen, choose) =>
  el(
    'select',
    { 'aria-label': 'Reminder in the calendar', on: { change: (e) => choose(e.target.value) } },
    REMINDERS.map(([value, label]) =>
      el('option', { value, selected: value === chosen }, label)),
  );

/* Opens a menu at a button. Escape, a choice or a click elsewhere closes it. */
function menuOf(list) {
  const toggle = button('Export and share', () => set(!isOpen()), {
    class: 'quiet exports-button',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  });
  const isOpen = () => list.classList.contains('open');
  const set = (open) => {
    list.classList.toggle('open', open);
    toggle.setAttribute('aria-expanded', String(open));
  };
  const close = (event) => {
    if (!isOpen()) return;
    if (event.key === 'Escape') toggle.focus();
    set(false);
  };
  list.addEventListener('click', (event) => {
    if (!event.target.closest('button')) return;
    toggle.focus({ preventScroll: true });
    set(false);
  });
  document.addEventListener('keydown', (event) => event.key === 'Escape' && close(event));
  document.addEventListener('pointerdown', (event) => {
    if (!list.contains(event.target) && event.target !== toggle) close(event);
  });
  return [toggle, list];
}

/*
 * `uses`: `current()` returns {result, request}; `planText(request)` resolves to plan text; `say`
 * shows a message. `alarm` is the reminder chosen before; `setAlarm` stores a new one.
 */
export function exportMenu(uses) {
  const { current, calendar, planText, subscribe, share, say, alarm, setAlarm } = uses;
  let minutes = REMINDERS.some(([value]) => value === alarm) ? alarm : '';
  const items = [
    [
      'Calendar',
      async (s) =>
        save(`${s.date}.ics`, 'text/calendar', await calendar(current().request, minutes)),
    ],
    ...(site.server ? [['Subscribe', () => subscribe(current().request, minutes)]] : []),
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
    [
      'Plan as text',
      async (s) => save(`${s.date}-plan.txt`, 'text/plain', await planText(current().request)),
    ],
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
  const list = el(
    'div',
    { class: 'exports', id: 'exports', role: 'group', 'aria-label': 'Export and share' },
    reminder(minutes, (value) => {
      minutes = value;
      setAlarm(value);
    }),
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
  return menuOf(list);
}
