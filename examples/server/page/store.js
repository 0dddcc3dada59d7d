/* The day in this browser, and in a link. Nothing of it is kept on the server. */
import { today } from './times.js';

const KEY = 'musicsched.day';

export function load() {
  try {
    const day = JSON.parse(localStorage.getItem(KEY));
    if (day && typeof day.text === 'string')
      return { date: today(), zone: '', auto: true, now: '', previous: null, ...day };
  } catch {
    /* storage is off or holds something else: begin anew */
  }
  return { text: '', date: today(), zone: '', auto: true, now: '', previous: null };
}

export function save(day) {
  try {
    localStorage.setItem(KEY, JSON.stringify(day));
  } catch {
    /* storage is off or full: the page works without it */
  }
}

function toBase64Url(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

async function through(bytes, transform) {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/* The part after "#" never leaves the browser, so the server does not see a shared day either. */
export async function toLink(day) {
  const bytes = new TextEncoder().encode(JSON.stringify({ text: day.text, date: day.date, zone: day.zone }));
  const packed = await through(bytes, new CompressionStream('deflate-raw'));
  return `${location.origin}/#day=${toBase64Url(packed)}`;
}

/* The day in the address, null where there is none or it is broken. */
export async function fromLink() {
  const match = /^#day=([\w-]+)$/.exec(location.hash);
  if (!match) return null;
  try {
    const bytes = await through(fromBase64Url(match[1]), new DecompressionStream('deflate-raw'));
    const day = JSON.parse(new TextDecoder().decode(bytes));
    return typeof day.text === 'string'
      ? { text: day.text, date: String(day.date || today()), zone: String(day.zone || '') }
      : null;
  } catch {
    return null;
  }
}
