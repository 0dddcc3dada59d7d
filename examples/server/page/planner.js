/*
 * A worker that runs the library, so that no data leaves the browser. It receives the server's
 * requests as {id, path, parameters, body} and answers with {id, value} or {id, problem}.
 */
import { load } from './musicsched/lib/index.js';
import { site } from './site.js';
import { keptSongs, keepSongs } from './song_store.js';

const TIME_LIMIT_MS = 500; /* for reading and for planning, as on the server */
const NUMBERS = ['limit', 'bins', 'min_n', 'days', 'alarm'];
let library = null,
  songs = null; /* the catalog */

async function siteSongs() {
  const response = await fetch(site.songs);
  if (!response.ok) throw new Error(`The songs of this page cannot be loaded: ${response.status}.`);
  return library.Catalog.read(response, { name: 'songs.csv' });
}

/* Reads a table of songs or a listening history; its plays become the popularity of the songs. */
async function ownSongs({ name, bytes }) {
  let table = null,
    reason = null;
  try {
    table = await library.Catalog.read(bytes, { name });
  } catch (error) {
    reason = error;
  }
  if (typeof table?.top({ limit: 1 })[0]?.popularity === 'number') return table;
  /* A history in CSV is also a table of songs, without popularity. */
  try {
    const played = library.Catalog.fromHistory(bytes, { name });
    if (played.info.tracks) {
      table?.close();
      return played;
    }
    played.close();
  } catch {
    /* not a history */
  }
  if (table) return table;
  throw reason;
}

async function start() {
  const { default: ical } = site.recurrence ? await import(site.recurrence) : { default: null };
  library = await load(undefined, { ical });
  const own = await keptSongs();
  songs = own ? await ownSongs(own) : await siteSongs();
  songs.prepare();
}

const started = start();

/* The names of the library for the parameters of the server. */
function options(parameters, names) {
  const taken = {};
  for (const [name, as = name] of names) {
    const value = parameters[name];
    if (value === undefined || value === null || value === '') continue;
    taken[as] = NUMBERS.includes(name) ? Number(value) : value;
  }
  return taken;
}

function filter(parameters) {
  const year = (value) => (value ? Number(value) : undefined);
  return {
    ...options(parameters, [['genre'], ['count'], ['limit']]),
    years: [year(parameters.year_min), year(parameters.year_max)],
    excludeZero: parameters.exclude_zero === 'true',
    excludeJanuaryFirst: parameters.exclude_january_first === 'true',
  };
}

function catalog() {
  const { entries, rowsSkipped, memoryBytes, ...rest } = songs.info;
  return { ...rest, rows: entries, report: songs.report() };
}

function search({ q, mode, limit }) {
  const find = mode === 'suggest' ? 'suggest' : 'find';
  return { songs: songs[find](q, { limit: Number(limit) || 10 }) };
}

const groups = (parameters, by, order) => ({
  count: parameters.count || 'tracks',
  groups: songs.groupBy(parameters.by || by, { ...filter(parameters), order }),
  test: songs.groupTest(parameters.by || by, filter(parameters)),
});

function agenda({ date, days, timezone, name }, ics) {
  const calendar = library.Calendar.parse(ics, { name });
  try {
    return library.Calendar.agenda([calendar], {
      ...options({ date, days, timezone }, [['date'], ['days'], ['timezone']]),
    });
  } finally {
    calendar.close();
  }
}

/* Messages in the form of the server. */
const messages = (diagnostics) =>
  diagnostics.map(({ candidates, edit, ...rest }) => ({
    ...rest,
    ...(candidates.length ? { candidates } : {}),
    ...(edit
      ? {
          edit: {
            line: edit.line,
            column: edit.column,
            end_column: edit.endColumn,
            texts: edit.texts,
          },
        }
      : {}),
  }));

/* The plan of a request, with its calendars and avoided songs. `keep` closes objects later. */
function planOf(asked, keep) {
  let plan = keep(
    library.Plan.parse(asked.text, {
      ...options(asked, [['date'], ['timezone']]),
      now: asked.now && asked.now.includes('T') ? undefined : asked.now || undefined,
      catalog: songs,
      lenient: true,
      timeLimitMs: TIME_LIMIT_MS,
    }),
  );
  const { diagnostics } = plan;
  if (asked.now && asked.now.includes('T')) plan = keep(plan.withNow(asked.now));
  let left = null;
  if (asked.calendars && asked.calendars.length) {
    const uses = asked.calendars.map(({ name, ics, music }) => ({
      calendar: keep(library.Calendar.parse(ics, name ? { name } : {})),
      music,
    }));
    const more = plan.withCalendars(uses, options(asked, [['timezone']]));
    plan = keep(more.plan);
    left = more.agenda;
  }
  if (asked.history) plan = keep(plan.avoid(asked.history, songs, { days: asked.avoid_days }));
  return { plan, diagnostics, agenda: left };
}

