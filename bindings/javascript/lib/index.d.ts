// Types of the package musicsched. Times in results are texts as in docs/formats.md, lengths
// seconds.

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

/** Which rows take part. Texts of one kind are joined by "or", kinds by "and". */
export interface Filter {
  genre?: string | string[];
  subgenre?: string | string[];
  artist?: string | string[];
  /** by name or id */
  playlist?: string | string[];
  /** first and last year of release; undefined: no limit on that side */
  years?: [number?, number?];
  popularity?: [number?, number?];
  features?: Partial<Record<Feature, [number | undefined, number | undefined]>>;
  excludeZero?: boolean;
  /** leave out dates of 1 January, which mostly stand for a year */
  excludeJanuaryFirst?: boolean;
  /** a name that the catalog does not have matches nothing instead of being an error */
  allowUnknown?: boolean;
}

export interface Song {
  rank: number;
  track_id: string;
  title: string;
  artist: string;
  /** 0 to 100; null: not known */
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

/** Statistics of popularity; null where there are too few songs for one. */
export interface Group {
  key: string;
  label: string;
  n: number;
  sum: number;
  mean: number | null;
  /** of the sample, divisor n - 1 */
  sd: number | null;
  /** Student's t interval of the mean */
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
  /** Pearson's */
  r: number | null;
  r_ci95_low: number | null;
  r_ci95_high: number | null;
  slope: number | null;
  feature_mean: number | null;
  feature_sd: number | null;
}

/** What is said about a line of a plan text. */
export interface Diagnostic {
  severity: "error" | "warning" | "note";
  /** 1-based; 0: the plan as a whole */
  line: number;
  /** 1-based, in characters */
  column: number;
  code: string;
  message: string;
  repair: string;
  candidates: string[];
  /** a range of the text and what may replace it, best first; false: nothing is known */
  edit: false | { line: number; column: number; endColumn: number; texts: string[] };
}

/** What the library refuses. */
export class MusicschedError extends Error {
  /** such as MSCHED_ERROR_VALUE */
  readonly code: string;
  /** place in the input, 1-based; 0: does not apply */
  readonly line: number;
  readonly column: number;
  /** of a plan text: everything that was said about it */
  readonly diagnostics?: Diagnostic[];
}

/** An object in the memory of the library, dropped with its JavaScript object, or by close(). */
interface Handle {
  close(): void;
  [Symbol.dispose](): void;
}

export interface CatalogOptions {
  /** in messages and, without a playlist column, of the playlist */
  name?: string;
  /** one ASCII character; found out otherwise */
  delimiter?: string;
  /** columns that the file names otherwise: {track_artist: "Interpreter"} */
  columns?: Record<string, string>;
  /** leave out rows that cannot be read even where they are most of the file, or with strict */
  skipBadRows?: boolean;
  /** refuse what would have to be assumed */
  strict?: boolean;
  /** of songs whose length is not known */
  defaultDurationMs?: number;
  /** "GB18030", "CP1251" .. where the text is not UTF-8; found out otherwise */
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
  /** how the file was read: columns, units, what was assumed (docs/song-files.md) */
  report(): object;
  reportText(): string;
  /** build now what the first search and the first schedule need */
  prepare(): void;
  /** @throws MusicschedError MSCHED_ERROR_NOT_FOUND */
  track(id: string): object;
  /** most popular first; 10 recordings unless said otherwise */
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
  trend(by?: TimeUnit, options?: Filter & { count?: Count }): Group[];
  summary(options?: Filter & { count?: Count }): Group;
  histogram(options?: Filter & { count?: Count; bins?: number }): Bin[];
  correlations(options?: Filter & { count?: Count }): Correlation[];
  /** by title, artist or both, with typing mistakes unless `typos` is false */
  find(text: string, options?: { limit?: number; typos?: boolean }): Hit[];
  suggest(text: string, options?: { limit?: number }): Hit[];
  /** which songs of the catalog a playlist means (docs/playlists.md) */
  match(playlist: Bytes, options?: { name?: string; only?: string }): object;
  schedule(plan: Plan, options?: ScheduleOptions): Schedule;
  /** the schedule of each plan, in their order; close each */
  scheduleMany(plans: Plan[], options?: ScheduleOptions): Schedule[];
}

export interface PlanTextOptions {
  /** songs of the text are looked up here */
  catalog?: Catalog;
  /** YYYY-MM-DD, of a text that names none */
  date?: string;
  /** of a text that names none */
  timezone?: string;
  /** "14:10", "02:10 (second)" or seconds from midnight: nothing is placed before */
  now?: string | number;
  /** leave out lines with an error instead of refusing the text; see `diagnostics` */
  lenient?: boolean;
  /** After so many milliseconds, misspelled songs are no longer searched for. */
  timeLimitMs?: number;
}

/** A day's to-dos, events and wanted songs. Immutable. */
export interface Plan extends Handle {
  readonly diagnostics: Diagnostic[];
  /** undefined: none */
  withNow(now?: string | number): Plan;
  withCalendar(
    calendar: Calendar,
    options?: { music?: boolean; blockAllDay?: boolean; timezone?: string },
  ): { plan: Plan; agenda: object };
  /** at most 32 calendars */
  withCalendars(
    uses: Array<{ calendar: Calendar; music?: boolean; blockAllDay?: boolean; tasks?: boolean }>,
    options?: { timezone?: string },
  ): { plan: Plan; agenda: object };
  /** the fill takes no song that a listening history has in the days (7) before the plan's date */
  avoid(history: Bytes, catalog: Catalog, options?: { days?: number }): Plan;
  /** where each to-do and song stands in the plan text, from 1; 0: it is not from there */
  readonly lines: { todos: number[]; songs: number[] };
  /** docs/formats.md */
  toJSON(): object;
  /**
   * docs/plan-text.md; with the catalog that it will be read with, songs have their titles. What
   * plan text has no words for is refused.
   */
  toText(options?: { catalog?: Catalog }): string;
}

/** An iCalendar file. Immutable. */
export interface Calendar extends Handle {}

export interface ScheduleOptions {
  /** varies songs that fit equally */
  seed?: number;
  /** units of search; 200,000 unless said otherwise */
  workLimit?: number;
  /** results that it cut short are not reproducible */
  timeLimitMs?: number;
  /** change as little of this as possible */
  previous?: Schedule;
  /** what `previous` has before the plan's now was done as planned */
  assumeDone?: boolean;
  /** false: no fixes for what has no place, which is faster */
  reasons?: boolean;
  /** seek fixes only when `unplaced` or the schedule's text or JSON is read */
  lazyReasons?: boolean;
  /** looked at before the work begins; a schedule takes less than a millisecond mostly */
  signal?: AbortSignal;
}

/** Times of everything, and why something has none. Immutable. */
export interface Schedule extends Handle {
  readonly entries: Array<Record<string, unknown>>;
  readonly unplaced: Array<Record<string, unknown>>;
  readonly status: string;
  /** why the search ended: "none" where it was finished, "work", "time" or "cancel" */
  readonly stop: string;
  /** what was reached at each level of the objective, and what no schedule exceeds */
  readonly bounds: Array<{ level: string; value: number; bound: number }>;
  /** the same bytes as the C library writes */
  readonly json: string;
  /** docs/formats.md */
  toJSON(): Record<string, unknown>;
  /** the day as text */
  toString(): string;
  /**
   * iCalendar; timestamp: DTSTAMP as YYYYMMDDTHHMMSSZ; cancelled: also what `previous` had and this
   * one lacks; alarmMinutes: a reminder so long before each to-do
   */
  toICal(options?: {
    what?: "all" | "todos" | "songs";
    timestamp?: string;
    cancelled?: boolean;
    alarmMinutes?: number;
    name?: string;
  }): string;
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

export interface Library {
  Catalog: {
    /** @throws MusicschedError with line and column */
    parse(data: Bytes, options?: CatalogOptions): Catalog;
    /** as parse; also a File or a Response, and packed by gzip */
    read(source: Bytes | Blob | Response, options?: CatalogOptions): Promise<Catalog>;
  };
  Plan: {
    /** docs/plan-text.md. @throws MusicschedError with diagnostics */
    parse(text: string, options?: PlanTextOptions): Plan;
    /** the text with every edit made that leaves no choice */
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
  /** without a catalog only to-dos get a time */
  schedule(catalog: Catalog | null, plan: Plan, options?: ScheduleOptions): Schedule;
  version: string;
  /** whether recurring events of calendars can be expanded */
  canRecur: boolean;
}

/**
 * Load the library. Each call makes an instance with memory of its own.
 * @param source where musicsched.wasm is; beside the package's files unless said otherwise
 */
export function load(
  source?: URL | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module,
): Promise<Library>;
