/*
 * Stores a day in a link. Browsers do not send the part after "#", so the server never sees a
 * shared day.
 */
import { TooLarge, through } from './through.js';
import { isDate, isZone, today } from './times.js';

const MOST_BYTES = 262144; /* the limit of a request to the server */
const MOST_LINES = 3200;

function toBase64Url(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')),
    (c) => c.charCodeAt(0));
}

export async function toLink({ text, date, zone }) {
  const bytes = new TextEncoder().encode(JSON.stringify({ text, date, zone }));
  const packed = await through(bytes, new CompressionStream('deflate-raw'));
  return `${new URL('./', location.href).href}#day=${toBase64Url(packed)}`;
}

function checked(day) {
  const remarks = [];
  if (!isDate(day.date)) remarks.push('The link has no valid date; this is the day for today.');
  if (day.zone && !isZone(day.zone))
    remarks.push('The link names a time zone that this browser does not know; yours is used.');
  return {
    text: day.text,
    date: isDate(day.date) ? day.date : today(''),
    zone: day.zone && isZone(day.zone) ? day.zone : '',
    remarks,
  };
}

/*
 * The day in the address: {text, date, zone, remarks}, or {error}; null if there is none.
 */
export async function fromLink() {
  if (!location.hash.startsWith('#day=')) return null;
  try {
    const bytes = await through(fromBase64Url(location.hash.slice(5)),
      new DecompressionStream('deflate-raw'), MOST_BYTES);
    const day = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!day || typeof day.text !== 'string') throw new Error('no day');
    if (day.text.split('\n').length > MOST_LINES) throw new TooLarge();
    return checked(day);
  } catch (error) {
    return {
      error:
        error instanceof TooLarge
          ? 'The day in this link is too large to open. Your own day is unchanged.'
          : 'This link is damaged or incomplete, so it was not opened. Ask for it again. '
            + 'Your own day is unchanged.',
    };
  }
}
