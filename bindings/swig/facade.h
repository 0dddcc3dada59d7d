/*
 * facade.h: the library as the few classes that every language sees. Functions have the names that
 * SWIG gives to the methods declared in classes.i.
 *
 * A Catalog, Plan or Schedule is a handle on the library's object. Closing drops the object at
 * once; the handle itself lives until the language's garbage collector takes it, so that use after
 * closing is an error and never a crash, also while another thread is still using the object.
 *
 * Whatever can fail takes `err` last, zeroed by the caller, and returns NULL or 0 where it wrote
 * it.
 */
#ifndef MUSICSCHED_SWIG_FACADE_H
#define MUSICSCHED_SWIG_FACADE_H

#include "filter.h"
#include "table.h"

typedef struct Catalog Catalog;
typedef struct Plan Plan;
typedef struct Schedule Schedule;
typedef struct Calendar Calendar;
typedef struct Agenda Agenda;
typedef struct Match Match;
typedef struct History History;
typedef struct Summary Summary;
typedef struct table Table;
typedef struct filter Filter;

/*
 * Each language's own way to see that its user wants to stop: a msched_cancel_fn. Its ctx is the
 * `err` of the call, which a language may make the beginning of something larger.
 */
int32_t msched_swig_cancel(void *ctx);
/*
 * Do work that may be long: work(argument), once, by a language with one lock for all its threads
 * without that lock. Not at all where its user wants to stop before it begins; then err is written.
 * The work may call msched_swig_cancel, nothing else of the language.
 */
void msched_swig_run(void (*work)(void *), void *argument, msched_error *err);

Catalog *read_csv(const char *paths, const char *delimiter, int skip_bad_rows, const char *columns,
                  int strict, int64_t default_duration_ms, const char *encoding, msched_error *err);
Catalog *read_csv_text(const char *data, size_t size, const char *delimiter, int skip_bad_rows,
                       const char *columns, int strict, int64_t default_duration_ms,
                       const char *encoding, msched_error *err);
void delete_Catalog(Catalog *self);
void Catalog_close(Catalog *self);
int Catalog_is_open(Catalog *self);
void Catalog_prepare(Catalog *self, msched_error *err);
void Catalog_save(Catalog *self, const char *path, msched_error *err);
int64_t Catalog_info(Catalog *self, const char *name, msched_error *err);
Table *Catalog_tracks(Catalog *self, msched_error *err);
Table *Catalog_entries(Catalog *self, msched_error *err);
Table *Catalog_skipped(Catalog *self, msched_error *err);
char *Catalog_report(Catalog *self, msched_error *err);
char *Catalog_report_json(Catalog *self, msched_error *err);
char *Catalog_track_json(Catalog *self, const char *track_id, msched_error *err);
Table *Catalog_top(Catalog *self, int64_t limit, const char *count, const Filter *where,
                   msched_error *err);
Table *Catalog_groups(Catalog *self, const char *by, const char *count, const char *order,
                      int64_t min_n, int64_t limit, const Filter *where, msched_error *err);
Table *Catalog_group_test(Catalog *self, const char *by, const char *count, const Filter *where,
                          msched_error *err);
Table *Catalog_trend(Catalog *self, const char *unit, const char *count, const Filter *where,
                     msched_error *err);
Table *Catalog_histogram(Catalog *self, int64_t bins, const char *count, const Filter *where,
                         msched_error *err);
Table *Catalog_correlations(Catalog *self, const char *count, const Filter *where,
                            msched_error *err);
Table *Catalog_find(Catalog *self, const char *text, int64_t limit, int typos, msched_error *err);
Table *Catalog_suggest(Catalog *self, const char *text, int64_t limit, msched_error *err);
Schedule *Catalog_schedule(Catalog *self, Plan *plan, int64_t seed, int64_t work_limit,
                           int64_t time_limit_ms, Schedule *previous, int assume_done,
                           int lazy_reasons, msched_error *err);

Table *check_plan_text(const char *data, size_t size, Catalog *catalog, const char *date,
                       const char *timezone, msched_error *err);
char *fix_plan_text(const char *data, size_t size, Catalog *catalog, const char *date,
                    const char *timezone, msched_error *err);
Plan *plan_from_text(const char *data, size_t size, Catalog *catalog, const char *date,
                     const char *timezone, int lenient, int64_t days, int64_t time_limit_ms,
                     msched_error *err);
Plan *plan_from_json(const char *data, size_t size, msched_error *err);
void delete_Plan(Plan *self);
void Plan_close(Plan *self);
int Plan_is_open(Plan *self);
Plan *Plan_with_now(Plan *self, int64_t now_s, msched_error *err);
/** As Plan_with_now, with what a clock shows on a date, "YYYY-MM-DD". In a plan of one day, the
 *  date matters only if the day goes on after midnight. */
Plan *Plan_with_now_on(Plan *self, const char *date, int64_t clock_s, msched_error *err);
/* -1 where a time or length is not said. */
Plan *Plan_mark(Plan *self, const char *id, const char *state, int64_t started_s, int64_t ended_s,
                int64_t left_s, msched_error *err);
