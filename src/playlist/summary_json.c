/* A summary as JSON. */
#include "base/buffer.h"
#include "playlist/history_summary.h"

static const char *const names[MSCHED__HISTORY_LISTS] = {"songs", "artists", "hours", "weekdays",
                                                         "months"};

/* A share of the plays with a known value, or null. */
static void add_share(msched__buffer *out, uint32_t part, uint32_t whole)
{
    if (whole == 0)
        msched__buffer_string(out, "null");
    else
        msched__buffer_double(out, (double)part / whole);
}

static void add_key(msched__buffer *out, uint32_t list, const msched_history_row *row)
{
    static const char *const numbers[] = {"rank", "rank", "hour", "weekday", "month"};
    if (list == MSCHED_HISTORY_MONTHS)
        msched__buffer_format(out, "\"month\": \"%04d-%02d\"", (int)row->year, (int)row->number);
    else
        msched__buffer_format(out, "\"%s\": %d", numbers[list], (int)row->number);
    if (list == MSCHED_HISTORY_SONGS) {
        msched__buffer_string(out, ", \"title\": ");
        msched__buffer_json(out, row->title);
    }
    if (list <= MSCHED_HISTORY_ARTISTS) {
        msched__buffer_string(out, ", \"artist\": ");
        msched__buffer_json(out, row->artist);
    }
    if (row->track_id[0] != '\0') {
        msched__buffer_string(out, ", \"track_id\": ");
        msched__buffer_json(out, row->track_id);
    }
}

static void add_list(msched__buffer *out, const msched_history_summary *summary, uint32_t list)
{
    msched__buffer_format(out, ",\n \"%s\": [", names[list]);
    for (uint32_t i = 0; i < summary->counts[list] && !out->failed; i++) {
        msched_history_row row = {.struct_size = sizeof row};
        msched_history_get_row(summary, list, i, &row);
        msched__buffer_string(out, i == 0 ? "\n  {" : ",\n  {");
        add_key(out, list, &row);
        msched__buffer_format(out, ", \"plays\": %u, \"played_ms\": %lld, \"skipped_share\": ",
                              (unsigned)row.plays, (long long)row.played_ms);
        add_share(out, row.skipped, row.skipped_known);
        msched__buffer_char(out, '}');
    }
    msched__buffer_char(out, ']');
}

static void add_streaks(msched__buffer *out, const msched_history_totals *t)
{
    msched__buffer_format(out,
                          ",\n \"streaks\": {\"longest\": %u, \"longest_from\": \"%s\", "
                          "\"longest_to\": \"%s\", \"latest\": %u}",
                          (unsigned)t->longest_streak, t->longest_from, t->longest_to,
                          (unsigned)t->latest_streak);
}

static void add_left_out(msched__buffer *out, const msched_history *history)
{
    msched__buffer_format(
        out,
        ",\n \"left_out\": {\"episodes\": %llu, \"duplicates\": %llu, \"unreadable\": %llu, "
        "\"remarks\": [",
        (unsigned long long)history->episodes, (unsigned long long)history->duplicates,
        (unsigned long long)history->unreadable);
    for (uint32_t i = 0; i < history->remark_count; i++) {
        msched__buffer_string(out, i == 0 ? "\n  " : ",\n  ");
        msched__buffer_json(out, history->remarks[i]);
    }
    msched__buffer_string(out, "]}}\n");
}

msched_result msched_history_summary_to_json(const msched_history_summary *summary,
                                             msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (summary == NULL)
        return msched__fail_null(err, "summary");
    const msched_history_totals *t = &summary->totals;
    msched__buffer json;
    msched__buffer_init(&json, &summary->allocator);
    msched__buffer_format(&json, "{\"plays\": %u, \"songs_played\": %u, \"artists_played\": %u, ",
                          (unsigned)t->plays, (unsigned)t->songs, (unsigned)t->artists);
    msched__buffer_format(&json,
                          "\"played_ms\": %lld, \"skipped_share\": ", (long long)t->played_ms);
    add_share(&json, t->skipped, t->skipped_known);
    msched__buffer_format(&json,
                          ", \"first_date\": \"%s\", \"last_date\": \"%s\", \"days\": %u, "
                          "\"timezone\": \"%s\"",
                          t->first_date, t->last_date, (unsigned)t->days, summary->timezone);
    add_streaks(&json, t);
    for (uint32_t list = 0; list < MSCHED__HISTORY_LISTS; list++)
        add_list(&json, summary, list);
    add_left_out(&json, summary->history);
    return msched__buffer_to_text(&json, out, err);
}
