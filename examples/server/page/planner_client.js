/* Runs the worker that plans (planner.js), if `make site` put the library next to the page. */
import { isArchive, unpack } from './archive.js';
import { site } from './site.js';
import { onFirstUse, scriptURL } from './dom.js';

const OWN = 'musicsched.own-songs'; /* the name of the user's song file, which the worker stores */
const waiting = new Map(); /* id: {resolve, reject} */
let worker = null,
  started = null /* a promise of whether it answers */,
  isReady = false,
  why = '',
  last = 0;

/* Plans one request at a time, then the latest one. */
let current = Promise.resolve();

function ownName() {
  try {
    return localStorage.getItem(OWN) || '';
  } catch {
    return '';
  }
}

function rememberOwn(name) {
  try {
    if (name) localStorage.setItem(OWN, name);
    else localStorage.removeItem(OWN);
  } catch {
    /* storage is off: the songs last for this visit */
  }
}

export const canPlan = () => Boolean(site.planner) && typeof WebAssembly === 'object';
export const ownSongs = ownName;
export const plansHere = () => isReady;
export const reason = () => why;

/* Whether only the worker can answer. */
const isAlone = () => !site.server || Boolean(ownName()) || !navigator.onLine;

/*
 * Starts the worker immediately if there is no server. Otherwise the server answers first, and the
 * worker starts and loads the songs at the first user action or when the network is lost.
 */
export function setUpPlanner() {
  if (isAlone()) startPlanner();
  else onFirstUse(startPlanner, ['offline']);
}

/* Starts the worker once; resolves to whether it answers. */
export function startPlanner() {
  started ??= new Promise((resolve) => {
    if (!canPlan()) {
      resolve(false);
      return;
    }
    const fail = (message) => {
      why = message;
      for (const { reject } of waiting.values()) reject(new Error(message));
      waiting.clear();
      isReady = false;
      resolve(false);
    };
    try {
      worker = new Worker(scriptURL(site.planner), { type: 'module' });
    } catch (error) {
      fail(error.message);
      return;
    }
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      fail(event.message || 'The planner of this page could not be loaded.');
    });
    worker.addEventListener('message', ({ data }) => {
      if (data.failed) fail(data.failed);
      if (data.ready) {
        isReady = true;
        resolve(true);
      }
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (asked) asked.resolve(data);
    });
  });
  return started;
}

/* Whether the worker should answer: if it is ready, or if there is no server. */
export async function shouldAnswer() {
  if (!canPlan()) return false;
  if (isReady) return true;
  return isAlone() ? startPlanner() : false;
}

function send(path, parameters, body) {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, path, parameters, body });
  });
}

const aborted = () => new DOMException('another one was asked for', 'AbortError');

/* {value} or {problem} */
export async function answer({ path, parameters = {}, body, signal }) {
  const before = current;
  let done;
  current = new Promise((resolve) => (done = resolve));
  try {
    await before;
    if (signal && signal.aborted) throw aborted();
    const said = await send(path, parameters, body);
    if (signal && signal.aborted) throw aborted();
    return said;
  } finally {
    done();
  }
}

/* The bytes of a file of songs; of an archive, all its plays as one history, or its only file. */
async function bytesOf(file) {
  if (!(await isArchive(file))) return file.arrayBuffer();
  const { plays, files } = await unpack(file);
  if (plays.length) return new TextEncoder().encode(JSON.stringify(plays)).buffer;
  if (files.length === 1) return files[0].arrayBuffer();
  throw new Error('this ZIP archive has no listening history or single table');
}

/* Uses the songs of a file, or those of the site if null. Throws an Error with the reason. */
export async function useSongs(file) {
  const name = file ? file.name : '';
  const refuse = (error) => {
    throw new Error(`${name}: ${error.message}`);
  };
  const bytes = file ? await bytesOf(file).catch(refuse) : null;
  const said = await answer({ path: 'own songs', body: { name, bytes } });
  if (said.problem) {
    const { detail } = said.problem;
    const begins = `${name || 'The songs'}:`;
    throw new Error(detail.startsWith(begins) ? detail : `${begins} ${detail}`);
  }
  rememberOwn(name);
}