/* Calls `write` with the plan of a request and `keep`, then closes everything. */
function withPlan(asked, write) {
  const open = [];
  const keep = (one) => {
    open.push(one);
    return one;
  };
  try {
    return write(planOf(asked, keep), keep);
  } finally {
    for (const one of open) one.close();
  }
}

/* Calls `write` with the schedule of a request and its plan. */
const withSchedule = (asked, write) =>
  withPlan(asked, (made, keep) => {
    const previous = asked.previous ? keep(library.Schedule.fromJSON(asked.previous)) : undefined;
    const schedule = keep(songs.schedule(made.plan, { previous, timeLimitMs: TIME_LIMIT_MS }));
    return write(schedule, made);
  });

const result = (asked) =>
  withSchedule(asked, (schedule, { plan, diagnostics, agenda: left }) => ({
    schedule: schedule.toJSON(),
    plan: plan.toJSON(),
    ...(left ? { agenda: left } : {}),
    diagnostics: messages(diagnostics),
    lines: plan.lines,
  }));

/* "20261124T060000Z" */
const stamp = () => `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const calendar = (asked, { alarm, calendar_name: name }) =>
  withSchedule(asked, (schedule) =>
    schedule.toICal({
      timestamp: stamp(),
      cancelled: true,
      name,
      ...options({ alarm }, [['alarm', 'alarmMinutes']]),
    }),
  );

const planText = (asked) =>
  withPlan(asked, ({ plan }) => plan.toText({ catalog: songs }));

async function takeSongs({ name, bytes }) {
  if (bytes === null) {
    const others = await siteSongs();
    songs.close();
    songs = others;
    await keepSongs(null);
  } else {
    const own = await ownSongs({ name, bytes });
    if (!own.info.tracks) {
      own.close();
      throw new Error('this file has no songs, so the songs stay as they are');
    }
    songs.close();
    songs = own;
    await keepSongs({ name, bytes });
  }
  songs.prepare();
  return catalog();
}

const ANSWERS = {
  '/api/v1/catalog': catalog,
  '/api/v1/songs': search,
  '/api/v1/popularity/top': (p) => ({ songs: songs.top(filter(p)) }),
  '/api/v1/popularity/groups': (p) => groups(p, 'genre'),
  '/api/v1/popularity/trend': (p) => groups(p, 'year', 'key'),
  '/api/v1/popularity/histogram': (p) => {
    const { limit, ...rest } = filter(p);
    return { bins: songs.histogram({ ...rest, ...options(p, [['bins']]) }) };
  },
  '/api/v1/popularity/correlations': (p) => {
    const { limit, ...rest } = filter(p);
    return { features: songs.correlations(rest) };
  },
  '/api/v1/calendar': agenda,
  '/api/v1/playlist': (_, bytes) => songs.match(bytes),
  '/api/v1/schedule': (_, asked) => result(asked),
  '/api/v1/schedule.ics': (parameters, asked) => calendar(asked, parameters),
  'plan text': (_, asked) => planText(asked),
  'own songs': (_, taken) => takeSongs(taken),
};

/* A page does not name files by their paths, so the advice to do it is left out. */
const forPage = (text) => text.replace(/, which is read only from [^:]*: name [^,]*, or /, ': ');

/* Converts an error of the library to a problem of the server. */
function problemOf(error) {
  const refused = library && error instanceof library.MusicschedError;
  return {
    title: 'refused',
    detail: forPage(error.message),
    ...(refused ? { code: error.code, line: error.line, column: error.column } : {}),
    ...(error.diagnostics ? { diagnostics: messages(error.diagnostics) } : {}),
  };
}

self.addEventListener('message', async ({ data: { id, path, parameters, body } }) => {
  try {
    await started;
    self.postMessage({ id, value: await ANSWERS[path](parameters, body) });
  } catch (error) {
    self.postMessage({ id, problem: problemOf(error) });
  }
});
started.then(
  () => self.postMessage({ ready: true }),
  (error) => self.postMessage({ failed: error.message }),
);
