#include "plan/json/plan_json_write.h"

#include "plan/json/plan_json_span_write.h"

/* Default values are omitted, so that reading and writing again gives the same bytes. */

static void add_time(msched__buffer *out, const char *key, int32_t time)
{
    msched__buffer_format(out, ", \"%s\": \"", key);
    msched__buffer_time_short(out, time);
    msched__buffer_char(out, '"');
}

static void add_number(msched__buffer *out, const char *key, int64_t value, int64_t default_value)
{
    if (value != default_value)
        msched__buffer_format(out, ", \"%s\": %lld", key, (long long)value);
}

static void add_text(msched__buffer *out, const char *key, const char *text)
{
    msched__buffer_format(out, ", \"%s\": ", key);
    msched__buffer_json(out, text);
}

/* Real seconds as what clocks show. */
static void add_pair(msched__buffer *out, const msched__axis *axis, int32_t start, int32_t end)
{
    msched__buffer_string(out, "[\"");
    msched__buffer_time_short(out, msched__axis_to_time(axis, start));
    msched__buffer_string(out, "\", \"");
    msched__buffer_time_short(out, msched__axis_to_end(axis, end));
    msched__buffer_string(out, "\"]");
}

static void add_names(msched__buffer *out, const char *key, const char *const *names,
                      uint32_t count)
{
    if (count == 0)
        return;
    msched__buffer_format(out, ", \"%s\": [", key);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            msched__buffer_string(out, ", ");
        msched__buffer_json(out, names[i]);
    }
    msched__buffer_char(out, ']');
}

void msched__plan_write_todo(msched__buffer *out, const msched_plan *plan, uint32_t index)
{
    const msched__axis *axis = &plan->axis;
    const msched__plan_todo *todo = &plan->todos[index];
    msched__buffer_string(out, "{\"id\": ");
    msched__buffer_json(out, todo->id);
    add_text(out, "title", todo->title);
    if (todo->kind == MSCHED_TODO_EVENT) {
        add_time(out, "start", msched__axis_to_time(axis, todo->start_s));
        add_time(out, "end", msched__axis_to_end(axis, todo->end_s));
    } else {
        add_number(out, "duration_s", todo->duration_s, 0);
        if (todo->start_s != MSCHED_UNSET)
            add_time(out, "pin", msched__axis_to_time(axis, todo->start_s));
        if (todo->has_earliest)
            add_time(out, "earliest", msched__axis_to_time(axis, todo->earliest_s));
        if (todo->has_latest)
            add_time(out, "latest", msched__axis_to_end(axis, todo->latest_s));
    }
    add_number(out, "priority", todo->priority, 1);
    add_names(out, "after", todo->after_ids, todo->after_id_count);
    add_names(out, "before", todo->before_ids, todo->before_count);
    if (todo->late)
        msched__buffer_string(out, ", \"late\": true");
    add_number(out, "buffer_before_s", todo->buffer_before_s, 0);
    add_number(out, "buffer_after_s", todo->buffer_after_s, 0);
    add_number(out, "split_min_s", todo->split_min_s, 0);
    if (todo->music)
        msched__buffer_string(out, ", \"music\": true");
    if (todo->mood != MSCHED_MOOD_NONE)
        add_text(out, "mood", msched_mood_name(todo->mood));
    add_names(out, "labels", todo->labels, todo->label_count);
    if (todo->description[0] != '\0')
        add_text(out, "description", todo->description);
    if (todo->state != MSCHED_STATE_OPEN)
        add_text(out, "state", msched_state_name(todo->state));
    if (todo->started_s != MSCHED_UNSET)
        add_time(out, "started", msched__axis_to_time(axis, todo->started_s));
    if (todo->ended_s != MSCHED_UNSET)
        add_time(out, "ended", msched__axis_to_end(axis, todo->ended_s));
    add_number(out, "left_s", todo->left_s, MSCHED_UNSET);
    if (plan->span != NULL)
        msched__span_write_todo(out, plan, index);
    msched__buffer_char(out, '}');
}