Plan *Plan_move(Plan *self, const char *id, int64_t start_s, msched_error *err);
Plan *Plan_mark_song(Plan *self, int64_t wanted, const char *state, msched_error *err);
int64_t Plan_todo_count(Plan *self, msched_error *err);
int64_t Plan_song_count(Plan *self, msched_error *err);
char *Plan_to_json(Plan *self, msched_error *err);
char *Plan_to_text(Plan *self, Catalog *catalog, msched_error *err);

/* name: shown with its events; NULL: that of the file. */
Calendar *read_calendar(const char *path, const char *name, msched_error *err);
Calendar *parse_calendar(const char *data, size_t size, const char *name, msched_error *err);
void delete_Calendar(Calendar *self);
void Calendar_close(Calendar *self);
int Calendar_is_open(Calendar *self);
char *Calendar_name(Calendar *self, msched_error *err);
int can_recur(void);

/*
 * Calendars and what they hold: add the calendars, then make an agenda of dates or add what they
 * hold to a plan; the tables and JSON say what was found. For one thread; it is never closed.
 */
Agenda *new_Agenda(msched_error *err);
void delete_Agenda(Agenda *self);
void Agenda_add(Agenda *self, Calendar *calendar, int music, int block_all_day, int tasks,
                msched_error *err);
void Agenda_make(Agenda *self, const char *date, int64_t days, const char *timezone,
                 msched_error *err);
Plan *Agenda_add_to(Agenda *self, Plan *plan, const char *timezone, msched_error *err);
Table *Agenda_events(Agenda *self, msched_error *err);
Table *Agenda_tasks(Agenda *self, msched_error *err);
Table *Agenda_left_out(Agenda *self, msched_error *err);
char *Agenda_to_json(Agenda *self, msched_error *err);

/*
 * Which songs of a catalog a playlist means: of a file, or of texts, one on each line. only: of the
 * playlists of a file the one of this name, "": all. Immutable; it is never closed.
 */
Match *Catalog_match_file(Catalog *self, const char *path, const char *only, msched_error *err);
Match *Catalog_match_songs(Catalog *self, const char *songs, msched_error *err);
void delete_Match(Match *self);
char *Match_name(Match *self, msched_error *err);
int64_t Match_found(Match *self);
Table *Match_songs(Match *self, msched_error *err);
Table *Match_remarks(Match *self, msched_error *err);
char *Match_to_json(Match *self, msched_error *err);
/* limit: of the songs, 0: all. */
Plan *Plan_add_songs(Plan *self, const Match *match, int must, int64_t weight, int64_t limit,
                     msched_error *err);

/* paths: one on each line. */
History *read_history(const char *paths, msched_error *err);
History *parse_history(const char *data, size_t size, msched_error *err);
void delete_History(History *self);
void History_close(History *self);
int History_is_open(History *self);
int64_t History_info(History *self, const char *name, msched_error *err);
Table *History_remarks(History *self, msched_error *err);
/* limit: of songs and artists; dates: "" for none. Immutable; it is never closed. */
Summary *History_summary(History *self, int64_t limit, const char *timezone, const char *from_date,
                         const char *to_date, int64_t min_played_s, int by_time, msched_error *err);
void delete_Summary(Summary *self);
/* name: songs, artists, hours, weekdays or months. */
Table *Summary_list(Summary *self, const char *name, msched_error *err);
Table *Summary_totals(Summary *self, msched_error *err);
char *Summary_to_json(Summary *self, msched_error *err);
/* songs: NULL for those of the history. */
Catalog *History_catalog(History *self, Catalog *songs, msched_error *err);
Plan *Plan_avoid(Plan *self, History *history, Catalog *catalog, int64_t days, msched_error *err);

Schedule *schedule_from_json(const char *data, size_t size, msched_error *err);
void delete_Schedule(Schedule *self);
void Schedule_close(Schedule *self);
int Schedule_is_open(Schedule *self);
int64_t Schedule_info(Schedule *self, const char *name, msched_error *err);
char *Schedule_date(Schedule *self, msched_error *err);
char *Schedule_timezone(Schedule *self, msched_error *err);
char *Schedule_status(Schedule *self, msched_error *err);
char *Schedule_stop(Schedule *self, msched_error *err);
Table *Schedule_bounds(Schedule *self, msched_error *err);
Table *Schedule_entries(Schedule *self, msched_error *err);
Table *Schedule_unplaced(Schedule *self, msched_error *err);
Table *Schedule_fixes(Schedule *self, msched_error *err);
Table *Schedule_warnings(Schedule *self, msched_error *err);
Table *Schedule_overloads(Schedule *self, msched_error *err);
char *Schedule_to_json(Schedule *self, msched_error *err);
char *Schedule_to_text(Schedule *self, msched_error *err);
/* calendar_name and timestamp: "" for none; alarm_s: -1 for none; sequence, refresh_s: 0. */
char *Schedule_to_ical(Schedule *self, const char *what, const char *calendar_name,
                       const char *timestamp, int64_t alarm_s, int cancelled, int64_t sequence,
                       int64_t refresh_s, msched_error *err);

void delete_Table(Table *self);
Filter *new_Filter(msched_error *err);
void delete_Filter(Filter *self);

const char *version(void);

#endif
