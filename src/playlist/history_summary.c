/*
 * Summarize a history: counts of plays by song, artist, hour, weekday and month, and streaks of
 * days. One pass over the plays in order of time; the zone's offset is looked up once for each
 * change.
 */
#include "playlist/history_summary.h"

#include "algo/index_sort.h"
#include "base/alloc.h"
#include "base/civil.h"
#include "base/options.h"
#include "time/zone.h"

#include <stdio.h>
#include <string.h>

#define DAY_S      86400
#define MAX_MONTHS 12000 /* a thousand years */

/* State of the pass. */
typedef struct counter {
    msched_history_summary *summary;
    msched__history_tally *songs, *artists; /* by recording, by artist */
    int has_zone;
    msched__zone zone;
    int64_t offset_until, offset; /* seconds that clocks are ahead, until a moment */
    int64_t from_day, to_day;     /* inclusive */
    int64_t first_day, last_day;  /* of the plays so far */
    int64_t run_from;             /* first day of the streak up to last_day */
    int64_t longest_from, longest_to;
    int64_t first_month, last_month; /* 12 * year + month - 1 */
} counter;

void msched_history_summary_options_init(msched_history_summary_options *options,
                                         uint32_t struct_size)
{
    msched_history_summary_options defaults = {.struct_size = sizeof defaults};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

static int64_t local_of(counter *c, int64_t utc)
{
    if (c->has_zone && utc >= c->offset_until) {
        msched__zone_change change;
        c->offset = msched__zone_at(&c->zone, utc)->offset_s;
        c->offset_until = msched__zone_next(&c->zone, utc, &change) ? change.utc : INT64_MAX;
    }
    return utc + c->offset;
}

static inline void tally(msched__history_tally *to, const msched__play *play)
{
    to->plays++;
    to->ms += play->ms > 0 ? play->ms : 0;
    to->skipped += play->skipped == 1;
    to->skipped_known += play->skipped >= 0;
}

static inline void tally_name(msched__history_tally *to, const msched__play *play, uint32_t index)
{
    if (to->plays == 0) {
        to->song = play->song;
        to->first = index;
    }
    tally(to, play);
}

static int64_t month_of(int64_t day)
{
    msched__date date = msched__date_from_days(day);
    return (int64_t)date.year * 12 + date.month - 1;
}

static void count_day(counter *c, int64_t day)
{
    if (c->summary->totals.days > 0 && day <= c->last_day)
        return;
    if (c->summary->totals.days == 0) {
        c->first_day = c->run_from = c->longest_from = c->longest_to = day;
    } else if (day != c->last_day + 1) {
        c->run_from = day;
    }
    c->summary->totals.days++;
    c->last_day = day;
    if (day - c->run_from > c->longest_to - c->longest_from) {
        c->longest_from = c->run_from;
        c->longest_to = day;
    }
}

static int is_wanted(const counter *c, const msched__play *play, int64_t day)
{
    return day >= c->from_day && day <= c->to_day &&
           (play->ms < 0 || (uint32_t)play->ms >= c->summary->min_played_ms);
}

/* Find the first and last month of the wanted plays. */
static void find_months(counter *c)
{
    const msched_history *history = c->summary->history;
    c->first_month = INT64_MAX;
    c->last_month = INT64_MIN;
    int64_t last_day = INT64_MIN;
    for (size_t i = 0; i < history->play_count; i++) {
        int64_t day = msched__days_of(local_of(c, history->plays[i].utc));
        if (!is_wanted(c, &history->plays[i], day) || day == last_day)
            continue;
        int64_t month = month_of(day);
        c->first_month = month < c->first_month ? month : c->first_month;
        c->last_month = month > c->last_month ? month : c->last_month;
        last_day = day;
    }
    c->offset_until = INT64_MIN;
}

static void count_plays(counter *c)
{
    msched_history_summary *summary = c->summary;
    const msched_history *history = summary->history;
    int64_t month_day = INT64_MIN, month = 0;
    msched__history_tally all = {0};
    for (size_t i = 0; i < history->play_count; i++) {
        const msched__play *play = &history->plays[i];
        const msched__history_song *song = &history->songs[play->song];
        int64_t local = local_of(c, play->utc), day = msched__days_of(local);
        if (!is_wanted(c, play, day))
            continue;
        if (day != month_day) {
            month = month_of(day);
            month_day = day;
            count_day(c, day);
        }
        msched__history_tally *by_song = &c->songs[song->recording],
                              *by_artist = &c->artists[song->artist];
        tally_name(by_song, play, (uint32_t)i);
        tally_name(by_artist, play, (uint32_t)i);
        tally(&summary->rows[MSCHED_HISTORY_HOURS][(local - day * DAY_S) / 3600], play);
        tally(&summary->rows[MSCHED_HISTORY_WEEKDAYS][(msched__days_weekday(day) + 6) % 7], play);
        if (month - c->first_month < summary->counts[MSCHED_HISTORY_MONTHS])
            tally(&summary->rows[MSCHED_HISTORY_MONTHS][month - c->first_month], play);
        tally(&all, play);
    }
    summary->totals.plays = all.plays;
    summary->totals.played_ms = all.ms;
    summary->totals.skipped = all.skipped;
    summary->totals.skipped_known = all.skipped_known;
}

/* Pack plays and time into one number, with the more important value in the high bits. */
static uint64_t rank_key(const msched__history_tally *row, uint32_t by_time)
{
    const uint64_t most_ms = (UINT64_C(1) << 38) - 1, most_plays = (UINT64_C(1) << 26) - 1;
    uint64_t ms = (uint64_t)row->ms > most_ms ? most_ms : (uint64_t)row->ms;
    uint64_t plays = row->plays > most_plays ? most_plays : row->plays;
    return ~(by_time ? ms << 26 | plays : plays << 38 | ms);
}

/*
 * Write the `limit` most played items to a list; among equal items, the one heard first comes
 * first. *distinct receives the number of different items.
 */
static int rank(msched_history_summary *summary, uint32_t list, const msched__history_tally *all,
                uint32_t count, uint32_t limit, uint32_t *distinct)
{
    msched__keyed *order = msched__alloc_array(&summary->allocator, count, sizeof *order);
    uint32_t played = 0;
    if (order == NULL)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (all[i].plays > 0)
            order[played++] = (msched__keyed){rank_key(&all[i], summary->by_time), all[i].first};
    msched__key_sort(order, played);
    *distinct = played;
    uint32_t listed = played < limit ? played : limit;
    summary->rows[list] = msched__alloc_array(&summary->allocator, listed,
                                              sizeof *summary->rows[list]);
    for (uint32_t i = 0; i < listed && summary->rows[list] != NULL; i++) {
        const msched_history *history = summary->history;
        const msched__history_song *song = &history->songs[history->plays[order[i].index].song];
        summary->rows[list][i] = all[list == MSCHED_HISTORY_SONGS ? song->recording : song->artist];
        summary->rows[list][i].number = (int32_t)i + 1;
    }
    summary->counts[list] = summary->rows[list] == NULL ? 0 : listed;
    msched__free(&summary->allocator, order);
    return summary->rows[list] != NULL;
}

static int make_list(msched_history_summary *summary, uint32_t list, uint32_t count)
{
    summary->rows[list] = msched__alloc_zero(&summary->allocator, count,
                                             sizeof *summary->rows[list]);
    if (summary->rows[list] == NULL)
        return 0;
    summary->counts[list] = count;
    for (uint32_t i = 0; i < count; i++)
        summary->rows[list][i].number = (int32_t)i + (list == MSCHED_HISTORY_WEEKDAYS);
    return 1;
}

static int make_lists(counter *c)
{
    msched_history_summary *summary = c->summary;
    const msched_history *history = summary->history;
    find_months(c);
    int64_t months = c->last_month < c->first_month ? 0 : c->last_month - c->first_month + 1;
    months = months > MAX_MONTHS ? MAX_MONTHS : months;
    c->songs = msched__alloc_zero(&summary->allocator, history->recording_count, sizeof *c->songs);
    c->artists = msched__alloc_zero(&summary->allocator, history->artist_count, sizeof *c->artists);
    if (c->songs == NULL || c->artists == NULL || !make_list(summary, MSCHED_HISTORY_HOURS, 24) ||
        !make_list(summary, MSCHED_HISTORY_WEEKDAYS, 7) ||
        !make_list(summary, MSCHED_HISTORY_MONTHS, (uint32_t)months))
        return 0;
    for (int64_t i = 0; i < months; i++) {
        summary->rows[MSCHED_HISTORY_MONTHS][i].year = (int32_t)((c->first_month + i) / 12);
        summary->rows[MSCHED_HISTORY_MONTHS][i].number = (int32_t)((c->first_month + i) % 12) + 1;
    }
    return 1;
}

static void write_date(char out[12], int64_t day)
{
    msched__date date = msched__date_from_days(day);
    snprintf(out, 12, "%04u-%02u-%02u", (unsigned)date.year % 10000u, (unsigned)date.month % 100u,
             (unsigned)date.day % 100u);
}

static void write_days(const counter *c)
{
    msched_history_totals *totals = &c->summary->totals;
    if (totals->days == 0)
        return;
    write_date(totals->first_date, c->first_day);
    write_date(totals->last_date, c->last_day);
    write_date(totals->longest_from, c->longest_from);
    write_date(totals->longest_to, c->longest_to);
    totals->longest_streak = (uint32_t)(c->longest_to - c->longest_from + 1);
    totals->latest_streak = (uint32_t)(c->last_day - c->run_from + 1);
}

static msched_result read_day(const char *text, const char *name, int64_t *day, msched_error *err)
{
    msched__date date;
    if (text == NULL || *text == '\0')
        return MSCHED_OK;
    if (!msched__date_parse(text, strlen(text), &date) || date.day == 0)
        return msched__fail(err, MSCHED_ERROR_VALUE,
                            "%s: \"%.40s\" is not a valid date (YYYY-MM-DD)", name, text);
    *day = msched__date_to_days(date);
    return MSCHED_OK;
}

static msched_result read_options(counter *c, const msched_history_summary_options *options,
                                  msched_error *err)
{
    const char *zone = options->timezone == NULL ? "" : options->timezone;
    c->from_day = INT64_MIN;
    c->to_day = INT64_MAX;
    c->offset_until = INT64_MIN;
    c->summary->min_played_ms = options->min_played_ms;
    c->summary->by_time = options->by_time != 0;
    snprintf(c->summary->timezone, sizeof c->summary->timezone, "%s", *zone == '\0' ? "UTC" : zone);
    msched_result result = read_day(options->from_date, "from", &c->from_day, err);
    if (result == MSCHED_OK)
        result = read_day(options->to_date, "to", &c->to_day, err);
    if (result == MSCHED_OK && *zone != '\0') {
        result = msched__zone_load(&c->zone, options->zoneinfo_dir, zone, &c->summary->allocator,
                                   err);
        c->has_zone = result == MSCHED_OK;
    }
    return result;
}

static msched_result fill(counter *c, uint32_t limit, msched_error *err)
{
    msched_history_summary *summary = c->summary;
    const msched_history *history = summary->history;
    if (!make_lists(c))
        return msched__fail_memory(err);
    count_plays(c);
    write_days(c);
    if (!rank(summary, MSCHED_HISTORY_SONGS, c->songs, history->recording_count, limit,
              &summary->totals.songs) ||
        !rank(summary, MSCHED_HISTORY_ARTISTS, c->artists, history->artist_count, limit,
              &summary->totals.artists))
        return msched__fail_memory(err);
    return MSCHED_OK;
}

msched_result msched_history_summarize(msched_history_summary **out, msched_history *history,
                                       const msched_history_summary_options *options,
                                       msched_error *err)
{
    msched_history_summary_options known;
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (history == NULL)
        return msched__fail_null(err, "history");
    msched_history_summary_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (result != MSCHED_OK)
        return result;
    msched_history_summary *summary = msched__alloc_zero(&history->allocator, 1, sizeof *summary);
    if (summary == NULL)
        return msched__fail_memory(err);
    msched__refcount_init(&summary->refs);
    summary->allocator = history->allocator;
    summary->history = msched_history_ref(history);
    summary->totals.struct_size = sizeof summary->totals;
    counter c = {.summary = summary};
    result = read_options(&c, &known, err);
    if (result == MSCHED_OK)
        result = fill(&c, known.limit == 0 ? 10 : known.limit, err);
    if (c.has_zone)
        msched__zone_free(&c.zone);
    msched__free(&summary->allocator, c.songs);
    msched__free(&summary->allocator, c.artists);
    if (result != MSCHED_OK)
        msched_history_summary_unref(summary);
    else
        *out = summary;
    return result;
}

void msched_history_summary_unref(msched_history_summary *summary)
{
    if (summary == NULL || !msched__refcount_drop(&summary->refs))
        return;
    msched_allocator allocator = summary->allocator;
    for (uint32_t i = 0; i < MSCHED__HISTORY_LISTS; i++)
        msched__free(&allocator, summary->rows[i]);
    msched_history_unref(summary->history);
    msched__free(&allocator, summary);
}

uint32_t msched_history_row_count(const msched_history_summary *summary, uint32_t list)
{
    return summary == NULL || list >= MSCHED__HISTORY_LISTS ? 0 : summary->counts[list];
}

msched_result msched_history_get_row(const msched_history_summary *summary, uint32_t list,
                                     uint32_t index, msched_history_row *row)
{
    if (index >= msched_history_row_count(summary, list))
        return MSCHED_ERROR_ARGUMENT;
    const msched__history_tally *from = &summary->rows[list][index];
    const msched_history *history = summary->history;
    int has_artist = list <= MSCHED_HISTORY_ARTISTS, has_title = list == MSCHED_HISTORY_SONGS;
    msched_history_row known = {
        .struct_size = sizeof known,
        .number = from->number,
        .year = from->year,
        .plays = from->plays,
        .skipped = from->skipped,
        .skipped_known = from->skipped_known,
        .played_ms = from->ms,
        .title = has_title ? msched__history_title(history, from->song) : "",
        .artist = has_artist ? msched__history_artist(history, from->song) : "",
        .track_id = has_title ? history->pool.data + history->songs[from->song].track_id : ""};
    return msched__options_write(row, &known, sizeof known);
}

msched_result msched_history_get_totals(const msched_history_summary *summary,
                                        msched_history_totals *totals)
{
    if (summary == NULL)
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(totals, &summary->totals, sizeof summary->totals);
}
