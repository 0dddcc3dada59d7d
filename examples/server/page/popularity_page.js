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

const nothing = (why = 'No song in the catalog matches this filter.') =>
  el('p', { class: 'empty-note' }, why);

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

/* Why a chart is empty although songs are counted. */
const MISSING = {
  genres: 'These songs have no genre.',
  months: 'These songs have no release dates.',
  years: 'No year has at least 30 of these songs.',
  features: 'These songs have no audio features.',
};

/* Draws one chart at a time, so that the page stays usable. Throws if the filter has changed. */
async function draw(signal, id, items, make, isAnyCounted = false) {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
  const why = isAnyCounted ? MISSING[id] : undefined;
  $(id).replaceChildren(items.length ? make(items) : nothing(why));
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
    const isAny = top.songs.length > 0;
    const byGenre = (g) => intervals(g, 'Mean popularity by genre');
    await draw(signal, 'genres', genres.groups, byGenre, isAny);
    $('genres').append(testNote(genres.test, 'Genre'));
    await draw(signal, 'histogram', bins.bins.some((b) => b.n) ? bins.bins : [], (b) =>
      histogram(b, 'Number of songs by popularity'),
    );
    const byMonth = (g) =>
      trend(g, 'Mean popularity by month of release', (key) => MONTHS[Number(key) - 1]);
    await draw(signal, 'months', months.groups, byMonth, isAny);
    $('months').append(testNote(months.test, 'Month'));
    const enough = years.groups.filter((g) => g.n >= 30);
    const byYear = (g) =>
      trend(
        g,
        'Mean popularity by year of release',
        (key) => key,
        Math.max(1, Math.ceil(g.length / 10)),
        350,
      );
    await draw(signal, 'years', enough, byYear, isAny);
    $('years').append(testNote(years.test, 'Year'));
    const isKnown = features.features.some((f) => f.r !== null);
    const byFeature = (f) => correlations(f, 'Correlation of audio features with popularity');
    await draw(signal, 'features', isKnown ? features.features : [], byFeature, isAny);
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

/* Fills the list of genres with those of the catalog. */
async function listGenres() {
  const { groups } = await api.get('/api/v1/popularity/groups', { by: 'genre' });
  const select = $('filters').elements.genre;
  select.replaceChildren(
    select.options[0],
    ...groups.map((g) => el('option', { value: g.key }, g.label)),
  );
}

async function start() {
  setUpPlanner();
  setUpSongDrop();
  $('filters').addEventListener('submit', (event) => event.preventDefault());
  $('filters').addEventListener('input', debounce(250, load));
  try {
    const counts = showCatalog(
      (info, { number, plural }) =>
        `${plural(info.tracks, 'track')} by ${plural(info.artists, 'artist')}` +
        (info.playlists
          ? `, ${number(info.rows)} times in ${plural(info.playlists, 'playlist')}`
          : ''),
      () => listGenres().then(load, load),
    );
    await Promise.all([listGenres(), counts]);
  } catch {
    /* load() reports the error */
  }
  load();
  setUpOffline();
}

start();
