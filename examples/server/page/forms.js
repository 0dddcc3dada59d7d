/* Forms that write lines of plan text for the user. */
import * as api from './api.js';
import { $, debounce, el } from './dom.js';
import { MUSIC, input, select, timeInput } from './fields.js';
import { fillForm } from './fill_form.js';
import { DAYPARTS, field, form, join, refuse } from './line_form.js';
import { title } from './plan_text.js';
import { meter, popularity, songDetails } from './songs.js';
import { clock, seconds, span } from './times.js';

const LONGEST_EVENT_S = 12 * 3600; /* past midnight; a longer length is probably a mistake */

/* A to-do at a fixed time: every other field must agree with it. */
function writeEvent(v) {
  const asked = Number(v.minutes) * 60;
  if (!v.start && !asked)
    return refuse('Enter a start or minutes in addition to the end.', 'start', 'minutes');
  const start = v.start ? seconds(v.start) : seconds(v.end) - asked;
  if (start < 0)
    return refuse(`${span(asked / 60)} before ${v.end} is on the previous day.`, 'end', 'minutes');
  let end = v.end ? seconds(v.end) : start + (asked || 1800);
  if (end <= start) end += 86400;
  if (v.end && end > 86400 && end - start > LONGEST_EVENT_S)
    return refuse(`${v.end} is before the start, ${v.start}.`, 'end', 'start');
  if (v.start && v.end && asked && end - start !== asked)
    return refuse(
      `${v.start} to ${v.end} is ${span((end - start) / 60)}, not ${span(asked / 60)}.`,
      'minutes',
      'end',
    );
  if (v.earliest && seconds(v.earliest) > start)
    return refuse(
      `It starts at ${clock(start)}, which is before ${v.earliest}.`,
      'earliest',
      'start',
    );
  if (v.latest && seconds(v.latest) < end)
    return refuse(
      `It ends at ${clock(end)}, which is after ${v.latest}.`,
      'latest',
      v.end ? 'end' : 'start',
    );
  return {
    line: join(
      `${clock(start)}-${clock(end)}`,
      title(v.title),
      v.priority !== '1' && `!${v.priority}`,
      v.music,
    ),
  };
}

function writeTodo(v) {
  if (!v.title.trim()) return refuse('Enter a title.', 'title');
  if (v.start || v.end) return writeEvent(v);
  const minutes = Number(v.minutes) || 30;
  if (v.earliest && v.latest && seconds(v.latest) - seconds(v.earliest) < minutes * 60)
    return refuse(
      `${span(minutes)} does not fit between ${v.earliest} and ${v.latest}.`,
      'latest',
      'earliest',
    );
  return {
    line: join(
      title(v.title),
      span(minutes),
      v.earliest && `after ${v.earliest}`,
      v.latest && `by ${v.latest}`,
      v.priority !== '1' && `!${v.priority}`,
      v.music,
    ),
  };
}

function todoForm(add) {
  return form(
    'todo-form',
    'Add a to-do',
    [
      field(
        'What',
        input('title', 'text', { required: true, maxLength: 200, placeholder: 'Walk the dog' }),
        'wide',
      ),
      field('Starts at', timeInput('start')),
      field('Ends at', timeInput('end')),
      field('Minutes', input('minutes', 'number', { min: '1', max: '1440', placeholder: '30' })),
      field('Not before', timeInput('earliest')),
      field('Done by', timeInput('latest')),
      field(
        'Importance',
        select('priority', [
          ['1', 'essential'],
          ['2', 'important'],
          ['3', 'normal'],
          ['4', 'optional'],
        ]),
      ),
      field('Music that may play', select('music', MUSIC)),
    ],
    writeTodo,
    add,
  );
}

