/* Songs of a schedule: links, and lists for other programs. */
import { el } from './dom.js';
import { lasts, seconds, shown } from './times.js';

const SPOTIFY_ID = /^[0-9A-Za-z]{22}$/;

/*
 * The link to a song. Without a Spotify id, the link is a search.
 */
export const songLink = (song) =>
  SPOTIFY_ID.test(song.track_id)
    ? `https://open.spotify.com/track/${song.track_id}`
    : `https://open.spotify.com/search/${encodeURIComponent(`${song.title} ${song.artist}`)}`;

/* "Album · 2019 · 3:29", as far as known, to distinguish songs with the same title. */
export function songDetails({ album, release_date: released, duration_ms: ms }) {
  const seconds = Math.round((ms || 0) / 1000);
  const length = seconds && `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return [album, released && released.slice(0, 4), length].filter(Boolean).join(' · ');
}

/* The popularity of a song, which is null if it is unknown, with more attributes. */
export const popularity = (value, more = {}) =>
  el(
    'span',
    { class: 'pop', ...more },
    el('span', { class: 'visually-hidden' }, `popularity ${value === null ? 'unknown' : ''}`),
    value === null ? el('span', { 'aria-hidden': 'true' }, '–') : String(value),
  );

/* Its meter. */
export const meter = (value) =>
  el('span', { class: 'meter', css: { '--share': `${value ?? 0}%` }, 'aria-hidden': 'true' });

const songs = (schedule) => schedule.entries.filter((e) => e.kind === 'song');
const oneLine = (text) => text.replace(/\s+/g, ' ');

export const linkList = (schedule) =>
  songs(schedule)
    .map((s) => `${songLink(s)}\n`)
    .join('');

/* For people: time, song and link. */
export const songList = (schedule) =>
  songs(schedule)
    .map(
      (s) => `${shown(seconds(s.start))}  ${oneLine(`${s.title} - ${s.artist}`)}  ${songLink(s)}\n`,
    )
    .join('');

export function m3u(schedule) {
  const lines = songs(schedule).flatMap((s) => [
    `#EXTINF:${lasts(s)},${oneLine(`${s.artist} - ${s.title}`)}`,
    songLink(s),
  ]);
  return ['#EXTM3U', `#PLAYLIST:${schedule.date}`, ...lines, ''].join('\n');
}
