/* Shows the songs of the catalog: how many, from which files, and how the files were read. */
import * as api from './api.js';
import { $, button, el } from './dom.js';
import { setUpFileDrop } from './file_drop.js';
import { canPlan, ownSongs, useSongs } from './planner_client.js';

const number = (n) => n.toLocaleString('en');
const plural = (n, one, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const SHOWN = 4; /* names of files in the line, and rows of a file that were left out */

function names(files) {
  const some = files.slice(0, SHOWN).map((f) => f.source);
  return files.length > SHOWN
    ? `${some.join(', ')} and ${files.length - SHOWN} more`
    : some.join(', ');
}

/* The number of rows that were left out, and the reasons for the first ones. */
function rowsLeftOut(file) {
  const rows = file.bad_rows + file.lost_rows;
  const shown = file.left_out.slice(0, SHOWN);
  if (!rows) return [];
  return [
    `${plural(rows, 'row')} left out`,
    ...shown.map((row) => `line ${row.line}: ${row.message}`),
    rows > shown.length ? `and ${plural(rows - shown.length, 'more row', 'more rows')}` : '',
  ];
}

/* Assumptions and missing data that may surprise a user who knows the file. */
function remarks(file) {
  const unread = file.columns.filter((c) => c.unreadable > 0);
  return [
    ...file.assumed,
    ...unread.map(
      (c) =>
        `${plural(c.unreadable, 'cell')} of ${c.header || c.column} could not be read ` +
          `and ${c.unreadable === 1 ? 'is' : 'are'} unknown`,
    ),
    ...rowsLeftOut(file),
    file.made_ids > 0
      ? `${plural(file.made_ids, 'song')} without an id: links to Spotify are missing for them`
      : '',
    file.ignored.length ? `not read: ${file.ignored.join(', ')}` : '',
  ].filter(Boolean);
}

function details(files) {
  const told = files.map((file) => [file, remarks(file)]).filter(([, list]) => list.length);
  if (!told.length) return '';
  return el(
    'details',
    {},
    el('summary', {}, 'How the files were read'),
    el(
      'dl',
      { class: 'reading' },
      told.map(([file, list]) => [
        el('dt', {}, `${file.source}, ${plural(file.rows, 'row')}`),
        ...list.map((text) => el('dd', {}, text)),
      ]),
    ),
  );
}

/* The control for the user's own songs, if the page plans by itself. `change(file)` reads them. */
function ownSongsMenu(change) {
  if (!canPlan()) return '';
  const files = el('input', {
    type: 'file',
    accept: '.csv,.gz,.tsv,.txt,.json,.zip',
    hidden: true,
    'aria-label': 'A file of songs',
    on: { change: (event) => event.target.files[0] && change(event.target.files[0]) },
  });
  return el(
    'span',
    { class: 'own-songs' },
    files,
    button('Use my own songs', () => files.click(), {
      class: 'link',
      title: 'Choose a table of songs (CSV) or your listening history. It stays in this browser',
    }),
    ' ',
    ownSongs() ? button('Use the songs of this site', () => change(null), { class: 'link' }) : '',
  );
}

let change = null; /* reads a file of songs */

function say(text, isBad) {
  $('own-songs-message').textContent = text;
  $('own-songs-message').classList.toggle('wrong', isBad);
}

/* A server plans with its own songs. */
const cannot = () =>
  say(
    'This server uses its own songs. You can drop playlists and calendars on the page “Plan”.',
    true,
  );

/* Uses a file of songs that is dropped on the page, if the page can read it. */
export function setUpSongDrop() {
  setUpFileDrop(({ dataTransfer: { files } }) => {
    if (files[0] && change) (canPlan() ? change : cannot)(files[0]);
  });
}

/* Whether the page may use a file as its songs. */
export const canUse = ({ name }) => canPlan() && /\.(?:csv|tsv|gz|json|zip)$/i.test(name);

/* Uses a file as the songs of the page. Resolves to the reason if it cannot be read, else ''. */
export const useAsSongs = (file) => change?.(file);

/*
 * Fills the element `catalog-info`. `sentence` writes the counts of a page; `changed` is called
 * after the songs change.
 */
export async function showCatalog(sentence, changed) {
  change = async (file) => {
    if (file) say(`Reading ${file.name}…`, false);
    try {
      await useSongs(file);
      await showCatalog(sentence, changed);
      changed();
      return '';
    } catch (error) {
      say(error.message, true);
      return error.message;
    }
  };
  const info = await api.get('/api/v1/catalog');
  const { files } = info.report;
  const from = names(files) || (canPlan() && ownSongs());
  $('catalog-info').replaceChildren(
    el(
      'span',
      {},
      `${sentence(info, { number, plural })}${from ? ` from ${from}` : ''}.`,
    ),
    ' ',
    ownSongsMenu(change),
    el('output', { id: 'own-songs-message', class: 'hint' }),
    details(files),
  );
}
