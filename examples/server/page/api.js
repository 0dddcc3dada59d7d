/*
 * Sends the page's requests to the library: to the worker (planner_client.js), otherwise to the
 * server. A refused request throws a Problem with the message.
 */
import * as planner from './planner_client.js';
import { site } from './site.js';

export class Problem extends Error {
  constructor(body) {
    super(body.detail || body.title || 'The server could not answer. Try again.');
    this.body = body;
  }
}

/* A network with a sign-in page, or a proxy, answers with a page of its own. */
const isPage = ({ headers }) => (headers.get('Content-Type') || '').startsWith('text/html');

async function answer(response) {
  if (response.ok && isPage(response))
    throw new Problem({
      title: 'not the server',
      detail: 'A web page came instead of an answer. If your network has a sign-in page, sign in.',
    });
  if (response.ok) return response;
  let body = { title: `The server answered ${response.status}.` };
  try {
    body = await response.json();
  } catch {
    /* the answer is not a problem of this API, so only its status is known */
  }
  throw new Problem(body);
}

const PATIENCE_MS = 15000; /* a slower server counts as unreachable */

async function ask(path, options) {
  if (!site.server)
    throw new Problem({ title: 'no planner', detail: planner.reason() || 'This needs a server.' });
  let response;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const stop = () => patience.abort();
  if (options.signal) options.signal.addEventListener('abort', stop);
  try {
    response = await fetch(path, { ...options, signal: patience.signal });
  } catch (error) {
    if (options.signal && options.signal.aborted) throw error;
    throw new Problem({
      title: 'offline',
      detail: 'The server cannot be reached. Your day is safe in this browser.',
    });
  } finally {
    clearTimeout(timer);
  }
  return answer(response);
}

/* Sends the request to the worker if it should answer; otherwise calls `otherwise`. */
async function askHere(question, otherwise) {
  if (!(await planner.shouldAnswer())) return otherwise();
  const { value, problem } = await planner.answer(question);
  if (problem) throw new Problem(problem);
  return value;
}

export const get = (path, parameters = {}, signal) =>
  askHere({ path, parameters, signal }, async () => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters))
      for (const one of [value].flat())
        if (one !== '' && one !== undefined && one !== null) query.append(name, one);
    const text = query.toString();
    return (await ask(text ? `${path}?${text}` : path, { signal })).json();
  });

async function send(path, type, body, more = {}) {
  const headers = { 'Content-Type': type, ...more.headers };
  return ask(path, { method: 'POST', headers, body, signal: more.signal });
}

/* A server expands recurring events with libical, which knows all rules. */
const repeats = (ics) => site.server && /^RRULE|^RDATE/im.test(ics);

/* The agenda of a calendar. */
export function agenda(ics, parameters) {
  const path = '/api/v1/calendar';
  const ofServer = async () =>
    (await send(`${path}?${new URLSearchParams(parameters)}`, 'text/calendar', ics)).json();
  return repeats(ics) ? ofServer() : askHere({ path, parameters, body: ics }, ofServer);
}

/* Matches a playlist with the songs of the catalog. */
export function playlist(bytes) {
  const path = '/api/v1/playlist';
  return askHere({ path, body: bytes }, async () =>
    (await send(path, 'application/octet-stream', bytes)).json(),
  );
}

const PLAN = 'application/vnd.musicsched.request+json';

/* The user's own songs are only in this browser, so the worker plans. */
const needsServer = (request) =>
  !planner.ownSongs() && (request.calendars || []).some(({ ics }) => repeats(ics));

/* {schedule, plan, diagnostics, lines} */
export function schedule(request, signal) {
  const path = '/api/v1/schedule';
  const ofServer = async () => {
    const headers = { Accept: 'application/vnd.musicsched.result+json' };
    return (await send(path, PLAN, JSON.stringify(request), { signal, headers })).json();
  };
  return needsServer(request) ? ofServer() : askHere({ path, body: request, signal }, ofServer);
}

export function calendar(request, alarm) {
  const parameters = { cancelled: 'true', calendar_name: 'musicsched' };
  if (alarm) parameters.alarm = alarm;
  const ofServer = async () => {
    const path = `/api/v1/schedule?${new URLSearchParams(parameters)}`;
    const headers = { Accept: 'text/calendar' };
    return (await send(path, PLAN, JSON.stringify(request), { headers })).text();
  };
  return needsServer(request)
    ? ofServer()
    : askHere({ path: '/api/v1/schedule.ics', parameters, body: request }, ofServer);
}

/* The plan of a request as plan text, with what calendars and a history add to it. */
export function planText(request) {
  const ofServer = async () => {
    const headers = { Accept: 'text/vnd.musicsched.plan' };
    return (await send('/api/v1/schedule', PLAN, JSON.stringify(request), { headers })).text();
  };
  const question = { path: 'plan text', body: request };
  return needsServer(request) ? ofServer() : askHere(question, ofServer);
}

/* {path, signed}: the address at which calendar programs can subscribe to the day. */
export async function feed(request, alarm) {
  const query = new URLSearchParams({ calendar_name: 'musicsched' });
  for (const [name, value] of [
    ['date', request.date],
    ['timezone', request.timezone],
    ['alarm', alarm],
  ])
    if (value) query.set(name, value);
  return (await send(`/api/v1/feed?${query}`, 'text/plain', request.text || '')).json();
}
