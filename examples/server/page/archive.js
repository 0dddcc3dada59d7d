/* Reads ZIP archives, as Spotify sends them: the listening histories and playlists in them. */
import { playsOf } from './history_file.js';
import { through } from './through.js';

const MOST_FILES = 1000;
const MOST_BYTES = 64 * 1024 * 1024; /* of a file in the archive */
const MOST_IN_ALL = 512 * 1024 * 1024;
const END_BYTES = 65557; /* the longest end of an archive, with its comment */
const READABLE = /\.(?:json|csv|tsv|txt|m3u8?|xspf)$/i;

/* The record types of the format (PKWARE APPNOTE 4.3). */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;

/* Spreadsheets are archives, too. */
const SHEETS = [
  ['xl/workbook.xml', 'an Excel workbook; save it as CSV UTF-8 in the spreadsheet program'],
  ['xl/workbook.bin', 'an Excel workbook; save it as CSV UTF-8 in the spreadsheet program'],
  ['content.xml', 'an OpenDocument file; save it as CSV in the spreadsheet program'],
  ['Index/Document.iwa', 'a Numbers spreadsheet; export it as CSV in Numbers'],
];

const part = async (file, from, to) => new DataView(await file.slice(from, to).arrayBuffer());
const broken = () => new Error('this ZIP archive cannot be read; unpack it and choose its files');

export async function isArchive(file) {
  const head = await part(file, 0, 4);
  return head.byteLength === 4 && head.getUint32(0, true) === LOCAL;
}

/* Where the list of files is: {from, size}. */
async function listOf(file) {
  const start = Math.max(0, file.size - END_BYTES);
  const tail = await part(file, start, file.size);
  for (let at = tail.byteLength - 22; at >= 0; at--)
    if (tail.getUint32(at, true) === END)
      return { size: tail.getUint32(at + 12, true), from: tail.getUint32(at + 16, true) };
  throw broken();
}

/* [{name, method, packed, size, at, isSecret}] */
async function filesIn(file) {
  const { from, size } = await listOf(file);
  const list = await part(file, from, from + Math.min(size, MOST_BYTES));
  const files = [];
  for (let at = 0; at + 46 <= list.byteLength;) {
    if (list.getUint32(at, true) !== CENTRAL) throw broken();
    if (files.length === MOST_FILES)
      throw new Error('this ZIP archive has more than 1,000 files; unpack it and choose some');
    const [named, more, said] = [28, 30, 32].map((field) => list.getUint16(at + field, true));
    if (at + 46 + named > list.byteLength) throw broken();
    files.push({
      name: new TextDecoder().decode(new Uint8Array(list.buffer, at + 46, named)),
      isSecret: (list.getUint16(at + 8, true) & 1) === 1,
      method: list.getUint16(at + 10, true),
      packed: list.getUint32(at + 20, true),
      size: list.getUint32(at + 24, true),
      at: list.getUint32(at + 42, true),
    });
    at += 46 + named + more + said;
  }
  return files;
}

async function unpacked(file, { name, method, packed, size, at, isSecret }) {
  if (isSecret) throw new Error(`${name} in this archive has a password`);
  if (size > MOST_BYTES) throw new Error(`${name} in this archive is larger than 64 MiB`);
  const head = await part(file, at, at + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw broken();
  const from = at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const bytes = file.slice(from, from + packed);
  if (method !== 0 && method !== DEFLATED) throw broken();
  if (method === 0) return bytes;
  try {
    return new Blob([await through(bytes, new DecompressionStream('deflate-raw'), size)]);
  } catch {
    throw broken();
  }
}

/*
 * {plays, files}: the plays of all histories in an archive, and its other files that may be
 * playlists. Each text is read alone, so that a large archive needs little memory.
 */
export async function unpack(archive) {
  const files = await filesIn(archive);
  const sheet = SHEETS.find(([name]) => files.some((f) => f.name === name));
  if (sheet) throw new Error(`this is ${sheet[1]}`);
  const found = files.filter((f) => READABLE.test(f.name));
  if (found.reduce((sum, f) => sum + f.size, 0) > MOST_IN_ALL)
    throw new Error('this ZIP archive is larger than 512 MiB unpacked');
  const plays = [];
  const others = [];
  for (const entry of found) {
    const blob = await unpacked(archive, entry);
    const those = playsOf(await blob.text());
    if (those) for (const play of those) plays.push(play);
    else others.push(new File([blob], entry.name.split('/').at(-1)));
  }
  return { plays, files: others };
}
