/*
 * The user's playlists and listening histories: a playlist's songs become lines of the day, and
 * the fill leaves out songs that a history shows as heard recently.
 */
import * as api from './api.js';
import { isArchive, unpack } from './archive.js';
import { canUse, useAsSongs } from './catalog_info.js';
import { $, button, el } from './dom.js';
import { momentOf, playsOf } from './history_file.js';
import { loadHeard, saveHeard } from './store.js';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_SENT = 900000; /* bytes of a playlist */
const MOST_HEARD = 300000; /* characters of the plays of one request */
const MOST_KEPT = 5000; /* plays */
const DAY_MS = 86400000;

let heard = { plays: [], days: 7, on: true },
  page = null /* {date(), text(), add(label, lines), changed()} */;

/* Plays in the days before a date, with one more day on both sides for time zones. */
function playsBefore(date) {
  const end = Date.parse(`${date}T00:00Z`) + 2 * DAY_MS;
  const begin = end - (heard.days + 3) * DAY_MS;
  return heard.plays.filter((p) => momentOf(p.endTime) >= begin && momentOf(p.endTime) < end);
}

/* The last play of each song on those days; only the latest songs if there are too many. */
function latest(date) {
  const songs = new Map();
  for (const play of playsBefore(date)) songs.set(`${play.trackName}\n${play.artistName}`, play);
  let plays = [...songs.values()];
  while (JSON.stringify(plays).length > MOST_HEARD)
    plays = plays.slice(Math.ceil(plays.length / 4));
  return { plays, all: plays.length === songs.size };
}

/* The part of the history for a request: {history, avoid_days}, or nothing. */
export function heardBefore(date) {
  const { plays } = heard.on ? latest(date) : { plays: [] };
  return plays.length ? { history: JSON.stringify(plays), avoid_days: heard.days } : {};
}