void msched__plan_write_song(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__song_names names)
{
    const msched__axis *axis = &plan->axis;
    const msched__plan_song *song = &plan->songs[index];
    int by_id = song->track_id[0] != '\0' &&
                (names != MSCHED__SONG_QUERY || song->query[0] == '\0');
    const char *first = by_id ? song->track_id : song->query;
    msched__buffer_format(out, "{\"%s\": ", by_id ? "track_id" : "query");
    msched__buffer_json(out, first);
    if (names == MSCHED__SONG_BOTH && first != song->query && song->query[0] != '\0')
        add_text(out, "query", song->query);
    if (song->between_start_s != MSCHED_UNSET) {
        msched__buffer_string(out, ", \"between\": ");
        add_pair(out, axis, song->between_start_s, song->between_end_s);
    }
    if (song->start_s != MSCHED_UNSET)
        add_time(out, "at", msched__axis_to_time(axis, song->start_s));
    if (song->during_id[0] != '\0')
        add_text(out, "during", song->during_id);
    if (song->must)
        msched__buffer_string(out, ", \"must\": true");
    add_number(out, "weight", song->weight, 0);
    add_number(out, "times", song->times, 1);
    if (song->state != MSCHED_STATE_OPEN)
        add_text(out, "state", msched_state_name(song->state));
    if (plan->span != NULL)
        msched__span_write_song(out, plan->span, index);
    msched__buffer_char(out, '}');
}

static void add_year(msched__buffer *out, int32_t year)
{
    if (year == 0)
        msched__buffer_string(out, "null");
    else
        msched__buffer_int(out, year);
}

static void add_fill(msched__buffer *out, const msched_plan *plan, uint32_t index)
{
    const msched__axis *axis = &plan->axis;
    const msched_listening *listening = msched__plan_fill_rules(plan, index);
    msched__buffer_format(out, "{\"duration_s\": %d", (int)listening->fill_s);
    add_names(out, "genres", listening->fill_genres, listening->fill_genre_count);
    add_names(out, "subgenres", listening->fill_subgenres, listening->fill_subgenre_count);
    add_names(out, "artists", listening->fill_artists, listening->fill_artist_count);
    if (listening->fill_year_min != 0 || listening->fill_year_max != 0) {
        msched__buffer_string(out, ", \"years\": [");
        add_year(out, listening->fill_year_min);
        msched__buffer_string(out, ", ");
        add_year(out, listening->fill_year_max);
        msched__buffer_char(out, ']');
    }
    if (listening->fill_avoid_count > 0)
        add_names(out, "avoid", listening->fill_avoid, listening->fill_avoid_count);
    add_number(out, "min_popularity", listening->fill_min_popularity, 0);
    add_number(out, "max_track_s", listening->fill_max_track_s, 0);
    if (listening->fill_mood != MSCHED_MOOD_NONE)
        add_text(out, "mood", msched_mood_name(listening->fill_mood));
    if (listening->fill_between_start_s != MSCHED_UNSET) {
        msched__buffer_string(out, ", \"between\": ");
        add_pair(out, axis, listening->fill_between_start_s, listening->fill_between_end_s);
    }
    if (listening->fill_during != NULL && listening->fill_during[0] != '\0')
        add_text(out, "during", listening->fill_during);
    if (plan->span != NULL)
        msched__span_write_fill(out, plan->span, index);
    msched__buffer_char(out, '}');
}

/* 1 if a rule of the fill is set; its duration may be 0. */
static int has_fill(const msched_listening *l)
{
    return l->fill_s != 0 ||
           l->fill_genre_count + l->fill_subgenre_count + l->fill_artist_count > 0 ||
           l->fill_avoid_count > 0 || l->fill_year_min != 0 || l->fill_year_max != 0 ||
           l->fill_min_popularity != 0 || l->fill_max_track_s != 0 ||
           l->fill_mood != MSCHED_MOOD_NONE || l->fill_between_start_s != MSCHED_UNSET ||
           (l->fill_during != NULL && l->fill_during[0] != '\0');
}

