/*
 * Reads listening histories: those of Spotify (JSON, CSV), exports of Last.fm (CSV) and schedules
 * of this page (JSON). docs/playlists.md names them; the library reads the same ones.
 */

/* Names of each column in lowercase without punctuation, the most specific first. */
const NAMES = {
  time: [
    'ts',
    'endtime',
    'uts',
    'utctime',
    'playedat',
    'timestamp',
    'listenedat',
    'datetime',
    'date',
    'time',
    'scrobbletime',
  ],
  title: ['mastermetadatatrackname', 'trackname', 'track', 'title', 'song', 'name'],
  artist: ['mastermetadataalbumartistname', 'artistname', 'artist'],
  ms: ['msplayed', 'playedms'],
};
const HEADLESS = { artist: 0, title: 2, time: 3 };

/* Milliseconds since 1970 of a UTC time in an export; NaN if it is not a time. */
export function momentOf(text) {
  const plain = String(text).trim();
  if (/^\d{9,11}$/.test(plain)) return Number(plain) * 1000;
  if (/^\d{12,14}$/.test(plain)) return Number(plain);
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(plain)) {
    const zone = /(?:Z|[+-]\d\d:?\d\d)$/.test(plain) ? '' : 'Z';
    return Date.parse(plain.replace(' ', 'T') + zone);
  }
  return /^\d{1,2} [A-Za-z]{3} \d{4},? \d\d:\d\d/.test(plain)
    ? Date.parse(`${plain.replace(',', '')} UTC`)
    : NaN;
}

/* A play as the page stores it, from Spotify's account data; null if it is not a song. */
function playOf({ title, artist, time, ms }) {
  const moment = momentOf(time ?? '');
  if (!title || !artist || !Number.isFinite(moment)) return null;
  return {
    endTime: new Date(moment).toISOString().slice(0, 16).replace('T', ' '),
    artistName: String(artist),
    trackName: String(title),
    msPlayed: Number(ms) || 0,
  };
}

const ofSpotify = (r) => ({
  title: r.trackName || r.master_metadata_track_name,
  artist: r.artistName || r.master_metadata_album_artist_name,
  time: r.ts || r.endTime,
  ms: r.msPlayed ?? r.ms_played,
});

function fromJSON(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const isRecord = (r) => r && typeof r === 'object';
  if (Array.isArray(value)) {
    const isPlay = (r) => isRecord(r) && ('msPlayed' in r || 'ms_played' in r);
    return value.some(isPlay) ? value.filter(isRecord).map(ofSpotify) : null;
  }
  if (!isRecord(value) || !Array.isArray(value.entries)) return null;
  return value.entries
    .filter((e) => isRecord(e) && e.kind === 'song')
    .map((e) => ({
      title: e.title,
      artist: e.artist,
      time: e.start_utc || `${value.date} ${String(e.start).slice(0, 5)}`,
    }));
}

/* Rows of cells. Quoted cells can contain delimiters, line breaks and doubled quotes. */
function rowsOf(text, delimiter) {
  const rows = [];
  const cell = new RegExp(
    String.raw`(?:"([^"]*(?:""[^"]*)*)"|([^"\n\r${delimiter}][^\n\r${delimiter}]*)|)` +
      String.raw`(\r\n|\n|\r|${delimiter}|$)`,
    'gy',
  );
  let row = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) return rows; /* a stray quote: the text before it counts */
    const [, quoted, plain, end] = found;
    row.push(quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"').trim());
    if (end === delimiter) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function columnsOf(header) {
  const bare = (cell) => cell.replace(/#.*/, '').toLowerCase().replace(/[^a-z0-9]/g, '');
  const plain = header.map(bare);
  const find = (names) => names.map((n) => plain.indexOf(n)).find((i) => i >= 0);
  return Object.fromEntries(Object.entries(NAMES).map(([name, names]) => [name, find(names)]));
}

function fromTable(text) {
  const [head] = text.split(/[\r\n]/, 1);
  const count = (sign) => head.split(sign).length;
  const [delimiter] = [',', ';', '\t'].sort((a, b) => count(b) - count(a));
  const [first] = rowsOf(`${head.replace(/^\uFEFF/, '')}\n`, delimiter);
  if (!first) return null;
  const headless = first.length === 4 && Number.isFinite(momentOf(first[3]));
  const { title, artist, time, ms } = headless ? HEADLESS : columnsOf(first);
  if ([title, artist, time].includes(undefined)) return null;
  const rows = rowsOf(text.replace(/^\uFEFF/, ''), delimiter);
  if (!headless) rows.shift();
  return rows.map((row) => ({
    title: row[title],
    artist: row[artist],
    time: row[time],
    ms: row[ms],
  }));
}

/* The plays of a file, or null if it is not a history. */
export function playsOf(text) {
  const records = /^\s*[[{]/.test(text) ? fromJSON(text) : fromTable(text);
  const plays = records && records.map(playOf).filter(Boolean);
  return plays && (plays.length || records.length === 0) ? plays : null;
}
