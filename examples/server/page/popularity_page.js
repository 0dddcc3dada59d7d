/* The popularity page: one filter, six charts. */
import * as api from './api.js';
import { setUpSongDrop, showCatalog } from './catalog_info.js';
import { setUpOffline } from './offline.js';
import { setUpPlanner } from './planner_client.js';
import { meter, popularity, songLink } from './songs.js';
import { correlations, histogram, intervals, testNote, trend } from './charts.js';
import { $, button, debounce, el } from './dom.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let running = null;

function filter() {
  return Object.fromEntries([...new FormData($('filters'))].filter(([, value]) => value !== ''));
}

function status(kind, text, ...more) {
  $('status').className = `status ${kind}`;
  $('status').replaceChildren(
    el('span', { class: 'dot', 'aria-hidden': 'true' }),
    el('span', {}, text),
    ...more,
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
        meter(s.popularity),
        popularity(s.popularity),
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
const UNKNOWN = 'The popularity of these songs is unknown.';

/* Draws one chart at a time, so that the page stays usable. Throws if the filter has changed. */
async function draw(signal, id, items, make, why) {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
  $(id).replaceChildren(items.length ? make(items) : nothing(why));
}

/* What is wrong with the years of the filter; '' if nothing is. */
function wrongYears() {
  const { year_min: first, year_max: last } = $('filters').elements;
  if (!first.validity.valid || !last.validity.valid) return 'A year is a number from 0 to 9999.';
  const isTurned = first.value && last.value && Number(first.value) > Number(last.value);
  return isTurned
    ? `No song is released from ${first.value} until ${last.value}: swap the two years.`
    : '';
}

/* Charts that are not of the filter above them are gray. */
const markOld = (isOld) =>
  document.querySelectorAll('main > section').forEach((s) => s.classList.toggle('stale', isOld));

async function load() {
  if (running) running.abort();
  running = new AbortController();
  const wrong = wrongYears();
  if (wrong) {
    status('bad', wrong);
    markOld(true);
    return;
  }
  const { signal } = running,
    asked = filter();
  keepInAddress(asked);
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
    const counted = bins.bins.reduce((sum, b) => sum + b.n, 0);
    const isUnknown = top.songs.length > 0 && !counted;
    const why = (id) => (top.songs.length ? (isUnknown && UNKNOWN) || MISSING[id] : undefined);
    const byGenre = (g) => intervals(g, 'Mean popularity by genre');
    await draw(signal, 'genres', genres.groups, byGenre, why('genres'));
    $('genres').append(testNote(genres.test, 'Genre'));
    const byValue = (b) => histogram(b, 'Number of songs by popularity');
    await draw(signal, 'histogram', counted ? bins.bins : [], byValue, why('histogram'));
    const byMonth = (g) =>
      trend(g, 'Mean popularity by month of release', (key) => MONTHS[Number(key) - 1]);
    await draw(signal, 'months', months.groups, byMonth, why('months'));
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
    await draw(signal, 'years', enough, byYear, why('years'));
    $('years').append(testNote(years.test, 'Year'));
    const isKnown = features.features.some((f) => f.r !== null);
    const byFeature = (f) => correlations(f, 'Correlation of audio features with popularity');
    await draw(signal, 'features', isKnown ? features.features : [], byFeature, why('features'));
    markOld(false);
    const counts = genres.count === 'entries' ? 'playlist entries' : genres.count;
    if (isUnknown) status('some', UNKNOWN);
    else status('good', `${counted.toLocaleString('en')} ${counts} counted.`);
  } catch (error) {
    if (error.name !== 'AbortError') {
      status('bad', error.message, ' ', button('Try again', load));
      markOld(true);
    }
  }
  document.querySelector('main').classList.add('ready');
}

/* The address has the filter, so that a reload, the back button and a link keep it. */
function keepInAddress(asked) {
  const query = new URLSearchParams(asked).toString();
  history.replaceState(history.state, '', query ? `?${query}` : location.pathname);
}

function takeFromAddress() {
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = $('filters').elements.namedItem(name);
    if (field?.type === 'checkbox') field.checked = value === field.value;
    else if (field) field.value = value;
    if (field?.selectedIndex < 0) field.value = ''; /* no song has this genre */
  }
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
  takeFromAddress();
  load();
  setUpOffline();
}

start();
