/* Results of queries, and schedules, as Arrow tables. */
#include "arrow/arrow_catalog.h"
#include "base/civil.h"
#include "base/error.h"
#include "catalog/catalog_check.h"
#include "schedule/output/schedule.h"

#include <string.h>

/* A table of `rows` rows, or NULL with the error written. */
static msched__arrow_table *begin(const void *object, struct ArrowArrayStream *stream,
                                  uint32_t rows, const msched_catalog *catalog,
                                  msched_result *result, msched_error *err)
{
    if (object == NULL || stream == NULL) {
        *result = msched__fail_null(err, object == NULL ? "the object to export" : "stream");
        return NULL;
    }
    msched__arrow_table *table = msched__arrow_table_create(rows, catalog);
    *result = table == NULL ? msched__fail_memory(err) : MSCHED_OK;
    return table;
}

/* A numeric column of `size`-byte items from an array of structs, at `offset` in each. */
static void add_member(msched__arrow_table *table, const char *name, const char *format,
                       const void *structs, size_t stride, size_t offset, size_t size,
                       uint32_t rows)
{
    unsigned char *values = msched__arrow_alloc(table, rows, size);
    if (values == NULL)
        return;
    for (uint32_t i = 0; i < rows; i++)
        memcpy(values + i * size, (const unsigned char *)structs + i * stride + offset, size);
    if (format[0] == 'g')
        msched__arrow_add_doubles(table, name, (const double *)(const void *)values);
    else
        msched__arrow_add_numbers(table, name, format, values, NULL, 0);
}

/*
 * As add_member with UINT32_MAX or, for signed items, MSCHED_UNSET as null; both are all bits set.
 */
static void add_index(msched__arrow_table *table, const char *name, const char *format,
                      const void *structs, size_t stride, size_t offset, uint32_t rows)
{
    uint32_t *values = msched__arrow_alloc(table, rows, sizeof *values);
    uint8_t *valid = msched__arrow_alloc(table, ((size_t)rows + 7) / 8, 1);
    if (values == NULL || valid == NULL)
        return;
    memset(valid, 0, ((size_t)rows + 7) / 8);
    int64_t nulls = 0;
    for (uint32_t i = 0; i < rows; i++) {
        memcpy(&values[i], (const unsigned char *)structs + i * stride + offset, sizeof *values);
        valid[i / 8] |= (uint8_t)((values[i] != UINT32_MAX) << i % 8);
        nulls += values[i] == UINT32_MAX;
    }
    msched__arrow_add_numbers(table, name, format, values, valid, nulls);
}

/* A column of moments, seconds since 1970 in UTC; MSCHED_NO_UTC is null. */
static void add_moments(msched__arrow_table *table, const char *name, const void *structs,
                        size_t stride, size_t offset, uint32_t rows)
{
    int64_t *values = msched__arrow_alloc(table, rows, sizeof *values), nulls = 0;
    uint8_t *valid = msched__arrow_alloc(table, ((size_t)rows + 7) / 8, 1);
    if (values == NULL || valid == NULL)
        return;
    memset(valid, 0, ((size_t)rows + 7) / 8);
    for (uint32_t i = 0; i < rows; i++) {
        memcpy(&values[i], (const unsigned char *)structs + i * stride + offset, sizeof *values);
        valid[i / 8] |= (uint8_t)((values[i] != MSCHED_NO_UTC) << i % 8);
        nulls += values[i] == MSCHED_NO_UTC;
    }
    msched__arrow_add_numbers(table, name, "l", values, valid, nulls);
}

/*
 * A text column from an array of structs with a const char * at `offset`. With `empty_is_null`, ""
 * becomes null.
 */
static void add_string(msched__arrow_table *table, const char *name, const void *structs,
                       size_t stride, size_t offset, uint32_t rows, int empty_is_null)
{
    const char **strings = msched__arrow_alloc(table, rows, sizeof *strings);
    if (strings == NULL)
        return;
    for (uint32_t i = 0; i < rows; i++) {
        memcpy(&strings[i], (const unsigned char *)structs + i * stride + offset,
               sizeof strings[i]);
        if (empty_is_null && strings[i] != NULL && strings[i][0] == '\0')
            strings[i] = NULL;
    }
    msched__arrow_add_strings(table, name, strings);
}

