/*
 * classes.i: Catalog, Filter, Plan, Schedule and Table. Every function that can fail takes `msched_error *err` last; the
 * language files hide it and raise their own kind of error from it. Returned objects are owned by the caller.
 */
%{
typedef msched_catalog Catalog;
typedef msched_plan Plan;
typedef msched_schedule Schedule;
typedef table Table;
typedef filter Filter;

/* A question's index into `names`, or an error that lists them. */
static uint32_t choose(const char *what, const char *value, const char *const *names, uint32_t count, msched_error *err)
{
    char list[160] = "";
    for (uint32_t i = 0; i < count; i++) {
        if (value != NULL && strcmp(value, names[i]) == 0)
            return i;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    err->code = MSCHED_ERROR_ARGUMENT;
    snprintf(err->message, sizeof err->message, "%s: \"%s\" is not one of %s", what, value == NULL ? "" : value, list);
    return 0;
}

static uint32_t choose_count(const char *count, msched_error *err)
{
    static const char *const names[] = {"entries", "tracks", "recordings"};
    return choose("count", count, names, 3, err);
}

static uint32_t choose_group(const char *by, msched_error *err)
{
    static const char *const names[] = {"all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month", "year_month"};
    return choose("by", by, names, 9, err);
}

/* The bytes of a text as the caller's own string, and the text dropped. */
static char *take_text(msched_result result, msched_text *text, msched_error *err)
{
    if (result != MSCHED_OK)
        return NULL;
    char *copy = malloc(msched_text_size(text) + 1);
    if (copy == NULL)
        err->code = MSCHED_ERROR_MEMORY;
    else
        memcpy(copy, msched_text_data(text), msched_text_size(text) + 1);
    msched_text_unref(text);
    return copy;
}

static Table *take_stream(msched_result result, struct ArrowArrayStream *stream, msched_error *err)
{
    return result == MSCHED_OK ? table_from_stream(stream, err) : NULL;
}
%}

%newobject Catalog::top;
%newobject Catalog::groups;
%newobject Catalog::histogram;
%newobject Catalog::trend;
%newobject Catalog::correlations;
%newobject Catalog::find;
%newobject Catalog::suggest;
%newobject Catalog::tracks;
%newobject Catalog::entries;
%newobject Catalog::skipped;
%newobject Catalog::check_plan_text;
%newobject Catalog::plan_from_text;
%newobject Catalog::schedule;
%newobject Plan::to_json;
%newobject Schedule::to_json;
%newobject Schedule::to_text;
%newobject Schedule::to_ical;
%newobject Schedule::entries;
%newobject Schedule::unplaced;
%newobject read_csv;
%newobject read_csv_text;
%newobject plan_from_json;
%newobject schedule_from_json;

typedef struct {} Table;
%extend Table {
    ~Table() { table_free($self); }
    int64_t rows() const { return table_rows($self); }
    int64_t columns() const { return table_columns($self); }
    const char *name(int index) const { return index < 0 ? NULL : table_name($self, (uint32_t)index); }
    int is_text(int index) const { return index >= 0 && table_is_text($self, (uint32_t)index); }
    number_list numbers(int index) const { return table_numbers($self, (uint32_t)index); }
    text_list texts(int index) const { return table_texts($self, (uint32_t)index); }
}

typedef struct {} Filter;
%extend Filter {
    Filter(msched_error *err) { return filter_create(err); }
    ~Filter() { filter_free($self); }
    void add(const char *kind, const char *text, msched_error *err) { filter_add($self, kind, text, err); }
    void years(int first, int last) { filter_years($self, first, last); }
    void popularity(int low, int high) { filter_popularity($self, low, high); }
    void feature(const char *name, double low, double high, msched_error *err) { filter_feature($self, name, low, high, err); }
    void exclude(int zero, int january_first) { filter_exclude($self, zero, january_first); }
}

typedef struct {} Plan;
%extend Plan {
    ~Plan() { msched_plan_unref($self); }
    int64_t todo_count() const { return msched_plan_todo_count($self); }
    int64_t song_count() const { return msched_plan_song_count($self); }
    char *to_json(msched_error *err) const
    {
        msched_text *text = NULL;
        return take_text(msched_plan_to_json($self, &text, err), text, err);
    }
}

typedef struct {} Schedule;
%extend Schedule {
    ~Schedule() { msched_schedule_unref($self); }
    int64_t entry_count() const { return msched_schedule_entry_count($self); }
    int64_t unplaced_count() const { return msched_schedule_unplaced_count($self); }
    const char *date() const { return msched_schedule_date($self); }
    const char *timezone() const { return msched_schedule_timezone($self); }
    int optimal() const
    {
        msched_objective objective = {.struct_size = sizeof objective};
        return msched_schedule_get_objective($self, &objective) == MSCHED_OK && objective.status == MSCHED_STATUS_OPTIMAL;
    }
    Table *entries(msched_error *err) const
    {
        struct ArrowArrayStream stream;
        return take_stream(msched_schedule_export_entries($self, &stream, err), &stream, err);
    }
    Table *unplaced(msched_error *err) const
    {
        struct ArrowArrayStream stream;
        return take_stream(msched_schedule_export_unplaced($self, &stream, err), &stream, err);
    }
    char *to_json(msched_error *err) const
    {
        msched_text *text = NULL;
        return take_text(msched_schedule_to_json($self, &text, err), text, err);
    }
    char *to_text(msched_error *err) const
    {
        msched_text *text = NULL;
        return take_text(msched_schedule_to_text($self, &text, err), text, err);
    }
    char *to_ical(msched_error *err) const
    {
        msched_text *text = NULL;
        return take_text(msched_schedule_to_ical($self, &text, NULL, err), text, err);
    }
}

typedef struct {} Catalog;
%extend Catalog {
    ~Catalog() { msched_catalog_unref($self); }

    /* Counts by name: entries, tracks, recordings, artists, albums, playlists, genres, subgenres, rows_skipped, memory_bytes. */
    int64_t info(const char *name, msched_error *err) const
    {
        static const char *const names[] = {"entries", "tracks", "recordings", "artists", "albums", "playlists", "genres",
                                            "subgenres", "rows_skipped", "memory_bytes"};
        msched_catalog_info info = {.struct_size = sizeof info};
        msched_catalog_get_info($self, &info);
        const uint64_t values[] = {info.entries, info.tracks, info.recordings, info.artists, info.albums, info.playlists,
                                   info.genres, info.subgenres, info.rows_skipped, info.memory_bytes};
        return (int64_t)values[choose("info", name, names, 10, err)];
    }

    Table *tracks(msched_error *err) const
    {
        struct ArrowArrayStream stream;
        return take_stream(msched_catalog_export_tracks($self, &stream, err), &stream, err);
    }
    Table *entries(msched_error *err) const
    {
        struct ArrowArrayStream stream;
        return take_stream(msched_catalog_export_entries($self, &stream, err), &stream, err);
    }

    Table *top(int64_t limit, const char *count, const Filter *where, msched_error *err) const
    {
        msched_top_options options;
        msched_top_options_init(&options, sizeof options);
        options.limit = limit < 0 || limit > UINT32_MAX ? UINT32_MAX : (uint32_t)limit;
        options.count = choose_count(count, err);
        options.filter = filter_get(where);
        msched_top *top = NULL;
        if (err->code != MSCHED_OK || msched_top_compute(&top, $self, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_top_export(top, $self, &stream, err), &stream, err);
        msched_top_unref(top);
        return result;
    }

    /* by: all, genre, subgenre, artist, playlist, year, decade, month or year_month. */
    Table *groups(const char *by, const char *count, const Filter *where, msched_error *err) const
    {
        msched_groups_options options;
        msched_groups_options_init(&options, sizeof options);
        options.by = choose_group(by, err);
        options.count = err->code == MSCHED_OK ? choose_count(count, err) : 0;
        options.filter = filter_get(where);
        msched_groups *groups = NULL;
        if (err->code != MSCHED_OK || msched_groups_compute(&groups, $self, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_groups_export(groups, &stream, err), &stream, err);
        msched_groups_unref(groups);
        return result;
    }

    /* unit: year, decade, month (of the year) or year_month; in order of time. */
    Table *trend(const char *unit, const char *count, const Filter *where, msched_error *err) const
    {
        msched_groups_options options;
        msched_groups_options_init(&options, sizeof options);
        options.by = choose_group(unit, err);
        if (err->code == MSCHED_OK && options.by < MSCHED_BY_YEAR)
            choose("unit", unit, (const char *const[]){"year", "decade", "month", "year_month"}, 4, err);
        options.count = err->code == MSCHED_OK ? choose_count(count, err) : 0;
        options.order = MSCHED_ORDER_KEY;
        options.filter = filter_get(where);
        msched_groups *groups = NULL;
        if (err->code != MSCHED_OK || msched_groups_compute(&groups, $self, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_groups_export(groups, &stream, err), &stream, err);
        msched_groups_unref(groups);
        return result;
    }

    Table *histogram(int bins, const char *count, const Filter *where, msched_error *err) const
    {
        msched_histogram_options options;
        msched_histogram_options_init(&options, sizeof options);
        options.bins = bins < 0 ? UINT32_MAX : (uint32_t)bins;
        options.count = choose_count(count, err);
        options.filter = filter_get(where);
        msched_histogram *histogram = NULL;
        if (err->code != MSCHED_OK || msched_histogram_compute(&histogram, $self, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_histogram_export(histogram, &stream, err), &stream, err);
        msched_histogram_unref(histogram);
        return result;
    }

    Table *correlations(const char *count, const Filter *where, msched_error *err) const
    {
        msched_correlations_options options;
        msched_correlations_options_init(&options, sizeof options);
        options.count = choose_count(count, err);
        options.filter = filter_get(where);
        msched_correlations *correlations = NULL;
        if (err->code != MSCHED_OK || msched_correlations_compute(&correlations, $self, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_correlations_export(correlations, &stream, err), &stream, err);
        msched_correlations_unref(correlations);
        return result;
    }

    Table *find(const char *text, int limit, msched_error *err) const
    {
        msched_find_options options;
        msched_find_options_init(&options, sizeof options);
        options.limit = limit < 0 ? UINT32_MAX : (uint32_t)limit;
        msched_hits *hits = NULL;
        if (msched_find(&hits, $self, text, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_hits_export(hits, $self, &stream, err), &stream, err);
        msched_hits_unref(hits);
        return result;
    }

    Table *suggest(const char *text, int limit, msched_error *err) const
    {
        msched_find_options options;
        msched_find_options_init(&options, sizeof options);
        options.limit = limit < 0 ? UINT32_MAX : (uint32_t)limit;
        msched_hits *hits = NULL;
        if (msched_suggest(&hits, $self, text, &options, err) != MSCHED_OK)
            return NULL;
        struct ArrowArrayStream stream;
        Table *result = take_stream(msched_hits_export(hits, $self, &stream, err), &stream, err);
        msched_hits_unref(hits);
        return result;
    }

    /* Everything there is to say about a plan text: severity, line, column, code, message, repair, candidates. */
    Table *check_plan_text(const char *text, const char *date, msched_error *err) const
    {
        msched_plan_text_options options;
        msched_plan_text_options_init(&options, sizeof options);
        options.default_date = date;
        msched_plan *plan = NULL;
        msched_diagnostics *diagnostics = NULL;
        msched_error first = {0};
        msched_plan_parse_text(&plan, &diagnostics, text, text == NULL ? 0 : strlen(text), $self, &options, &first);
        msched_plan_unref(plan);
        if (diagnostics == NULL) {
            *err = first;
            return NULL;
        }
        Table *result = table_from_diagnostics(diagnostics, err);
        msched_diagnostics_unref(diagnostics);
        return result;
    }

    /* date: for a text without a `date:` line; "" or NULL: such a text is an error. */
    Plan *plan_from_text(const char *text, const char *date, msched_error *err) const
    {
        msched_plan_text_options options;
        msched_plan_text_options_init(&options, sizeof options);
        options.default_date = date != NULL && date[0] != '\0' ? date : NULL;
        msched_plan *plan = NULL;
        msched_plan_parse_text(&plan, NULL, text, text == NULL ? 0 : strlen(text), $self, &options, err);
        return plan;
    }

    /* previous: NULL, or the schedule to change as little as possible. */
    Schedule *schedule(const Plan *plan, int64_t seed, const Schedule *previous, msched_error *err) const
    {
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.seed = (uint64_t)seed;
        options.previous = previous;
        options.cancel = msched_swig_cancel;
        msched_schedule *schedule = NULL;
        msched_schedule_build(&schedule, $self, plan, &options, err);
        return schedule;
    }
}

%inline %{
/* Load a CSV file. skip_bad_rows: 0 or 1. An interrupt of the language's own kind stops it. */
Catalog *read_csv(const char *path, int skip_bad_rows, msched_error *err)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = skip_bad_rows != 0;
    options.cancel = msched_swig_cancel;
    msched_catalog *catalog = NULL;
    msched_catalog_load_path(&catalog, path, &options, err);
    return catalog;
}

/* Load CSV from a text. */
Catalog *read_csv_text(const char *text, int skip_bad_rows, msched_error *err)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = skip_bad_rows != 0;
    options.cancel = msched_swig_cancel;
    msched_catalog *catalog = NULL;
    msched_catalog_load_memory(&catalog, text, text == NULL ? 0 : strlen(text), &options, err);
    return catalog;
}

Plan *plan_from_json(const char *text, msched_error *err)
{
    msched_plan *plan = NULL;
    msched_plan_parse_json(&plan, text, text == NULL ? 0 : strlen(text), NULL, err);
    return plan;
}

Schedule *schedule_from_json(const char *text, msched_error *err)
{
    msched_schedule *schedule = NULL;
    msched_schedule_parse_json(&schedule, text, text == NULL ? 0 : strlen(text), NULL, err);
    return schedule;
}

const char *version(void)
{
    return msched_version_string();
}
%}
