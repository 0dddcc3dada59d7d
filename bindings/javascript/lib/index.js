// musicsched: schedules to-dos and music to the second, and analyzes what makes songs popular.

import { Core, MusicschedError } from "./core.js";

export { MusicschedError };

const COUNTS = ["entries", "tracks", "recordings"];
const GROUPS = [
  "all",
  "genre",
  "subgenre",
  "artist",
  "playlist",
  "year",
  "decade",
  "month",
  "year_month",
];
const ORDERS = ["default", "key", "mean", "n"];
const PARTS = ["all", "todos", "songs"];
const SEVERITIES = ["error", "warning", "note"];
const FIGURES = [
  "entries",
  "tracks",
  "recordings",
  "artists",
  "albums",
  "playlists",
  "genres",
  "subgenres",
  "rowsSkipped",
  "memoryBytes",
  "unreadableCells",
  "conflicts",
  "assumptions",
];
const FILTERS = [
  "genre",
  "subgenre",
  "artist",
  "playlist",
  "years",
  "popularity",
  "features",
  "excludeZero",
  "excludeJanuaryFirst",
  "allowUnknown",
];

function onlyKnown(options, known) {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(`options: expected an object with ${known.join(", ")}`);
  for (const name of Object.keys(options)) {
    if (!known.includes(name))
      throw new TypeError(`there is no option ${name}; there are ${known.join(", ")}`);
  }
}

function choose(what, value, names) {
  if (value === undefined) return undefined;
  const index = names.indexOf(value);
  if (index < 0) throw new TypeError(`${what}: "${value}" is not one of ${names.join(", ")}`);
  return index;
}

function whole(what, value) {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || value < 0 || value > 0xffffffff)
    throw new RangeError(`${what}: ${value} is not a whole number from 0 to 4294967295`);
  return value;
}

