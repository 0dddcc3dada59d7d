/*
 * classes.i: what every language sees. facade.h says what each function does;
 * those without a body here are its functions CLASS_METHOD. Returned objects belong to the caller.
 */
%newobject read_csv;
%newobject read_csv_text;
%newobject plan_from_text;
%newobject plan_from_json;
%newobject schedule_from_json;
%newobject check_plan_text;
%newobject fix_plan_text;
%newobject Catalog::tracks;
%newobject Catalog::entries;
%newobject Catalog::skipped;
%newobject Catalog::report;
%newobject Catalog::report_json;
%newobject Catalog::track_json;
%newobject Catalog::top;
%newobject Catalog::groups;
%newobject Catalog::group_test;
%newobject Catalog::trend;
%newobject Catalog::histogram;
%newobject Catalog::correlations;
%newobject Catalog::find;
%newobject Catalog::suggest;
%newobject Catalog::schedule;
%newobject Plan::with_now;
%newobject Plan::with_now_on;
%newobject Plan::mark;
%newobject Plan::mark_song;
%newobject Plan::move;
%newobject Plan::to_json;
%newobject Plan::to_text;
%newobject Schedule::date;
%newobject Schedule::timezone;
%newobject Schedule::entries;
%newobject Schedule::unplaced;
%newobject Schedule::fixes;
%newobject Schedule::status;
%newobject Schedule::stop;
%newobject Schedule::bounds;
%newobject Schedule::warnings;
%newobject Schedule::overloads;
%newobject Schedule::to_json;
%newobject Schedule::to_text;
%newobject Schedule::to_ical;

%newobject parse_calendar;
%newobject read_calendar;
%newobject Calendar::name;
%newobject Agenda::add_to;
%newobject Agenda::events;
%newobject Agenda::tasks;
%newobject Agenda::left_out;
%newobject Agenda::to_json;

%newobject Catalog::match_file;
%newobject Catalog::match_songs;
%newobject Match::name;
%newobject Match::songs;
%newobject Match::remarks;
%newobject Match::to_json;
%newobject Plan::add_songs;
%newobject Plan::avoid;
%newobject read_history;
%newobject parse_history;
%newobject History::remarks;
%newobject History::summary;
%newobject History::catalog;
%newobject Summary::list;
%newobject Summary::totals;
%newobject Summary::to_json;

/* Only the library makes these; a Filter and an Agenda have a constructor. */
%nodefaultctor;

typedef struct {} Table;
%extend Table {
    ~Table();
    int64_t rows() { return table_rows($self); }
    int64_t columns() { return table_columns($self); }
    const char *name(int index) { return index < 0 ? NULL : table_name($self, (uint32_t)index); }
    int is_text(int index) { return index >= 0 && table_is_text($self, (uint32_t)index); }
    int is_list(int index) { return index >= 0 && table_is_list($self, (uint32_t)index); }
    number_list numbers(int index) { return table_numbers($self, (uint32_t)index); }
    text_list texts(int index) { return table_texts($self, (uint32_t)index); }
}

typedef struct {} Filter;
%extend Filter {
    Filter(msched_error *err);
    ~Filter();
    /* kind: genre, subgenre, artist or playlist. */
    void add(const char *kind, const char *text,
        msched_error *err) { filter_add($self, kind, text, err); }
    /* -1: no limit on that side. */
    void years(int first, int last, msched_error *err) { filter_years($self, first, last, err); }
    void popularity(int low, int high,
        msched_error *err) { filter_popularity($self, low, high, err); }
    void feature(const char *name, double low, double high,
        msched_error *err) { filter_feature($self, name, low, high, err); }
    void exclude(int zero, int january_first) { filter_exclude($self, zero, january_first); }
    void allow_unknown(int allow) { filter_allow_unknown($self, allow); }
}

typedef struct {} Match;
%extend Match {
    ~Match();
    char *name(msched_error *err);
    int64_t found();
    Table *songs(msched_error *err);
    Table *remarks(msched_error *err);
    char *to_json(msched_error *err);
}

typedef struct {} Summary;
%extend Summary {
    ~Summary();
    Table *list(const char *name, msched_error *err);
    Table *totals(msched_error *err);
    char *to_json(msched_error *err);
}

typedef struct {} Plan;
%extend Plan {
    ~Plan();
    void close();
    int is_open();
    Plan *with_now(int64_t now, msched_error *err);
    Plan *with_now_on(const char *date, int64_t clock_s, msched_error *err);
    Plan *mark(const char *id, const char *state, int64_t started, int64_t ended,
        int64_t left, msched_error *err);
    Plan *move(const char *id, int64_t start, msched_error *err);
    Plan *mark_song(int64_t wanted, const char *state, msched_error *err);
    Plan *add_songs(const Match *match, int must, int64_t weight, int64_t limit,
        msched_error *err);
    Plan *avoid(History *history, Catalog *catalog, int64_t days, msched_error *err);
    int64_t todo_count(msched_error *err);
    int64_t song_count(msched_error *err);
    char *to_json(msched_error *err);
    char *to_text(Catalog *catalog, msched_error *err);
}