#define MEMBER(table, name, format, items, type, member, rows)                                     \
    add_member(table, name, format, items, sizeof(type), offsetof(type, member),                   \
               sizeof((items)->member), rows)
#define INDEX(table, name, format, items, type, member, rows)                                      \
    add_index(table, name, format, items, sizeof(type), offsetof(type, member), rows)
#define STRING(table, name, items, type, member, rows, empty_is_null)                              \
    add_string(table, name, items, sizeof(type), offsetof(type, member), rows, empty_is_null)

msched_result msched_groups_export(const msched_groups *groups, struct ArrowArrayStream *stream,
                                   msched_error *err)
{
    uint32_t rows = groups == NULL ? 0 : msched_groups_count(groups);
    msched_result result;
    msched__arrow_table *table = begin(groups, stream, rows, NULL, &result, err);
    if (table == NULL)
        return result;
    msched_group *items = msched__arrow_alloc(table, rows, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < rows; i++) {
        items[i].struct_size = sizeof items[i];
        msched_groups_get(groups, i, &items[i]);
    }
    if (items != NULL) {
        STRING(table, "key", items, msched_group, key, rows, 0);
        STRING(table, "label", items, msched_group, label, rows, 0);
        MEMBER(table, "n", "L", items, msched_group, stats.n, rows);
        MEMBER(table, "sum", "L", items, msched_group, stats.sum, rows);
        MEMBER(table, "sum_squares", "L", items, msched_group, stats.sum_squares, rows);
        MEMBER(table, "mean", "g", items, msched_group, stats.mean, rows);
        MEMBER(table, "sd", "g", items, msched_group, stats.sd, rows);
        MEMBER(table, "ci95_low", "g", items, msched_group, stats.ci95_low, rows);
        MEMBER(table, "ci95_high", "g", items, msched_group, stats.ci95_high, rows);
        MEMBER(table, "min", "g", items, msched_group, stats.min, rows);
        MEMBER(table, "q1", "g", items, msched_group, stats.q1, rows);
        MEMBER(table, "median", "g", items, msched_group, stats.median, rows);
        MEMBER(table, "q3", "g", items, msched_group, stats.q3, rows);
        MEMBER(table, "max", "g", items, msched_group, stats.max, rows);
        MEMBER(table, "zeros", "L", items, msched_group, stats.zeros, rows);
        MEMBER(table, "zero_share", "g", items, msched_group, stats.zero_share, rows);
    }
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_groups_test_export(const msched_groups *groups,
                                        struct ArrowArrayStream *stream, msched_error *err)
{
    msched_result result;
    msched__arrow_table *table = begin(groups, stream, 1, NULL, &result, err);
    if (table == NULL)
        return result;
    msched_group_test *items = msched__arrow_alloc(table, 1, sizeof *items);
    if (items != NULL) {
        items->struct_size = sizeof *items;
        msched_groups_test(groups, items);
        MEMBER(table, "group_count", "I", items, msched_group_test, group_count, 1);
        MEMBER(table, "n", "L", items, msched_group_test, n, 1);
        MEMBER(table, "f", "g", items, msched_group_test, f, 1);
        MEMBER(table, "df_between", "g", items, msched_group_test, df_between, 1);
        MEMBER(table, "df_within", "g", items, msched_group_test, df_within, 1);
        MEMBER(table, "p", "g", items, msched_group_test, p, 1);
        MEMBER(table, "eta_squared", "g", items, msched_group_test, eta_squared, 1);
        MEMBER(table, "kruskal_h", "g", items, msched_group_test, kruskal_h, 1);
        MEMBER(table, "kruskal_p", "g", items, msched_group_test, kruskal_p, 1);
    }
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_histogram_export(const msched_histogram *histogram,
                                      struct ArrowArrayStream *stream, msched_error *err)
{
    uint32_t rows = histogram == NULL ? 0 : msched_histogram_count(histogram);
    msched_result result;
    msched__arrow_table *table = begin(histogram, stream, rows, NULL, &result, err);
    if (table == NULL)
        return result;
    msched_bin *items = msched__arrow_alloc(table, rows, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < rows; i++)
        msched_histogram_get(histogram, i, &items[i]);
    if (items != NULL) {
        MEMBER(table, "low", "g", items, msched_bin, low, rows);
        MEMBER(table, "high", "g", items, msched_bin, high, rows);
        MEMBER(table, "n", "L", items, msched_bin, n, rows);
        MEMBER(table, "zeros", "L", items, msched_bin, zeros, rows);
    }
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_correlations_export(const msched_correlations *correlations,
                                         struct ArrowArrayStream *stream, msched_error *err)
{
    uint32_t rows = correlations == NULL ? 0 : msched_correlations_count(correlations);
    msched_result result;
    msched__arrow_table *table = begin(correlations, stream, rows, NULL, &result, err);
    if (table == NULL)
        return result;
    msched_correlation *items = msched__arrow_alloc(table, rows, sizeof *items);
    const char **names = msched__arrow_alloc(table, rows, sizeof *names);
    for (uint32_t i = 0; items != NULL && names != NULL && i < rows; i++) {
        items[i].struct_size = sizeof items[i];
        msched_correlations_get(correlations, i, &items[i]);
        names[i] = msched_feature_name(items[i].feature);
    }
    if (items != NULL && names != NULL) {
        msched__arrow_add_strings(table, "feature", names);
        MEMBER(table, "n", "L", items, msched_correlation, n, rows);
        MEMBER(table, "r", "g", items, msched_correlation, r, rows);
        MEMBER(table, "r_ci95_low", "g", items, msched_correlation, r_ci95_low, rows);
        MEMBER(table, "r_ci95_high", "g", items, msched_correlation, r_ci95_high, rows);
        MEMBER(table, "slope", "g", items, msched_correlation, slope, rows);
        MEMBER(table, "feature_mean", "g", items, msched_correlation, feature_mean, rows);
        MEMBER(table, "feature_sd", "g", items, msched_correlation, feature_sd, rows);
        MEMBER(table, "p", "g", items, msched_correlation, p, rows);
    }
    return msched__arrow_table_finish(table, stream, err);
}

/* The columns of a track in a ranking. */
typedef struct ranked {
    msched_track track;
    uint32_t rank, match, row; /* row: the number of the track */
    double score;
    const char *match_name;
} ranked;

/* All bits are set if popularity, length or a part of the release date is unknown. */
static void read_track(ranked *item, const msched_catalog *catalog, uint32_t index)
{
    msched_track *track = &item->track;
    item->row = index;
    track->struct_size = sizeof *track;
    msched_catalog_get_track(catalog, index, track);
    if (track->duration_ms == 0)
        track->duration_ms = UINT32_MAX;
    if (track->release_year == 0)
        track->release_year = -1;
    if (track->release_month == 0)
        track->release_month = UINT32_MAX;
    if (track->release_day == 0)
        track->release_day = UINT32_MAX;
}

static void add_release_dates(msched__arrow_table *table, const ranked *items, uint32_t rows)
{
    msched__date *dates = msched__arrow_alloc(table, rows, sizeof *dates);
    for (uint32_t i = 0; dates != NULL && i < rows; i++) {
        const msched_track *track = &items[i].track;
        if (track->release_day == UINT32_MAX)
            dates[i] = (msched__date){0};
        else
            dates[i] = (msched__date){track->release_year, (uint8_t)track->release_month,
                                      (uint8_t)track->release_day};
    }
    if (dates != NULL)
        msched__arrow_add_dates(table, "release_date", dates);
}

static void add_ranked(msched__arrow_table *table, const msched_catalog *catalog,
                       const ranked *items, uint32_t rows)
{
    uint32_t *tracks = msched__arrow_alloc(table, rows, sizeof *tracks);
    for (uint32_t i = 0; tracks != NULL && i < rows; i++)
        tracks[i] = items[i].row;
    if (tracks == NULL)
        return;
    MEMBER(table, "rank", "I", items, ranked, rank, rows);
    STRING(table, "track_id", items, ranked, track.id, rows, 0);
    STRING(table, "track_name", items, ranked, track.name, rows, 0);
    STRING(table, "track_artist", items, ranked, track.artist, rows, 0);
    msched__arrow_add_members(table, "artists", catalog, msched_catalog_track_artist, tracks, rows);
    INDEX(table, "track_popularity", "I", items, ranked, track.popularity, rows);
    INDEX(table, "release_year", "i", items, ranked, track.release_year, rows);
    INDEX(table, "release_month", "I", items, ranked, track.release_month, rows);
    INDEX(table, "release_day", "I", items, ranked, track.release_day, rows);
    add_release_dates(table, items, rows);
    INDEX(table, "duration_ms", "I", items, ranked, track.duration_ms, rows);
}

msched_result msched_top_export(const msched_top *top, const msched_catalog *catalog,
                                struct ArrowArrayStream *stream, msched_error *err)
{
    uint32_t rows = top == NULL ? 0 : msched_top_count(top);
    msched_result result = msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    msched__arrow_table *table = begin(catalog == NULL ? NULL : (const void *)top, stream, rows,
                                       catalog, &result, err);
    if (table == NULL)
        return result;
    ranked *items = msched__arrow_alloc(table, rows, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < rows; i++) {
        uint32_t track, row = UINT32_MAX;
        msched_entry entry = {.struct_size = sizeof entry};
        msched_top_get(top, i, &track, &row);
        items[i].rank = i + 1;
        read_track(&items[i], catalog, track);
        if (row != UINT32_MAX && msched_catalog_get_entry(catalog, row, &entry) == MSCHED_OK)
            items[i].track.popularity = entry.popularity;
    }
    if (items != NULL)
        add_ranked(table, catalog, items, rows);
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_hits_export(const msched_hits *hits, const msched_catalog *catalog,
                                 struct ArrowArrayStream *stream, msched_error *err)
{
    static const char *const matches[] = {"exact", "words", "prefix", "typo"};
    uint32_t rows = hits == NULL ? 0 : msched_hits_count(hits);
    msched_result result = msched__catalog_need_all(catalog, err);
    if (result != MSCHED_OK)
        return result;
    msched__arrow_table *table = begin(catalog == NULL ? NULL : (const void *)hits, stream, rows,
                                       catalog, &result, err);
    if (table == NULL)
        return result;
    ranked *items = msched__arrow_alloc(table, rows, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < rows; i++) {
        msched_hit hit = {.struct_size = sizeof hit};
        msched_hits_get(hits, i, &hit);
        items[i].rank = i + 1;
        items[i].score = hit.score;
        items[i].match_name = hit.match < sizeof matches / sizeof matches[0] ? matches[hit.match]
                                                                             : NULL;
        read_track(&items[i], catalog, hit.track);
    }
    if (items != NULL) {
        add_ranked(table, catalog, items, rows);
        MEMBER(table, "score", "g", items, ranked, score, rows);
        STRING(table, "match", items, ranked, match_name, rows, 0);
    }
    return msched__arrow_table_finish(table, stream, err);
}

/* "2026-11-24" */
typedef struct date_text {
    char text[16];
} date_text;

/* The dates of a schedule. NULL when out of memory. */
static date_text *name_dates(msched__arrow_table *table, const msched_schedule *schedule)
{
    uint32_t count = schedule->days > 0 ? schedule->days : 1;
    date_text *names = msched__arrow_alloc(table, count, sizeof *names);
    msched__date first = {1970, 1, 1};
    msched__date_parse(schedule->date, strlen(schedule->date), &first);
    for (uint32_t d = 0; names != NULL && d < count; d++)
        msched__date_write(msched__date_to_days(first) + d, names[d].text);
    return names;
}

static const char *date_of(const msched_schedule *schedule, const date_text *names, uint32_t day)
{
    return names[day < schedule->days ? day : 0].text;
}

msched_result msched_schedule_export_entries(const msched_schedule *schedule,
                                             struct ArrowArrayStream *stream, msched_error *err)
{
    uint32_t rows = schedule == NULL ? 0 : msched_schedule_entry_count(schedule);
    msched_result result;
    msched__arrow_table *table = begin(schedule, stream, rows, NULL, &result, err);
    if (table == NULL)
        return result;
    msched_schedule_entry *items = msched__arrow_alloc(table, rows, sizeof *items);
    const char **kinds = msched__arrow_alloc(table, rows, sizeof *kinds);
    const char **states = msched__arrow_alloc(table, rows, sizeof *states);
    const char **dates = msched__arrow_alloc(table, rows, sizeof *dates);
    const char **todos = msched__arrow_alloc(table, rows, sizeof *todos);
    date_text *names = name_dates(table, schedule);
    int ready = items != NULL && kinds != NULL && states != NULL && dates != NULL &&
                todos != NULL && names != NULL;
    for (uint32_t i = 0; ready && i < rows; i++) {
        items[i].struct_size = sizeof items[i];
        msched_schedule_get_entry(schedule, i, &items[i]);
        int song = items[i].kind == MSCHED_ENTRY_SONG;
        kinds[i] = song ? "song" : "todo";
        states[i] = msched_state_name(items[i].state);
        dates[i] = date_of(schedule, names, items[i].day);
        todos[i] = song ? NULL : msched__schedule_of(schedule, &schedule->entries[i]);
        if (!song)
            items[i].popularity = UINT32_MAX; /* null */
    }
    if (ready) {
        msched__arrow_add_strings(table, "kind", kinds);
        STRING(table, "id", items, msched_schedule_entry, id, rows, 0);
        STRING(table, "title", items, msched_schedule_entry, title, rows, 0);
        STRING(table, "artist", items, msched_schedule_entry, artist, rows, 1);
        MEMBER(table, "start_s", "i", items, msched_schedule_entry, start_s, rows);
        MEMBER(table, "end_s", "i", items, msched_schedule_entry, end_s, rows);
        add_moments(table, "start_utc", items, sizeof *items,
                    offsetof(msched_schedule_entry, start_utc), rows);
        add_moments(table, "end_utc", items, sizeof *items,
                    offsetof(msched_schedule_entry, end_utc), rows);
        STRING(table, "during", items, msched_schedule_entry, during, rows, 1);
        INDEX(table, "todo", "I", items, msched_schedule_entry, todo, rows);
        INDEX(table, "wanted", "I", items, msched_schedule_entry, wanted, rows);
        MEMBER(table, "fixed", "I", items, msched_schedule_entry, fixed, rows);
        INDEX(table, "popularity", "I", items, msched_schedule_entry, popularity, rows);
        MEMBER(table, "piece", "I", items, msched_schedule_entry, piece, rows);
        msched__arrow_add_strings(table, "state", states);
        msched__arrow_add_strings(table, "date", dates);
        msched__arrow_add_strings(table, "of", todos);
    }
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_schedule_export_unplaced(const msched_schedule *schedule,
                                              struct ArrowArrayStream *stream, msched_error *err)
{
    static const char *const kind_names[] = {"todo", "song", "fill"};
    uint32_t rows = schedule == NULL ? 0 : msched_schedule_unplaced_count(schedule);
    msched_result result = schedule == NULL ? MSCHED_OK
                                            : msched__deferred_complete(schedule->deferred);
    if (result != MSCHED_OK)
        return msched__fail_memory(err);
    msched__arrow_table *table = begin(schedule, stream, rows, NULL, &result, err);
    if (table == NULL)
        return result;
    msched_unplaced *items = msched__arrow_alloc(table, rows, sizeof *items);
    const char **kinds = msched__arrow_alloc(table, rows, sizeof *kinds);
    const char **reasons = msched__arrow_alloc(table, rows, sizeof *reasons);
    const char **dates = msched__arrow_alloc(table, rows, sizeof *dates);
    date_text *names = name_dates(table, schedule);
    int ready = items != NULL && kinds != NULL && reasons != NULL && dates != NULL && names != NULL;
    for (uint32_t i = 0; ready && i < rows; i++) {
        items[i].struct_size = sizeof items[i];
        msched_schedule_get_unplaced(schedule, i, &items[i]);
        kinds[i] = kind_names[items[i].kind];
        reasons[i] = msched_reason_name(items[i].reason);
        dates[i] = date_of(schedule, names, items[i].day);
    }
    if (ready) {
        msched__arrow_add_strings(table, "kind", kinds);
        STRING(table, "id", items, msched_unplaced, id, rows, 1);
        STRING(table, "title", items, msched_unplaced, title, rows, 0);
        INDEX(table, "todo", "I", items, msched_unplaced, todo, rows);
        INDEX(table, "wanted", "I", items, msched_unplaced, wanted, rows);
        MEMBER(table, "plays", "I", items, msched_unplaced, plays, rows);
        msched__arrow_add_strings(table, "reason", reasons);
        STRING(table, "text", items, msched_unplaced, text, rows, 0);
        MEMBER(table, "needed_s", "i", items, msched_unplaced, needed_s, rows);
        MEMBER(table, "available_s", "i", items, msched_unplaced, available_s, rows);
        MEMBER(table, "fix", "I", items, msched_unplaced, fix, rows);
        MEMBER(table, "fix_s", "i", items, msched_unplaced, fix_s, rows);
        STRING(table, "fix_id", items, msched_unplaced, fix_id, rows, 1);
        STRING(table, "fix_text", items, msched_unplaced, fix_text, rows, 1);
        msched__arrow_add_strings(table, "date", dates);
    }
    return msched__arrow_table_finish(table, stream, err);
}

/* A fix with the item that it is of. */
typedef struct fix_row {
    uint32_t item, rank;
    msched_fix fix;
} fix_row;

/* All fixes, item by item; with `out` NULL, their number. */
static uint32_t list_fixes(const msched_schedule *schedule, fix_row *out)
{
    uint32_t items = schedule == NULL ? 0 : msched_schedule_unplaced_count(schedule), n = 0;
    for (uint32_t i = 0; i < items; i++) {
        msched_unplaced u = {.struct_size = sizeof u};
        msched_schedule_get_unplaced(schedule, i, &u);
        if (u.fix == MSCHED_FIX_NONE)
            continue;
        msched_fix first = {.kind = u.fix, .amount_s = u.fix_s, .id = u.fix_id, .text = u.fix_text};
        for (uint32_t k = 0; k <= u.alternative_count; k++, n++)
            if (out != NULL)
                out[n] = (fix_row){i, k + 1, k == 0 ? first : *u.alternatives[k - 1]};
    }
    return n;
}

msched_result msched_schedule_export_fixes(const msched_schedule *schedule,
                                           struct ArrowArrayStream *stream, msched_error *err)
{
    msched_result result = schedule == NULL ? MSCHED_OK
                                            : msched__deferred_complete(schedule->deferred);
    if (result != MSCHED_OK)
        return msched__fail_memory(err);
    uint32_t rows = list_fixes(schedule, NULL);
    msched__arrow_table *table = begin(schedule, stream, rows, NULL, &result, err);
    if (table == NULL)
        return result;
    fix_row *fixes = msched__arrow_alloc(table, rows, sizeof *fixes);
    const char **kinds = msched__arrow_alloc(table, rows, sizeof *kinds);
    if (fixes != NULL && kinds != NULL) {
        list_fixes(schedule, fixes);
        for (uint32_t i = 0; i < rows; i++)
            kinds[i] = msched__fix_name(fixes[i].fix.kind);
        MEMBER(table, "item", "I", fixes, fix_row, item, rows);
        MEMBER(table, "rank", "I", fixes, fix_row, rank, rows);
        msched__arrow_add_strings(table, "kind", kinds);
        MEMBER(table, "amount_s", "i", fixes, fix_row, fix.amount_s, rows);
        STRING(table, "id", fixes, fix_row, fix.id, rows, 1);
        STRING(table, "text", fixes, fix_row, fix.text, rows, 0);
    }
    return msched__arrow_table_finish(table, stream, err);
}