/* A text field with suggestions, as the ARIA practices describe a combobox with a list. */
function songSearch() {
  const list = el('ul', {
    id: 'song-list',
    role: 'listbox',
    'aria-label': 'Songs',
    class: 'suggestions',
    hidden: true,
  });
  const box = input('song', 'text', {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'song-list',
    required: true,
    placeholder: 'title or artist',
  });
  let hits = [],
    active = -1,
    last = null;
  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
  };
  const accept = (hit) => {
    box.value = `${hit.title} - ${hit.artist}`;
    close();
    box.focus();
  };
  const mark = (index) => {
    active = (index + hits.length) % hits.length;
    [...list.children].forEach((item, i) =>
      item.setAttribute('aria-selected', String(i === active)),
    );
    box.setAttribute('aria-activedescendant', `song-${active}`);
    list.children[active].scrollIntoView({ block: 'nearest' });
  };
  const show = () => {
    list.replaceChildren(
      ...hits.map((hit, i) =>
        el(
          'li',
          {
            id: `song-${i}`,
            role: 'option',
            'aria-selected': 'false',
            on: {
              mousedown: (e) => {
                e.preventDefault();
                accept(hit);
              },
            },
          },
          el(
            'span',
            { class: 'song-text' },
            el('strong', {}, hit.title),
            ' ',
            el('span', { class: 'artist' }, hit.artist),
            el('span', { class: 'details' }, songDetails(hit)),
          ),
          meter(hit.popularity),
          popularity(hit.popularity),
        ),
      ),
    );
    list.hidden = !hits.length;
    box.setAttribute('aria-expanded', String(hits.length > 0));
    active = -1;
  };
  const search = debounce(120, async () => {
    if (last) last.abort();
    last = new AbortController();
    const q = box.value.trim();
    if (!q) {
      hits = [];
      close();
      return;
    }
    try {
      let found = (await api.get('/api/v1/songs', { q, mode: 'suggest', limit: 8 }, last.signal))
        .songs;
      if (!found.length)
        found = (await api.get('/api/v1/songs', { q, limit: 8 }, last.signal)).songs;
      hits = found;
      show();
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  });
  box.addEventListener('input', search);
  box.addEventListener('blur', () => setTimeout(close, 100));
  box.addEventListener('keydown', (event) => {
    if (list.hidden || !hits.length) return;
    if (event.key === 'ArrowDown') mark(active + 1);
    else if (event.key === 'ArrowUp') mark(active - 1);
    else if (event.key === 'Enter' && active >= 0) accept(hits[active]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  return el('div', { class: 'field wide' }, el('label', {}, el('span', {}, 'Song'), box), list);
}

function writeSong(v) {
  if (!v.song.trim()) return refuse('Enter a part of the title or the artist.', 'song');
  if (v.daypart && v.from && v.to)
    return refuse('Choose a part of the day or two times, not both.', 'daypart', 'from');
  if (v.from && v.to && seconds(v.to) <= seconds(v.from))
    return refuse(`${v.to} is before ${v.from}.`, 'to', 'from');
  const window =
    v.from && v.to
      ? [`${v.from}-${v.to}`]
      : [v.from && `after ${v.from}`, v.to && `before ${v.to}`];
  return { line: join('♪', v.song.trim(), ...window, v.daypart, v.must && 'must') };
}

function songForm(add) {
  return form(
    'song-form',
    'Add a song',
    [
      songSearch(),
      field('When', select('daypart', DAYPARTS)),
      field('or between', timeInput('from')),
      field('and', timeInput('to')),
      el(
        'label',
        { class: 'check' },
        el('input', { type: 'checkbox', name: 'must', value: '1' }),
        ' must play',
      ),
    ],
    writeSong,
    add,
  );
}

function help() {
  const lines = [
    ['9:00-17:00 Work', 'an event at a fixed time'],
    ['9-17 Work #focus', 'music for focus may play at the same time; a fill: line adds it'],
    ['Gym 1h after 18:00 #workout', 'a task: the schedule finds its time'],
    ['Write report 3h split:45m by 17:00', 'may be split into pieces of 45 min or more'],
    ['Clean desk 20m !2', 'less important than !1, the default'],
    ['Shower 15m after:gym', 'starts after another to-do has ended'],
    ['♪ Dance Monkey - Tones and I @evening must', 'a song you want to hear'],
    ['fill: 1h pop @evening', 'an hour of other songs'],
    ['quiet: 22:00-24:00', 'no music in this time'],
    ['day: 06:30-23:00', 'when your day begins and ends'],
    ['[x] Buy milk', 'a to-do that is done'],
    ['// bring the umbrella', 'a comment'],
  ];
  return el(
    'dl',
    { class: 'examples' },
    lines.map(([line, meaning]) =>
      el('div', {}, el('dt', {}, el('code', {}, line)), el('dd', {}, meaning)),
    ),
  );
}

/* `hosts()` are the to-dos during which music may play: [name, title]. */
export function setUpForms(editor, hosts) {
  const add = (lines) => editor.addLine(lines.join('\n'));
  const made = {
    'todo-form': todoForm,
    'song-form': songForm,
    'fill-form': (to) => fillForm(to, hosts),
  };
  /* Each form is created when it is first opened. */
  const sheetOf = (id) => {
    if (!$(id).firstElementChild && made[id]) $(id).replaceWith(made[id](add));
    if (!$(id).firstElementChild && id === 'help') $('help').append(help());
    return $(id);
  };
  for (const button of document.querySelectorAll('.adders button')) {
    button.addEventListener('click', () => {
      const sheet = sheetOf(button.getAttribute('aria-controls'));
      const open = sheet.hidden;
      for (const other of document.querySelectorAll('.adders button')) {
        other.setAttribute('aria-expanded', 'false');
        $(other.getAttribute('aria-controls')).hidden = true;
      }
      sheet.hidden = !open;
      button.setAttribute('aria-expanded', String(open));
      const first = sheet.querySelector('input:not([hidden]), button');
      if (open && first) first.focus();
    });
  }
}