function say(text, bad = false) {
  $('listening-message').textContent = text;
  $('listening-message').classList.toggle('wrong', bad);
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const lineOf = (track) => `♪ ${oneLine(track.title)} - ${oneLine(track.artist)}`;
const songsCount = (n) => `${n} song${n === 1 ? '' : 's'}`;

/* Lines for the songs that the day does not have yet. */
function newLines(tracks) {
  const there = new Set(page.text().split('\n').map((l) => l.trim()));
  return [...new Set(tracks.map(lineOf))].filter(
    (line) => ![...there].some((l) => l === line || l.startsWith(`${line} `)),
  );
}

function missRow(song) {
  const name = song.artist ? `${song.title} - ${song.artist}` : song.title || song.id;
  const choices = song.candidates.slice(0, 3).map((track) =>
    button(
      `${track.title} - ${track.artist}`,
      (event) => {
        event.target.closest('li').remove();
        page.add(`“${track.title}” was added.`, newLines([track]));
      },
      { class: 'link', 'aria-label': `Add ${track.title} - ${track.artist}` },
    ),
  );
  return el(
    'li',
    {},
    el('span', {}, name),
    choices.length ? el('span', { class: 'soft' }, ' Similar: ') : '',
    choices.flatMap((choice, i) => (i ? [', ', choice] : [choice])),
  );
}

/* A table of songs that is not a playlist of this catalog may be meant as the catalog itself. */
function offerAsSongs(file) {
  if (!canUse(file)) return [];
  const use = async () => {
    $('listening-misses').replaceChildren();
    say(`Reading ${file.name}…`);
    const reason = await useAsSongs(file);
    say(reason || `The page now plans with the songs of ${file.name}.`, Boolean(reason));
  };
  return [button(`Plan with the songs of ${file.name}`, use)];
}

function showMisses(file, match) {
  const missing = match.songs.filter((s) => s.found === 'none');
  const notes = match.remarks.map((r) => (r.line ? `Line ${r.line}: ${r.text}` : r.text));
  $('listening-misses').replaceChildren(
    ...(missing.length > match.found ? offerAsSongs(file) : []),
    ...(missing.length
      ? [
          el('p', {}, `${songsCount(missing.length)} not in the catalog:`),
          el('ul', { 'aria-label': 'Songs that were not found' }, missing.map(missRow)),
        ]
      : []),
    ...(notes.length ? [el('ul', { class: 'soft' }, notes.map((n) => el('li', {}, n)))] : []),
  );
}

async function takePlaylist(file) {
  if (file.size > MOST_SENT) {
    $('listening-misses').replaceChildren(...offerAsSongs(file));
    throw new Error('larger than 900 kB, the limit for playlists');
  }
  const match = await api.playlist(await file.arrayBuffer());
  const lines = newLines(match.songs.filter((s) => s.track).map((s) => s.track));
  showMisses(file, match);
  say(
    `${file.name}: ${match.found} of ${songsCount(match.songs.length)} found, ` +
      `${lines.length} added.`,
  );
  if (lines.length) page.add(`${songsCount(lines.length)} of ${file.name} added.`, lines);
}

/* The latest plays of both, in order of time, each once. */
function joined(some, others) {
  const all = [...some, ...others].sort((a, b) => (a.endTime < b.endTime ? -1 : 1));
  const same = (a, b) => b && a.endTime === b.endTime && a.trackName === b.trackName;
  return all.filter((p, i) => !same(p, all[i - 1])).slice(-MOST_KEPT);
}

async function takeHistory(file, plays) {
  heard.plays = joined(heard.plays, plays);
  heard.on = true;
  const kept = await saveHeard(heard);
  say(
    `${file.name}: ${plays.length} play${plays.length === 1 ? '' : 's'}.` +
      (kept ? '' : ' This browser does not keep them beyond this visit.'),
  );
  page.changed();
}

/* The histories of an archive; of one without a history, the playlists. */
async function takeArchive(archive) {
  const { plays, files } = await unpack(archive);
  if (plays.length) {
    await takeHistory(archive, plays);
    return;
  }
  if (!files.length) throw new Error('this ZIP archive has no listening history or playlist');
  for (const file of files) await takePlaylist(file);
}

async function takeFile(file) {
  if (await isArchive(file)) {
    await takeArchive(file);
    return;
  }
  if (file.size > MOST_BYTES) throw new Error('larger than 64 MiB, the limit for these files');
  const plays = playsOf(await file.text());
  if (plays) await takeHistory(file, plays);
  else await takePlaylist(file);
}

/* Files that are not calendars: playlists and listening histories. */
export async function takeListening(files) {
  if ($('listening').hidden) $('listening-button').click();
  for (const file of files) {
    try {
      await takeFile(file);
    } catch (error) {
      say(`${file.name}: ${error.message}`, true);
    }
  }
  draw();
}

function set(what) {
  Object.assign(heard, what);
  saveHeard(heard);
  draw();
  page.changed();
}

function draw() {
  if (!heard.plays.length) {
    $('listening-heard').replaceChildren();
    return;
  }
  const last = heard.plays.at(-1).endTime.slice(0, 10);
  const { plays, all } = latest(page.date());
  const days = el('input', {
    type: 'number',
    id: 'avoid-days',
    min: 1,
    max: 3650,
    value: String(heard.days),
    on: { change: (e) => e.target.checkValidity() && set({ days: Number(e.target.value) }) },
  });
  $('listening-heard').replaceChildren(
    el(
      'label',
      { class: 'check' },
      el('input', {
        type: 'checkbox',
        checked: heard.on,
        id: 'avoid-heard',
        on: { change: (e) => set({ on: e.target.checked }) },
      }),
      'Avoid songs that I heard recently',
    ),
    el('label', { class: 'check' }, 'Days', days),
    el(
      'span',
      { class: 'soft' },
      `${heard.plays.length} plays until ${last}; ${all ? '' : 'the latest '}` +
        `${songsCount(plays.length)} in these days`,
    ),
    button('Forget what I heard', () => set({ plays: [] })),
  );
}

/* Adds the stored history to what was read before slow storage answered. */
export function addHeard() {
  const stored = loadHeard();
  if (!stored.plays.length) return;
  const { plays } = heard;
  heard = { ...stored, plays: joined(stored.plays, plays) };
  if (plays.length) saveHeard(heard);
  draw();
}

export function setUpListening(uses) {
  page = uses;
  heard = loadHeard();
  $('listening').append(
    el(
      'p',
      {},
      'A playlist (M3U, XSPF, Exportify, Spotify or lines of “Title - Artist”) adds its songs ' +
        'to your day. With a listening history (Spotify, Last.fm as CSV, or a schedule that you ' +
        'saved here as JSON), the fill avoids songs that you heard recently. The history stays ' +
        'in this browser. If a server plans your day, the page sends it the plays of the days ' +
        'before.',
    ),
    el(
      'div',
      { class: 'actions' },
      button('Choose files', () => $('listening-files').click(), {
        'aria-label': 'Choose files: playlists or histories',
      }),
      el('span', { class: 'soft' }, 'or drop them on this page'),
    ),
    el('input', {
      type: 'file',
      id: 'listening-files',
      multiple: true,
      hidden: true,
      'aria-label': 'Playlists and listening histories',
    }),
    el('output', { class: 'hint', id: 'listening-message' }),
    el('div', { id: 'listening-misses' }),
    el('div', { class: 'actions', id: 'listening-heard' }),
  );
  $('listening-files').addEventListener('change', async (event) => {
    await takeListening([...event.target.files]);
    event.target.value = '';
  });
  draw();
}
