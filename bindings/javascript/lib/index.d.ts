// Types of the package musicsched. Times in results are strings as in docs/formats.md; lengths are
// in seconds.

export type Count = "entries" | "tracks" | "recordings";
export type TimeUnit = "year" | "decade" | "month" | "year_month";
export type GroupKey = "all" | "genre" | "subgenre" | "artist" | "playlist" | TimeUnit;
export type Feature =
  | "danceability"
  | "energy"
  | "key"
  | "loudness"
  | "mode"
  | "speechiness"
  | "acousticness"
  | "instrumentalness"
  | "liveness"
  | "valence"
  | "tempo"
  | "duration_ms";

/** Which rows to use. A row must match every property, and one value of a list. */
export interface Filter {
  genre?: string | string[];
  subgenre?: string | string[];
  artist?: string | string[];
  /** by name or id */
  playlist?: string | string[];
  /** first and last year of release; undefined: no limit */
  years?: [number?, number?];
  popularity?: [number?, number?];
  features?: Partial<Record<Feature, [number | undefined, number | undefined]>>;
  excludeZero?: boolean;
  /** leave out dates of 1 January, which are mostly placeholders for a year */
  excludeJanuaryFirst?: boolean;
  /** let a name that is not in the catalog match nothing; otherwise, it is an error */
  allowUnknown?: boolean;
}

export interface Song {
  rank: number;
  track_id: string;
  title: string;
  artist: string;
  /** 0 to 100; null: unknown */
  popularity: number | null;
  duration_ms: number | null;
  album?: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD, as far as known */
  release_date?: string;
}

export interface Hit extends Song {
  match: "exact" | "words" | "prefix" | "typo";
  /** 0 to 1 */
  score: number;
}

/** Statistics of popularity; null if there are too few songs for a value. */
export interface Group {
  key: string;
  label: string;
  n: number;
  sum: number;
  mean: number | null;
  /** of the sample, with divisor n - 1 */
  sd: number | null;
  /** 95 % interval of the mean (Student's t) */
  ci95_low: number | null;
  ci95_high: number | null;
  min: number | null;
  q1: number | null;
  median: number | null;
  q3: number | null;
  max: number | null;
  zeros: number;
  zero_share: number | null;
}

/**
 * Tests of whether popularity depends on the group; they take songs as independent. f is null where
 * no value varies within its group; p is then 0.
 */
export interface GroupTest {
  group_count: number;
  n: number;
  /** of a one-way analysis of variance */
  f: number | null;
  df_between: number;
  df_within: number;
  p: number;
  /** share of the variance between the groups, 0 to 1 */
  eta_squared: number;
  kruskal_h: number;
  kruskal_p: number;
}

export interface Bin {
  bin: number;
  low: number;
  high: number;
  n: number;
  zeros: number;
}

export interface Correlation {
  feature: Feature;
  n: number;
  /** Pearson's correlation */
  r: number | null;
  r_ci95_low: number | null;
  r_ci95_high: number | null;
  slope: number | null;
  feature_mean: number | null;
  feature_sd: number | null;
  /** of r = 0, by Student's t with n - 2 degrees of freedom */
  p: number | null;
}

/** A message about a line of a plan text. */
export interface Diagnostic {
  severity: "error" | "warning" | "note";
  /** 1-based; 0: the whole plan */
  line: number;
  /** 1-based, in characters */
  column: number;
  code: string;
  message: string;
  repair: string;
  candidates: string[];
  /** a range of the text and its possible replacements, the best first; false: none is known */
  edit: false | { line: number; column: number; endColumn: number; texts: string[] };
}

/** An error of the library. */
export class MusicschedError extends Error {
  /** such as MSCHED_ERROR_VALUE */
  readonly code: string;
  /** position in the input, 1-based; 0: does not apply */
  readonly line: number;
  readonly column: number;
  /** for a plan text: all messages about it */
  readonly diagnostics?: Diagnostic[];
}

/** An object in the library's memory, freed with its JavaScript object or by close(). */
interface Handle {
  close(): void;
  [Symbol.dispose](): void;
}

export interface CatalogOptions {
  /** name in messages; without a playlist column, also the name of the playlist */
  name?: string;
  /** one ASCII character; default: detected */
  delimiter?: string;
  /** headers of columns with other names: {track_artist: "Interpreter"} */
  columns?: Record<string, string>;
  /** leave out rows that cannot be read, even if they are most of the file, or with strict */
  skipBadRows?: boolean;
  /** refuse a file that needs assumptions */
  strict?: boolean;
  /** length of songs of unknown length */
  defaultDurationMs?: number;
  /** of a file that is not UTF-8, for example "GB18030" or "CP1251"; default: detected */
  encoding?: string;
}

