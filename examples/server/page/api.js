/* Calls to the server. A problem comes back as a thrown Problem with what the server said. */

export class Problem extends Error {
  constructor(body) {
    super(body.detail || body.title || 'The server could not answer.');
    this.body = body;
  }
}

async function answer(response) {
  if (response.ok) return response;
  let body = { title: `The server answered ${response.status}.` };
  try {
    body = await response.json();
  } catch {
    /* not one of ours: the status says what there is to say */
  }
  throw new Problem(body);
}

const PATIENCE_MS = 15000; /* a server that takes longer is as good as gone */

async function ask(path, options) {
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

export async function get(path, parameters = {}, signal) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat())
      if (one !== '' && one !== undefined && one !== null) query.append(name, one);
  const text = query.toString();
  return (await ask(text ? `${path}?${text}` : path, { signal })).json();
}

/* The agenda of a calendar. */
export async function agenda(ics, parameters) {
  const headers = { 'Content-Type': 'text/calendar' };
  return (
    await ask(`/api/v1/calendar?${new URLSearchParams(parameters)}`, {
      method: 'POST',
      headers,
      body: ics,
    })
  ).json();
}

/* Which songs of the catalog a playlist means. */
export async function playlist(bytes) {
  const headers = { 'Content-Type': 'application/octet-stream' };
  return (await ask('/api/v1/playlist', { method: 'POST', headers, body: bytes })).json();
}

async function post(request, accept, signal, query = '') {
  return ask(`/api/v1/schedule${query}`, {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/vnd.musicsched.request+json', Accept: accept },
    body: JSON.stringify(request),
  });
}

/* {schedule, plan, diagnostics, lines} */
export const schedule = async (request, signal) =>
  (await post(request, 'application/vnd.musicsched.result+json', signal)).json();

export const calendar = async (request, alarm) => {
  const query = new URLSearchParams({ cancelled: 'true', calendar_name: 'musicsched' });
  if (alarm) query.set('alarm', alarm);
  return (await post(request, 'text/calendar', undefined, `?${query}`)).text();
};

/* {path, signed}: where a calendar program finds the day of the text. */
export async function feed(request, alarm) {
  const query = new URLSearchParams({ calendar_name: 'musicsched' });
  for (const [name, value] of [
    ['date', request.date],
    ['timezone', request.timezone],
    ['alarm', alarm],
  ])
    if (value) query.set(name, value);
  const headers = { 'Content-Type': 'text/plain' };
  return (
    await ask(`/api/v1/feed?${query}`, { method: 'POST', headers, body: request.text || '' })
  ).json();
}