/** A whole number that JavaScript and the library both hold exactly. */
function counted(what, value) {
  if (value === undefined || value === null) return undefined;
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${what}: ${value} is not a whole number from 0 to 9007199254740991`);
  return value;
}

function list(value) {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : [value];
}

/** Check a pair [low, high], either of which can be omitted. */
function range(what, value) {
  if (value === undefined || value === null) return [];
  const fits = (bound) => (typeof bound === "number" ? !Number.isNaN(bound) : bound == null);
  if (Array.isArray(value) && value.length <= 2 && value.every(fits)) return value;
  throw new TypeError(`${what}: expected two numbers, [low, high]`);
}

function ranges(features) {
  return Object.fromEntries(
    Object.entries(features ?? {}).map(([name, value]) => [name, range(name, value)]),
  );
}

function delimiterCode(value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && value.length === 1) return value.charCodeAt(0);
  throw new TypeError('delimiter: expected one character, for example ";"');
}

/** The columns as the library reads them: COLUMN=HEADER. */
function columnNames(columns) {
  if (columns === undefined || columns === null) return [];
  if (typeof columns !== "object" || Array.isArray(columns))
    throw new TypeError('columns: expected an object, for example {track_artist: "Artist Name"}');
  return Object.entries(columns).map(([name, header]) => `${name}=${header}`);
}

// In the order of the library's numbers.
const STATES = ["open", "not_started", "started", "paused", "done", "skipped"];

const SECOND_TIME = 0x1000000; // MSCHED_TIME_SECOND

/** "14:10", "14:10:30", "02:10 (second)" or seconds since midnight. */
function timeOfDay(value, what = "now") {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return whole(what, value);
  const found = /^(\d{1,2}):(\d\d)(?::(\d\d))?( \(second\))?$/.exec(value);
  if (!found || Number(found[2]) > 59 || Number(found[3] ?? 0) > 59)
    throw new TypeError(`${what}: "${value}" is not a time of day such as 14:10`);
  const time = Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[4] ? time + SECOND_TIME : time;
}

function filterOptions(options) {
  const [yearMin, yearMax] = range("years", options.years);
  const [popularityMin, popularityMax] = range("popularity", options.popularity);
  return {
    genre: list(options.genre),
    subgenre: list(options.subgenre),
    artist: list(options.artist),
    playlist: list(options.playlist),
    yearMin,
    yearMax,
    popularityMin,
    popularityMax,
    features: ranges(options.features),
    excludeZero: options.excludeZero,
    excludeJanuaryFirst: options.excludeJanuaryFirst,
    allowUnknown: options.allowUnknown,
  };
}

function syntaxError(message) {
  return new MusicschedError(message, { code: "MSCHED_ERROR_SYNTAX", line: 0, column: 0 });
}

function toBytes(data) {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data))
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new TypeError("data: expected a string, an ArrayBuffer or a Uint8Array");
}

/** The host decompresses the bytes of a .gz file; other bytes are unchanged. */
async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw syntaxError("the gzip file is damaged or incomplete: get it again");
  }
}

const SAVED_CATALOG = [0x89, 0x4d, 0x53, 0x43, 0x41, 0x54]; // its first bytes

/** Refuse a saved catalog: the library maps its file, and the module has no files. */
function refuseSaved(bytes) {
  if (SAVED_CATALOG.every((byte, i) => bytes[i] === byte))
    throw syntaxError(
      "JavaScript cannot open a saved catalog: read the song files that it was made from",
    );
}

function makeClasses(core) {
  // Memory is freed when the JavaScript object is garbage-collected, or at once by close().
  const forgotten = new FinalizationRegistry(({ drop, address }) => core.ask(drop, address));

  class Handle {
    #address;
    #drop;

    constructor(address, drop) {
      this.#address = address;
      this.#drop = drop;
      forgotten.register(this, { drop, address }, this);
    }

    get address() {
      if (this.#address === 0)
        throw new MusicschedError(`the ${this.constructor.name.toLowerCase()} is closed`, {
          code: "MSCHED_ERROR_ARGUMENT",
          line: 0,
          column: 0,
        });
      return this.#address;
    }

    /** Free its memory. Using it afterwards is an error. */
    close() {
      if (this.#address === 0) return;
      forgotten.unregister(this);
      core.ask(this.#drop, this.#address);
      this.#address = 0;
    }
  }
  if (Symbol.dispose)
    Object.defineProperty(Handle.prototype, Symbol.dispose, { value: Handle.prototype.close });

  /** The address of an object of a class; another value would be read as one. */
  function addressOf(what, value, kind) {
    if (value instanceof kind) return value.address;
    throw new TypeError(`${what}: expected a ${kind.name} of this module`);
  }

  function addressOrNone(what, value, kind) {
    return value === undefined || value === null ? 0 : addressOf(what, value, kind);
  }

  class Catalog extends Handle {
    /** @see Catalog.read in index.d.ts */
    static parse(data, options = {}) {
      onlyKnown(options, [
        "name",
        "delimiter",
        "columns",
        "skipBadRows",
        "strict",
        "defaultDurationMs",
        "encoding",
      ]);
      core.setOptions({
        name: options.name,
        delimiter: delimiterCode(options.delimiter),
        column: columnNames(options.columns),
        skipBadRows: options.skipBadRows,
        strict: options.strict,
        defaultDurationMs: whole("defaultDurationMs", options.defaultDurationMs),
        encoding: options.encoding,
      });
      const bytes = toBytes(data);
      refuseSaved(bytes);
      const address = core.withBytes(bytes, (at, size) => core.call("catalog_read", at, size));
      return new Catalog(address, "catalog_free");
    }

    /** Songs of a listening history or catalog; popularity is how often each was played. */
    static fromHistory(data, options = {}) {
      onlyKnown(options, ["name", "catalog"]);
      core.setOptions({ name: options.name });
      const address = core.withBytes(toBytes(data), (at, size) =>
        core.call(
          "catalog_from_history",
          at,
          size,
          addressOrNone("catalog", options.catalog, Catalog),
        ),
      );
      return new Catalog(address, "catalog_free");
    }

    static async read(source, options = {}) {
      const from = source instanceof Response || source instanceof Blob ? source : null;
      const bytes = toBytes(from ? await from.arrayBuffer() : source);
      const name = options.name ?? source.name;
      return Catalog.parse(await unpacked(bytes), { ...options, name });
    }

    get info() {
      const figures = FIGURES.map((name, i) => [name, core.ask("catalog_figure", this.address, i)]);
      if (figures.some(([, figure]) => Number.isNaN(figure)))
        throw new MusicschedError("out of memory", {
          code: "MSCHED_ERROR_MEMORY",
          line: 0,
          column: 0,
        });
      return Object.fromEntries(figures);
    }

    report() {
      core.setOptions({});
      return JSON.parse(core.take("catalog_report", this.address, 1));
    }

    reportText() {
      core.setOptions({});
      return core.take("catalog_report", this.address, 0);
    }

    prepare() {
      core.setOptions({});
      core.call("catalog_prepare", this.address);
    }

    track(id) {
      core.setOptions({});
      return JSON.parse(
        core.withText(id, (at) => core.take("catalog_track", this.address, at), "id"),
      );
    }

    #ask(question, options, more) {
      core.setOptions({
        ...filterOptions(options),
        count: choose("count", options.count, COUNTS),
        ...more,
      });
      return JSON.parse(core.take(question, this.address));
    }

    top(options = {}) {
      onlyKnown(options, ["limit", "count", ...FILTERS]);
      const limit = whole("limit", options.limit);
      return this.#ask("catalog_top", options, { limit }).songs;
    }

    #groups(by, options) {
      onlyKnown(options, ["count", "order", "minN", "limit", ...FILTERS]);
      return this.#ask("catalog_groups", options, {
        by: choose("by", by, GROUPS),
        order: choose("order", options.order, ORDERS),
        minN: whole("minN", options.minN),
        limit: whole("limit", options.limit),
      });
    }

    groupBy(by, options = {}) {
      return this.#groups(by, options).groups;
    }

    groupTest(by, options = {}) {
      onlyKnown(options, ["count", ...FILTERS]);
      return this.#groups(by, { ...options, limit: 1 }).test ?? null;
    }

    trend(by = "year", options = {}) {
      if (!GROUPS.slice(5).includes(by))
        throw new TypeError(`by: "${by}" is not one of ${GROUPS.slice(5).join(", ")}`);
      return this.groupBy(by, { ...options, order: "key" });
    }

    summary(options = {}) {
      return this.groupBy("all", options)[0];
    }

    histogram(options = {}) {
      onlyKnown(options, ["bins", "count", ...FILTERS]);
      return this.#ask("catalog_histogram", options, { bins: whole("bins", options.bins) }).bins;
    }

    correlations(options = {}) {
      onlyKnown(options, ["count", ...FILTERS]);
      return this.#ask("catalog_correlations", options, {}).features;
    }

    #search(text, options, suggest) {
      onlyKnown(options, suggest ? ["limit"] : ["limit", "typos"]);
      core.setOptions({ limit: whole("limit", options.limit), noTypos: options.typos === false });
      return JSON.parse(
        core.withText(text, (at) => core.take("catalog_find", this.address, at, suggest ? 1 : 0)),
      ).songs;
    }

    find(text, options = {}) {
      return this.#search(text, options, false);
    }

    suggest(text, options = {}) {
      return this.#search(text, options, true);
    }

    match(playlist, options = {}) {
      onlyKnown(options, ["name", "only"]);
      core.setOptions(options);
      return JSON.parse(
        core.withBytes(toBytes(playlist), (at, size) =>
          core.take("playlist_match", this.address, at, size),
        ),
      );
    }

    schedule(plan, options = {}) {
      return schedule(this, plan, options);
    }

    scheduleMany(plans, { progress, ...options } = {}) {
      if (!Array.isArray(plans)) throw new TypeError("plans: expected an array of plans");
      return plans.map((plan, index) => {
        const day = schedule(this, plan, options);
        progress?.(index + 1, plans.length);
        return day;
      });
    }
  }

  function readDiagnostics() {
    return Array.from({ length: core.ask("diagnostic_count") }, (_, i) => {
      const number = (which) => core.ask("diagnostic_number", i, which);
      const text = (which) => core.text(core.ask("diagnostic_text", i, which));
      const [candidates, edits] = [number(6), number(7)];
      return {
        severity: SEVERITIES[number(0)],
        line: number(1),
        column: number(2),
        code: text(0),
        message: text(1),
        repair: text(2),
        candidates: Array.from({ length: candidates }, (_, k) => text(3 + k)),
        edit: edits > 0 && {
          line: number(3),
          column: number(4),
          endColumn: number(5),
          texts: Array.from({ length: edits }, (_, k) => text(3 + candidates + k)),
        },
      };
    });
  }

  class Plan extends Handle {
    /** The messages about a plan text; [] for a plan from JSON. */
    diagnostics = [];

    static parse(text, options = {}) {
      onlyKnown(options, ["catalog", "date", "timezone", "now", "lenient", "timeLimitMs"]);
      const { date, timezone, lenient } = options;
      const timeLimitMs = whole("timeLimitMs", options.timeLimitMs);
      core.setOptions({ date, timezone, lenient, timeLimitMs, now: timeOfDay(options.now) });
      try {
        const address = core.withText(text, (at, size) =>
          core.call("plan_parse", at, size, addressOrNone("catalog", options.catalog, Catalog)),
        );
        const plan = new Plan(address, "plan_free");
        plan.diagnostics = readDiagnostics();
        return plan;
      } catch (error) {
        if (error instanceof MusicschedError) error.diagnostics = readDiagnostics();
        throw error;
      }
    }

    /** The text after every edit that has only one replacement. */
    static fix(text, options = {}) {
      try {
        Plan.parse(text, options).close();
      } catch (error) {
        if (!(error instanceof MusicschedError) || error.diagnostics.length === 0) throw error;
      }
      core.setOptions({});
      return core.withText(text, (at, size) => core.take("plan_fix", at, size));
    }

    static fromJSON(value) {
      core.setOptions({});
      const json = typeof value === "string" ? value : JSON.stringify(value);
      return new Plan(
        core.withText(json, (at, size) => core.call("plan_from_json", at, size)),
        "plan_free",
      );
    }

    /** now: a time of day; in a plan of several days also a date and time, "2026-11-24T14:10". */
    withNow(now) {
      core.setOptions({});
      const seconds = this.#secondsOf(now) ?? -1;
      return new Plan(core.call("plan_with_now", this.address, seconds), "plan_free");
    }

    /** Seconds from midnight of the plan's first date. */
    #secondsOf(now) {
      const [, date, time] = /^(\d{4}-\d\d-\d\d)T(.*)$/.exec(now) ?? [];
      if (date === undefined) return timeOfDay(now);
      const days = (Date.parse(date) - Date.parse(this.toJSON().date)) / 86400000;
      if (!(days >= 0)) throw new RangeError(`now: "${now}" is not within the dates of the plan`);
      return days * 86400 + timeOfDay(time);
    }

    /**
     * The plan with the state of a to-do, or of one occurrence, "gym@2026-11-24". Times that are
     * left out come from the previous schedule.
     */
    mark(id, state, options = {}) {
      onlyKnown(options, ["started", "ended", "left"]);
      if (typeof id !== "string") throw new TypeError("id: expected the id of a to-do");
      const which = choose("state", state ?? null, STATES);
      const started = timeOfDay(options.started, "started") ?? -1;
      const ended = timeOfDay(options.ended, "ended") ?? -1;
      const left = whole("left", options.left) ?? -1;
      core.setOptions({});
      return new Plan(
        core.withText(id, (at) =>
          core.call("plan_mark", this.address, at, which, started, ended, left),
        ),
        "plan_free",
      );
    }

    /** The plan with the state of a wanted song: "done" (heard), "skipped" or "open". */
    markSong(wanted, state) {
      const which = choose("state", state ?? null, STATES);
      if (wanted === undefined) throw new TypeError("wanted: expected a number from 0");
      const index = whole("wanted", wanted);
      core.setOptions({});
      return new Plan(core.call("plan_mark_song", this.address, index, which), "plan_free");
    }

    /** The line of each to-do and song in the plan text; 0 if there is none. */
    get lines() {
      const linesOf = (songs) =>
        Array.from({ length: core.ask("plan_count", this.address, songs) }, (_, i) =>
          core.ask("plan_line", this.address, songs, i),
        );
      return { todos: linesOf(0), songs: linesOf(1) };
    }

    /** The plan with the events and to-dos of calendars, and what was left out. */
    withCalendar(calendar, { timezone, ...use } = {}) {
      return this.withCalendars([{ calendar, ...use }], { timezone });
    }

    withCalendars(uses, options = {}) {
      onlyKnown(options, ["timezone"]);
      if (!Array.isArray(uses))
        throw new TypeError("withCalendars: expected an array such as [{calendar}]");
      for (const use of uses) onlyKnown(use, ["calendar", "music", "blockAllDay", "tasks"]);
      core.setOptions(options);
      const words = uses.flatMap(({ calendar, music, blockAllDay, tasks }) => [
        addressOf("calendar", calendar, Calendar),
        Number(Boolean(music)),
        Number(Boolean(blockAllDay)),
        Number(tasks === false),
      ]);
      return core.withBytes(new Uint8Array(4 * words.length + 4), (at) => {
        words.forEach((word, i) => core.setNumber(at + 4 + 4 * i, word));
        const plan = new Plan(
          core.call("plan_add_calendars", this.address, at + 4, uses.length, at),
          "plan_free",
        );
        return { plan, agenda: JSON.parse(core.takeText(core.number(at))) };
      });
    }

    /** The plan with a fill that avoids songs heard in the days before its date. */
    avoid(history, catalog, { days = 0, ...more } = {}) {
      onlyKnown(more, []);
      core.setOptions({ days: whole("days", days), name: "history" });
      const address = core.withBytes(toBytes(history), (at, size) =>
        core.call("plan_avoid", this.address, addressOf("catalog", catalog, Catalog), at, size),
      );
      return new Plan(address, "plan_free");
    }

    toJSON() {
      core.setOptions({});
      return JSON.parse(core.take("plan_to_json", this.address));
    }

    /** The plan as plan text; with its catalog, songs have their titles. */
    toText(options = {}) {
      onlyKnown(options, ["catalog"]);
      core.setOptions({});
      const catalog = addressOrNone("catalog", options.catalog, Catalog);
      return core.take("plan_to_text", this.address, catalog);
    }
  }

  class Calendar extends Handle {
    static parse(data, options = {}) {
      onlyKnown(options, ["name"]);
      core.setOptions(options);
      return new Calendar(
        core.withBytes(toBytes(data), (at, size) => core.call("calendar_read", at, size)),
        "calendar_free",
      );
    }

    static agenda(calendars, options) {
      if (!Array.isArray(calendars))
        throw new TypeError("calendars: expected an array of calendars");
      onlyKnown(options, ["date", "days", "timezone"]);
      core.setOptions(options);
      return core.withBytes(new Uint8Array(4 * calendars.length), (at) => {
        calendars.forEach((one, i) =>
          core.setNumber(at + 4 * i, addressOf("calendar", one, Calendar)),
        );
        return JSON.parse(core.take("agenda", at, calendars.length));
      });
    }
  }

  class Schedule extends Handle {
    #value;

    static fromJSON(value) {
      core.setOptions({});
      const json = typeof value === "string" ? value : JSON.stringify(value);
      return new Schedule(
        core.withText(json, (at, size) => core.call("schedule_from_json", at, size)),
        "schedule_free",
      );
    }

    #write(form, options = {}) {
      core.setOptions(options);
      return core.take("schedule_write", this.address, form);
    }

    /** JSON, the same bytes as the C library writes. */
    get json() {
      return this.#write(0);
    }

    toJSON() {
      this.#value ??= JSON.parse(this.json);
      return this.#value;
    }

    get entries() {
      return this.toJSON().entries;
    }

    get unplaced() {
      return this.toJSON().unplaced;
    }

    get status() {
      return this.toJSON().status;
    }

    /** Why the search stopped: "none" if it finished, otherwise "work", "time" or "cancel". */
    get stop() {
      return this.toJSON().objective?.stop ?? "none";
    }

    /** The value reached at each level of the objective, and the upper bound. */
    get bounds() {
      const reached = this.toJSON().objective;
      const levels = (from) => [
        ["tasks_1", from.tasks_placed[0]],
        ["must_songs", from.must_songs],
        ...[1, 2, 3].map((i) => [`tasks_${i + 1}`, from.tasks_placed[i]]),
        ["song_weight", from.song_weight],
        ["fill_s", from.fill_s],
      ];
      if (reached?.bound === undefined) return [];
      const most = levels(reached.bound);
      return levels(reached).map(([level, value], i) => ({ level, value, bound: most[i][1] }));
    }

    toString() {
      return this.#write(1);
    }

    toICal(options = {}) {
      onlyKnown(options, [
        "what", "timestamp", "cancelled", "alarmMinutes", "name", "sequence", "refreshMinutes",
      ]);
      const { timestamp, cancelled, name } = options;
      const alarm = whole("alarmMinutes", options.alarmMinutes);
      return this.#write(2, {
        what: choose("what", options.what, PARTS),
        timestamp,
        cancelled,
        name,
        alarm: alarm !== undefined,
        alarmS: alarm === undefined ? 0 : 60 * alarm,
        sequence: whole("sequence", options.sequence),
        refreshS: 60 * (whole("refreshMinutes", options.refreshMinutes) ?? 0),
      });
    }
  }

  function schedule(catalog, plan, options = {}) {
    onlyKnown(options, [
      "seed",
      "workLimit",
      "timeLimitMs",
      "previous",
      "assumeDone",
      "reasons",
      "lazyReasons",
      "signal",
    ]);
    options.signal?.throwIfAborted();
    core.setOptions({
      seed: counted("seed", options.seed),
      workLimit: counted("workLimit", options.workLimit),
      timeLimitMs: whole("timeLimitMs", options.timeLimitMs),
      noReasons: options.reasons === false,
      lazyReasons: options.lazyReasons,
      assumeDone: options.assumeDone,
    });
    const address = core.call(
      "schedule_build",
      addressOrNone("catalog", catalog, Catalog),
      addressOf("plan", plan, Plan),
      addressOrNone("previous", options.previous, Schedule),
    );
    return new Schedule(address, "schedule_free");
  }

  return {
    Calendar,
    Catalog,
    Plan,
    Schedule,
    MusicschedError,
    schedule,
    version: core.text(core.ask("library_version")),
    /** Whether recurring events of calendars can be expanded. */
    canRecur: core.ask("calendar_can_recur") === 1,
  };
}

/** Also works if the host serves .wasm files with another media type. */
async function compileResponse(response) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.headers.get("Content-Type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof Response) return compileResponse(source);
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source))
    return WebAssembly.compile(source);
  if (source.protocol !== "file:") return compileResponse(await fetch(source));
  const { readFile } = await import("node:fs/promises");
  return WebAssembly.compile(await readFile(source));
}

/** ical.js, if the host finds it. */
async function findIcal() {
  try {
    return (await import("ical.js")).default;
  } catch {
    return null; // a page without a bundler, or a project that left the dependency out
  }
}

/**
 * Load the library. Each call creates an instance with its own memory.
 * @param source where musicsched.wasm is: a URL, a Response, its bytes or a compiled module
 * @param options {ical}: the default export of ical.js, or null to leave out recurring events
 */
export async function load(
  source = new URL("../musicsched.wasm", import.meta.url),
  options = {},
) {
  onlyKnown(options, ["ical"]);
  const { ical = await findIcal() } = options;
  return makeClasses(new Core(await compile(source), ical));
}