export interface CatalogInfo {
  entries: number;
  tracks: number;
  recordings: number;
  artists: number;
  albums: number;
  playlists: number;
  genres: number;
  subgenres: number;
  rowsSkipped: number;
  memoryBytes: number;
  unreadableCells: number;
  conflicts: number;
  assumptions: number;
}

/** Songs. Immutable. */
export interface Catalog extends Handle {
  readonly info: CatalogInfo;
  /** how the file was read: columns, units and assumptions (docs/song-files.md) */
  report(): object;
  reportText(): string;
  /** build the indexes that the first search and the first schedule need */
  prepare(): void;
  /** @throws MusicschedError MSCHED_ERROR_NOT_FOUND */
  track(id: string): object;
  /** the most popular first; default: 10 recordings */
  top(options?: Filter & { limit?: number; count?: Count }): Song[];
  groupBy(
    by: GroupKey,
    options?: Filter & {
      count?: Count;
      order?: "default" | "key" | "mean" | "n";
      minN?: number;
      limit?: number;
    },
  ): Group[];
  /** null where no test is possible: fewer than two groups, or all values equal */
  groupTest(by: GroupKey, options?: Filter & { count?: Count }): GroupTest | null;
  trend(by?: TimeUnit, options?: Filter & { count?: Count }): Group[];
  summary(options?: Filter & { count?: Count }): Group;
  histogram(options?: Filter & { count?: Count; bins?: number }): Bin[];
  correlations(options?: Filter & { count?: Count }): Correlation[];
  /** by title, artist or both; allows typing mistakes unless `typos` is false */
  find(text: string, options?: { limit?: number; typos?: boolean }): Hit[];
  suggest(text: string, options?: { limit?: number }): Hit[];
  /** find the songs of a playlist in the catalog (docs/playlists.md) */
  match(playlist: Bytes, options?: { name?: string; only?: string }): object;
  schedule(plan: Plan, options?: ScheduleOptions): Schedule;
  /**
   * the schedule of each plan, in the same order; close each schedule. After each plan, `progress`
   * is called with the number of plans scheduled and of all plans
   */
  scheduleMany(
    plans: Plan[],
    options?: ScheduleOptions & { progress?: (done: number, total: number) => void },
  ): Schedule[];
}

export interface PlanTextOptions {
  /** catalog in which to look up the songs of the text */
  catalog?: Catalog;
  /** YYYY-MM-DD, if the text has no date */
  date?: string;
  /** time zone, if the text has none */
  timezone?: string;
  /** "14:10", "02:10 (second)" or seconds from midnight; nothing is scheduled before */
  now?: string | number;
  /** skip lines with errors instead of refusing the text; see `diagnostics` */
  lenient?: boolean;
  /** stop searching for misspelled songs after this many milliseconds */
  timeLimitMs?: number;
}

export type State = "open" | "not_started" | "started" | "paused" | "done" | "skipped";

/** A day's to-dos, events and wanted songs. Immutable. */
export interface Plan extends Handle {
  readonly diagnostics: Diagnostic[];
  /**
   * a time of day, or of several days also "2026-11-24T14:10"; a number counts seconds from
   * midnight of the first date; undefined: no current time
   */
  withNow(now?: string | number): Plan;
  /**
   * record the state of a to-do, or of an occurrence in a plan of several days:
   * `mark("gym@2026-11-24", "done")`; times are "14:10" or seconds from midnight of that date,
   * `left` is the seconds that a paused one still needs
   */
  mark(
    id: string,
    state: State,
    options?: { started?: string | number; ended?: string | number; left?: number },
  ): Plan;
  /** wanted: number of the song in the plan, from 0, as in the schedule's entries */
  markSong(wanted: number, state: "open" | "done" | "skipped"): Plan;
  withCalendar(
    calendar: Calendar,
    options?: { music?: boolean; blockAllDay?: boolean; timezone?: string },
  ): { plan: Plan; agenda: object };
  /** at most 32 calendars */
  withCalendars(
    uses: Array<{ calendar: Calendar; music?: boolean; blockAllDay?: boolean; tasks?: boolean }>,
    options?: { timezone?: string },
  ): { plan: Plan; agenda: object };
  /**
   * keep songs out of the fill that a history played within `days` before the plan's date; by
   * default as the plan says, else 7
   */
  avoid(history: Bytes, catalog: Catalog, options?: { days?: number }): Plan;
  /** line of the plan text of each to-do and song, 1-based; 0: not from a plan text */
  readonly lines: { todos: number[]; songs: number[] };
  /** docs/formats.md */
  toJSON(): object;
  /**
   * The plan as plan text (docs/plan-text.md). With `catalog`, songs are written with their titles.
   * @throws MusicschedError if plan text cannot express the plan
   */
  toText(options?: { catalog?: Catalog }): string;
}

