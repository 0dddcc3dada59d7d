/* The popularity page: one filter, six charts. */
import * as api from './api.js';
import { setUpSongDrop, showCatalog } from './catalog_info.js';
import { setUpOffline } from './offline.js';
import { setUpPlanner } from './planner_client.js';
import { songLink } from './songs.js';
import { correlations, histogram, intervals, testNote, trend } from './charts.js';
import { $, debounce, el } from './dom.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let running = null;

function filter() {
  return Object.fromEntries([...new FormData($('filters'))].filter(([, value]) => value !== ''));
}

function status(kind, text) {
  $('status').className = `status ${kind}`;
  $('status').replaceChildren(
    el('span', { class: 'dot', 'aria-hidden': 'true' }),
    el('span', {}, text),
  );
}

const nothing = () =>
  el('p', { class: 'empty-note' }, 'No song in the catalog matches this filter.');

function topTable(songs) {
  if (!songs.length) return nothing();
  return el(
    'ol',
    { class: 'top-songs' },
    songs.map((s) =>
      el(
        'li',
        {},
        el(
          'span',
          { class: 'song-text' },
          el('a', { href: songLink(s), rel: 'noreferrer', target: '_blank' }, s.title),
          ' ',
          el('span', { class: 'artist' }, s.artist),
        ),
        el('span', { class: 'year' }, s.release_date ? s.release_date.slice(0, 4) : ''),
        el('span', {
          class: 'meter',
          css: { '--share': `${s.popularity}%` },
          'aria-hidden': 'true',
        }),
        el(
          'span',
          { class: 'pop' },
          el('span', { class: 'visually-hidden' }, 'popularity '),
          String(s.popularity),
        ),
      ),
    ),
  );
}

/* Draws one chart at a time, so that the page stays usable. Throws if the filter has changed. */
async function draw(signal, id, items, make) {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
  $(id).replaceChildren(items.length ? make(items) : nothing());
}

async function load() {
  if (running) running.abort();
  running = new AbortController();
  const { signal } = running,
    asked = filter();
  const call = (path, more = {}) =>
    api.get(`/api/v1/popularity/${path}`, { ...asked, ...more }, signal);
  status('busy', 'Counting…');
  try {
    const [top, genres, bins, months, years, features] = await Promise.all([
      call('top', { limit: 12 }),
      call('groups', { by: 'genre' }),
      call('histogram', { bins: 20 }),
      call('trend', { by: 'month' }),
      call('trend', { by: 'year' }),
      call('correlations'),
    ]);
    $('top').replaceChildren(topTable(top.songs));
    await draw(signal, 'genres', genres.groups, (g) => intervals(g, 'Mean popularity by genre'));
    $('genres').append(testNote(genres.test, 'Genre'));
    await draw(signal, 'histogram', bins.bins.some((b) => b.n) ? bins.bins : [], (b) =>
      histogram(b, 'Number of songs by popularity'),
    );
    await draw(signal, 'months', months.groups, (g) =>
      trend(g, 'Mean popularity by month of release', (key) => MONTHS[Number(key) - 1]),
    );
    $('months').append(testNote(months.test, 'Month'));
    const enough = years.groups.filter((g) => g.n >= 30);
    await draw(signal, 'years', enough, (g) =>
      trend(
        g,
        'Mean popularity by year of release',
        (key) => key,
        Math.max(1, Math.ceil(g.length / 10)),
        350,
      ),
    );
    $('years').append(testNote(years.test, 'Year'));
    const isKnown = features.features.some((f) => f.r !== null);
    await draw(signal, 'features', isKnown ? features.features : [], (f) =>
      correlations(f, 'Correlation of audio features with popularity'),
    );
    status(
      'good',
      `${bins.bins.reduce((sum, b) => sum + b.n, 0).toLocaleString('en')} ` +
        `${genres.count === 'entries' ? 'playlist entries' : genres.count} counted.`,
    );
  } catch (error) {
    if (error.name !== 'AbortError') status('bad', error.message);
  }
  document.querySelector('main').classList.add('ready');
}

async function start() {
  setUpPlanner();
  setUpSongDrop();
  $('filters').addEventListener('submit', (event) => event.preventDefault());
  $('filters').addEventListener('input', debounce(250, load));
  try {
    const counts = showCatalog(
      (info, { number, plural }) =>
        `${plural(info.tracks, 'track')} by ${plural(info.artists, 'artist')}, ` +
          `${number(info.rows)} times in ${plural(info.playlists, 'playlist')}`,
      load,
    );
    const [genres] = await Promise.all([
      api.get('/api/v1/popularity/groups', { by: 'genre' }),
      counts,
    ]);
    $('filters').elements.genre.append(
      ...genres.groups.map((g) => el('option', { value: g.key }, g.label)),
    );
  } catch {
    /* load() reports the error */
  }
  load();
  setUpOffline();
}

start();