typedef struct {} Schedule;
%extend Schedule {
    ~Schedule();
    void close();
    int is_open();
    int64_t info(const char *name, msched_error *err);
    char *date(msched_error *err);
    char *timezone(msched_error *err);
    char *status(msched_error *err);
    char *stop(msched_error *err);
    Table *bounds(msched_error *err);
    Table *entries(msched_error *err);
    Table *unplaced(msched_error *err);
    Table *fixes(msched_error *err);
    Table *warnings(msched_error *err);
    Table *overloads(msched_error *err);
    char *to_json(msched_error *err);
    char *to_text(msched_error *err);
    /* calendar_name, timestamp: "" for none; alarm_s: -1 for none. */
    char *to_ical(const char *what, const char *calendar_name, const char *timestamp,
                  int64_t alarm_s, int cancelled, int64_t sequence, int64_t refresh_s,
                  msched_error *err);
}

typedef struct {} Catalog;
%extend Catalog {
    ~Catalog();
    void close();
    int is_open();
    void prepare(msched_error *err);
    void save(const char *path, msched_error *err);
    int64_t info(const char *name, msched_error *err);
    Table *tracks(msched_error *err);
    Table *entries(msched_error *err);
    Table *skipped(msched_error *err);
    char *report(msched_error *err);
    char *report_json(msched_error *err);
    char *track_json(const char *track_id, msched_error *err);
    Table *top(int64_t limit, const char *count, const Filter *where, msched_error *err);
    Table *groups(const char *by, const char *count, const char *order, int64_t min_n,
        int64_t limit, const Filter *where,
                  msched_error *err);
    Table *group_test(const char *by, const char *count, const Filter *where, msched_error *err);
    Table *trend(const char *unit, const char *count, const Filter *where, msched_error *err);
    Table *histogram(int64_t bins, const char *count, const Filter *where, msched_error *err);
    Table *correlations(const char *count, const Filter *where, msched_error *err);
    Table *find(const char *text, int64_t limit, int typos, msched_error *err);
    Table *suggest(const char *text, int64_t limit, msched_error *err);
    Match *match_file(const char *path, const char *only, msched_error *err);
    Match *match_songs(const char *songs, msched_error *err);
    Schedule *schedule(Plan *plan, int64_t seed, int64_t work_limit, int64_t time_limit_ms,
        Schedule *previous, int assume_done, int lazy_reasons, msched_error *err);
}

typedef struct {} Calendar;
%extend Calendar {
    ~Calendar();
    void close();
    int is_open();
    char *name(msched_error *err);
}

typedef struct {} Agenda;
%extend Agenda {
    Agenda(msched_error *err);
    ~Agenda();
    void add(Calendar *calendar, int music, int block_all_day, int tasks, msched_error *err);
    void make(const char *date, int64_t days, const char *timezone, msched_error *err);
    Plan *add_to(Plan *plan, const char *timezone, msched_error *err);
    Table *events(msched_error *err);
    Table *tasks(msched_error *err);
    Table *left_out(msched_error *err);
    char *to_json(msched_error *err);
}

typedef struct {} History;
%extend History {
    ~History();
    void close();
    int is_open();
    int64_t info(const char *name, msched_error *err);
    Table *remarks(msched_error *err);
    Summary *summary(int64_t limit, const char *timezone, const char *from_date,
        const char *to_date, int64_t min_played_s, int by_time, msched_error *err);
    Catalog *catalog(Catalog *songs, msched_error *err);
}

History *read_history(const char *paths, msched_error *err);
History *parse_history(const char *text, size_t size, msched_error *err);
Calendar *read_calendar(const char *path, const char *name, msched_error *err);
Calendar *parse_calendar(const char *text, size_t size, const char *name, msched_error *err);
int can_recur(void);
Catalog *read_csv(const char *paths, const char *delimiter, int skip_bad_rows, const char *columns,
    int strict,
                  int64_t default_duration_ms, const char *encoding, msched_error *err);
Catalog *read_csv_text(const char *text, size_t size, const char *delimiter, int skip_bad_rows,
    const char *columns, int strict,
                       int64_t default_duration_ms, const char *encoding, msched_error *err);
Table *check_plan_text(const char *text, size_t size, Catalog *catalog, const char *date,
    const char *timezone, msched_error *err);
char *fix_plan_text(const char *text, size_t size, Catalog *catalog, const char *date,
    const char *timezone, msched_error *err);
Plan *plan_from_text(const char *text, size_t size, Catalog *catalog, const char *date,
    const char *timezone, int lenient, int64_t days, int64_t time_limit_ms, msched_error *err);
Plan *plan_from_json(const char *text, size_t size, msched_error *err);
Schedule *schedule_from_json(const char *text, size_t size, msched_error *err);
const char *version(void);