/** An iCalendar file. Immutable. */
export interface Calendar extends Handle {}

export interface ScheduleOptions {
  /** varies the choice among equally good songs */
  seed?: number;
  /** units of search; default: 200,000 */
  workLimit?: number;
  /** milliseconds; a result that this limit cuts short is not reproducible */
  timeLimitMs?: number;
  /** earlier schedule; change it as little as possible */
  previous?: Schedule;
  /** count everything that `previous` schedules before the plan's now as done */
  assumeDone?: boolean;
  /** false: no fixes for unscheduled items, which is faster */
  reasons?: boolean;
  /** search for fixes only when `unplaced` or the schedule's text or JSON is read */
  lazyReasons?: boolean;
  /**
   * checked before each plan: `scheduleMany` stops if `progress` aborts it. A call blocks its
   * thread until it returns, so nothing can abort a running call: set `timeLimitMs`
   */
  signal?: AbortSignal;
}

/** The times of a plan's items, with the reason for each unscheduled item. Immutable. */
export interface Schedule extends Handle {
  readonly entries: Array<Record<string, unknown>>;
  readonly unplaced: Array<Record<string, unknown>>;
  readonly status: string;
  /** why the search stopped: "none" if it finished, "work", "time" or "cancel" */
  readonly stop: string;
  /** the value of each level of the objective, and its upper bound */
  readonly bounds: Array<{ level: string; value: number; bound: number }>;
  /** the same bytes as the C library writes */
  readonly json: string;
  /** docs/formats.md */
  toJSON(): Record<string, unknown>;
  /** the day as text */
  toString(): string;
  /**
   * The schedule as iCalendar. timestamp: DTSTAMP as YYYYMMDDTHHMMSSZ; cancelled: include items
   * removed since `previous`; alarmMinutes: add a reminder before each to-do; sequence: added to
   * the SEQUENCE of every event; refreshMinutes: how often a subscribed program should reload it
   */
  toICal(options?: {
    what?: "all" | "todos" | "songs";
    timestamp?: string;
    cancelled?: boolean;
    alarmMinutes?: number;
    sequence?: number;
    refreshMinutes?: number;
    name?: string;
  }): string;
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

export interface Library {
  Catalog: {
    /** @throws MusicschedError with line and column */
    parse(data: Bytes, options?: CatalogOptions): Catalog;
    /** like parse, but also reads a File, a Response or gzip data */
    read(source: Bytes | Blob | Response, options?: CatalogOptions): Promise<Catalog>;
    /**
     * A catalog of the songs of a listening history or, if given, of `catalog`. The popularity of a
     * song, 0 to 100, is how often it was played
     */
    fromHistory(data: Bytes, options?: { name?: string; catalog?: Catalog }): Catalog;
  };
  Plan: {
    /** docs/plan-text.md. @throws MusicschedError with diagnostics */
    parse(text: string, options?: PlanTextOptions): Plan;
    /** the text with every unambiguous correction */
    fix(text: string, options?: PlanTextOptions): string;
    /** docs/formats.md */
    fromJSON(value: object | string): Plan;
  };
  Calendar: {
    parse(data: Bytes, options?: { name?: string }): Calendar;
    agenda(
      calendars: Calendar[],
      options: { date: string; days?: number; timezone?: string },
    ): object;
  };
  Schedule: { fromJSON(value: object | string): Schedule };
  MusicschedError: typeof MusicschedError;
  /** without a catalog, only to-dos get a time */
  schedule(catalog: Catalog | null, plan: Plan, options?: ScheduleOptions): Schedule;
  version: string;
  /** whether recurring events of calendars can be expanded: with ical.js */
  canRecur: boolean;
}

/**
 * Load the library. Each call creates an instance with its own memory.
 * @param source where musicsched.wasm is; default: in the folder of the package's files
 */
export function load(
  source?: URL | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module,
  options?: {
    /** the default export of ical.js; default: the module "ical.js"; null: no recurring events */
    ical?: object | null;
  },
): Promise<Library>;