void msched__plan_write_listening(msched__buffer *out, const msched_plan *plan)
{
    const msched__axis *axis = &plan->axis;
    const msched_listening *listening = &plan->listening;
    msched__buffer_string(out, ",\n \"listening\": {\"quiet\": [");
    for (uint32_t i = 0; i < listening->quiet_count; i++) {
        if (i > 0)
            msched__buffer_string(out, ", ");
        add_pair(out, axis, listening->quiet_s[2 * i], listening->quiet_s[2 * i + 1]);
    }
    msched__buffer_char(out, ']');
    add_number(out, "max_total_s", listening->max_total_s, MSCHED_UNSET);
    add_number(out, "gap_s", listening->gap_s, 0);
    add_number(out, "artist_separation_s", listening->artist_separation_s, 0);
    add_number(out, "repeat_s", listening->repeat_s, 0);
    if (!plan->knows_history) { /* otherwise, the fills name what they avoid */
        add_number(out, "avoid_days", (int32_t)listening->avoid_days, 0);
        add_names(out, "avoid_files", listening->avoid_files, listening->avoid_file_count);
    }
    if (plan->more_fill_count > 0 || has_fill(listening))
        msched__buffer_string(out, plan->more_fill_count > 0 ? ", \"fills\": [" : ", \"fill\": ");
    if (plan->more_fill_count > 0 || has_fill(listening))
        add_fill(out, plan, 0);
    for (uint32_t k = 0; k < plan->more_fill_count; k++) {
        msched__buffer_string(out, ", ");
        add_fill(out, plan, k + 1);
    }
    msched__buffer_string(out, plan->more_fill_count > 0 ? "]}" : "}");
}

void msched__plan_write_day(msched__buffer *out, const msched_plan *plan, int complete)
{
    msched__buffer_format(out, "{\"version\": 1, \"date\": \"%s\"", plan->date);
    if (plan->timezone[0] != '\0')
        add_text(out, "timezone", plan->timezone);
    msched__buffer_string(out, ", \"day\": {\"start\": \"");
    msched__buffer_time_short(out, msched__axis_to_time(&plan->axis, plan->day_start_s));
    msched__buffer_string(out, "\", \"end\": \"");
    msched__buffer_time_short(out, msched__axis_to_end(&plan->axis, plan->day_end_s));
    msched__buffer_char(out, '"');
    add_number(out, "break_s", plan->break_s, 0);
    add_number(out, "break_after_s", plan->break_after_s, 0);
    if (plan->span != NULL)
        msched__span_write_day(out, plan, complete);
    msched__buffer_char(out, '}');
    if (plan->span != NULL)
        msched__span_write_plan(out, plan, complete);
    if (complete && plan->now_s != MSCHED_UNSET)
        add_time(out, "now", msched__axis_to_time(&plan->axis, plan->now_s));
    if (plan->calendar_id[0] != '\0')
        add_text(out, "calendar_id", plan->calendar_id);
    if (plan->assume_done)
        msched__buffer_string(out, ", \"assume_done\": true");
}

msched_result msched_plan_to_json(const msched_plan *plan, msched_text **out, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (plan == NULL)
        return msched__fail_null(err, "plan");
    msched__buffer text;
    msched__buffer_init(&text, &plan->arena.allocator);
    msched__plan_write_day(&text, plan, 1);
    msched__buffer_string(&text, ",\n \"todos\": [");
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        msched__buffer_string(&text, i == 0 ? "\n  " : ",\n  ");
        msched__plan_write_todo(&text, plan, i);
    }
    msched__buffer_string(&text, "],\n \"songs\": [");
    for (uint32_t i = 0; i < plan->song_count; i++) {
        msched__buffer_string(&text, i == 0 ? "\n  " : ",\n  ");
        msched__plan_write_song(&text, plan, i, MSCHED__SONG_BOTH);
    }
    msched__buffer_char(&text, ']');
    msched__plan_write_listening(&text, plan);
    msched__buffer_string(&text, "}\n");
    return msched__buffer_to_text(&text, out, err);
}
