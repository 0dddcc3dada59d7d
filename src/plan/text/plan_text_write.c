/* Lines of plan text, in the order of docs/plan-text.md: title, times, then attributes. */
#include "plan/text/plan_text_write.h"

#include "base/civil.h"
#include "plan/plan_span_check.h"

#define DAY_S           86400
#define DEFAULT_START_S (7 * 3600)
#define DEFAULT_END_S   (23 * 3600)
#define LIKE_A_TIME_S   (7 * 3600) /* after a title, "9h" is a length or a time of day */

static void add_time(msched__buffer *out, const char *before, int32_t time)
{
    msched__buffer_string(out, before);
    msched__buffer_time_short(out, time);
}

/* "2h", "1h30m", "45m", "90s" */
static void add_length(msched__buffer *out, const char *before, int32_t seconds)
{
    msched__buffer_string(out, before);
    if (seconds % 60 != 0)
        msched__buffer_format(out, "%ds", (int)seconds);
    else if (seconds < 3600)
        msched__buffer_format(out, "%dm", (int)seconds / 60);
    else if (seconds % 3600 == 0)
        msched__buffer_format(out, "%dh", (int)seconds / 3600);
    else
        msched__buffer_format(out, "%dh%02dm", (int)seconds / 3600, (int)seconds / 60 % 60);
}

/* Real seconds as what clocks show. */
static void add_range(msched__buffer *out, const char *before, const msched__axis *axis,
                      const int32_t *range)
{
    add_time(out, before, msched__axis_to_time(axis, range[0]));
    add_time(out, "-", msched__axis_to_end(axis, range[1]));
}

static void add_names(msched__buffer *out, const char *before, const char *const *names,
                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        msched__buffer_string(out, i == 0 ? before : ",");
        msched__buffer_string(out, names[i]);
    }
}

/* "2026-11-27T17:00" of a moment of a plan of several dates. */
static void add_moment(msched__buffer *out, const char *before, const msched_plan *plan,
                       int32_t moment)
{
    if (moment == MSCHED_UNSET)
        return;
    int32_t time = moment % DAY_S < 0 ? moment % DAY_S + DAY_S : moment % DAY_S;
    msched__date date = msched__date_from_days(plan->date_days + (moment - time) / DAY_S);
    msched__buffer_format(out, "%s%04d-%02u-%02u", before, (int)date.year, (unsigned)date.month,
                          (unsigned)date.day);
    add_time(out, "T", time);
}

/* The dates of an item: "on:mon,wed", "every mon,wed", "every day", "3x". */
static void add_dates(msched__buffer *out, const msched__span_item *item)
{
    if (item->each && item->on.names == NULL)
        msched__buffer_string(out, " every day");
    else
        add_names(out, item->each ? " every " : " on:", item->on.names, item->on.count);
}

/* "done:2026-11-23,2026-11-24T17:30-18:30" */
static void add_occurrences(msched__buffer *out, const msched__span_item *item, uint32_t state,
                            const char *word)
{
    for (uint32_t i = 0; i < item->occurrence_count; i++) {
        const msched_occurrence *o = &item->occurrences[i];
        int has_start = o->started_s != MSCHED_UNSET;
        if (o->state != state || (state == MSCHED_STATE_PAUSED && !has_start))
            continue;
        msched__buffer_string(out, word);
        msched__buffer_string(out, o->date);
        if (has_start)
            add_time(out, "T", o->started_s);
        if (has_start && state == MSCHED_STATE_DONE)
            msched__buffer_char(out, '-');
        if (o->ended_s != MSCHED_UNSET)
            add_time(out, has_start ? "" : "T", o->ended_s);
        word = ",";
    }
}

static void add_span_todo(msched__buffer *out, const msched_plan *plan, uint32_t index)
{
    const msched__span_item *item = &plan->span->todos[index];
    add_dates(out, item);
    if (item->times != 1)
        msched__buffer_format(out, " %ux", (unsigned)item->times);
    if (item->apart_days != 1)
        msched__buffer_format(out, " apart:%dd", (int)item->apart_days);
    add_moment(out, " t:", plan, item->release_s);
    add_moment(out, " due:", plan, item->due_s);
    if (item->max_per_day_s != MSCHED_UNSET) {
        add_length(out, " max:", item->max_per_day_s);
        msched__buffer_string(out, "/day");
    }
    add_names(out, " before:", item->before.names, item->before.count);
    add_occurrences(out, item, MSCHED_STATE_STARTED, " started:");
    add_occurrences(out, item, MSCHED_STATE_PAUSED, " started:");
    add_occurrences(out, item, MSCHED_STATE_DONE, " done:");
    add_occurrences(out, item, MSCHED_STATE_SKIPPED, " skipped:");
    for (uint32_t i = 0; i < item->occurrence_count; i++)
        if (item->occurrences[i].left_s != MSCHED_UNSET) {
            add_length(out, " ", item->occurrences[i].left_s);
            msched__buffer_string(out, " left");
        }
}

/* The mark before a line: done, started or left out. */
static void add_state(msched__buffer *out, uint8_t state)
{
    if (state == MSCHED_STATE_DONE)
        msched__buffer_string(out, "[x] ");
    else if (state == MSCHED_STATE_SKIPPED)
        msched__buffer_string(out, "[-] ");
    else if (state == MSCHED_STATE_STARTED)
        msched__buffer_string(out, "[/] ");
}

static void add_happened(msched__buffer *out, const msched_plan *plan,
                         const msched__plan_todo *todo)
{
    if (todo->state == MSCHED_STATE_NOT_STARTED)
        msched__buffer_string(out, " not started");
    if (todo->started_s != MSCHED_UNSET)
        add_time(out, " started ", msched__axis_to_time(&plan->axis, todo->started_s));
    if (todo->ended_s != MSCHED_UNSET)
        add_time(out, " done ", msched__axis_to_end(&plan->axis, todo->ended_s));
    if (todo->left_s != MSCHED_UNSET) {
        add_length(out, " paused, ", todo->left_s);
        msched__buffer_string(out, " left");
    }
}

static void add_order(msched__buffer *out, const msched__plan_todo *todo)
{
    add_names(out, " after:", todo->after_ids, todo->after_id_count);
    add_names(out, " before:", todo->before_ids, todo->before_count);
    if (todo->late)
        msched__buffer_string(out, " late");
}

static void add_window(msched__buffer *out, const msched_plan *plan, const msched__plan_todo *todo)
{
    add_length(out, " ", todo->duration_s);
    if (todo->duration_s % 3600 == 0 && todo->duration_s >= LIKE_A_TIME_S)
        msched__buffer_string(out, "00m");
    if (todo->split_min_s != 0)
        add_length(out, " split:", todo->split_min_s);
    if (todo->has_earliest)
        add_time(out, " after ", msched__axis_to_time(&plan->axis, todo->earliest_s));
    if (todo->has_latest)
        add_time(out, " before ", msched__axis_to_end(&plan->axis, todo->latest_s));
    if (todo->priority != 1)
        msched__buffer_format(out, " !%u", (unsigned)todo->priority);
}

static void add_tags(msched__buffer *out, const msched__plan_todo *todo)
{
    if (todo->mood != MSCHED_MOOD_NONE)
        msched__buffer_format(out, " #%s", msched_mood_name(todo->mood));
    else if (todo->music)
        msched__buffer_string(out, " #music");
    for (uint32_t i = 0; i < todo->label_count; i++)
        msched__buffer_format(out, " #%s", todo->labels[i]);
}

/* Notes, as indented lines below. */
static void add_description(msched__buffer *out, const char *text)
{
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        msched__buffer_string(out, "  ");
        msched__buffer_add(out, text, size);
        msched__buffer_char(out, '\n');
        text += size + (text[size] == '\n');
    }
}

void msched__write_todo_line(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__line_form form, const char *slug)
{
    const msched__plan_todo *todo = &plan->todos[index];
    const char *mark = form == MSCHED__LINE_SHORT ? "" : "\"";
    int is_event = todo->kind == MSCHED_TODO_EVENT;
    add_state(out, todo->state);
    if (is_event) {
        add_range(out, "", &plan->axis, (const int32_t[]){todo->start_s, todo->end_s});
        msched__buffer_char(out, ' ');
    }
    msched__buffer_format(out, "%s%s%s", mark, todo->title, mark);
    if (!is_event)
        add_window(out, plan, todo);
    if (plan->span != NULL)
        add_span_todo(out, plan, index);
    add_order(out, todo);
    if (todo->buffer_before_s != 0 || todo->buffer_after_s != 0) {
        add_length(out, " pad:", todo->buffer_before_s);
        add_length(out, "/", todo->buffer_after_s);
    }
    add_tags(out, todo);
    add_happened(out, plan, todo);
    if (form == MSCHED__LINE_NAMED || strcmp(todo->id, slug) != 0)
        msched__buffer_format(out, " id:%s", todo->id);
    msched__buffer_char(out, '\n');
    add_description(out, todo->description);
}

void msched__write_song_line(msched__buffer *out, const msched_plan *plan, uint32_t index,
                             enum msched__line_form form)
{
    const msched__plan_song *song = &plan->songs[index];
    int by_id = song->track_id[0] != '\0' && (form != MSCHED__LINE_SHORT || song->query[0] == '\0');
    if (by_id && song->query[0] != '\0' && strchr(song->query, '\n') == NULL)
        msched__buffer_format(out, "// %s\n", song->query);
    add_state(out, song->state);
    msched__buffer_string(out, by_id ? "\xE2\x99\xAA spotify:track:" : "\xE2\x99\xAA ");
    msched__buffer_string(out, by_id ? song->track_id : song->query);
    if (song->between_start_s != MSCHED_UNSET)
        add_range(out, " ", &plan->axis,
                  (const int32_t[]){song->between_start_s, song->between_end_s});
    if (song->start_s != MSCHED_UNSET)
        add_time(out, " at ", msched__axis_to_time(&plan->axis, song->start_s));
    if (song->during_id[0] != '\0')
        msched__buffer_format(out, " during:%s", song->during_id);
    if (song->must)
        msched__buffer_string(out, " must");
    if (song->times != 1)
        msched__buffer_format(out, " x%u", (unsigned)song->times);
    if (plan->span != NULL)
        add_dates(out, &plan->span->songs[index]);
    msched__buffer_char(out, '\n');
}

static void write_span(msched__buffer *out, const msched_plan *plan)
{
    const msched__plan_span *span = plan->span;
    if (span->max_tasks_s != MSCHED_UNSET) {
        add_length(out, "max-tasks: ", span->max_tasks_s);
        msched__buffer_char(out, '\n');
    }
    for (uint32_t i = 0; i < span->exception_count; i++) {
        const msched__span_exception *exception = &span->exceptions[i];
        /* without effect: as a comment, which needs no note about it */
        add_names(out, msched__span_has_date(plan, &exception->on) ? "day: " : "// day: ",
                  exception->on.names, exception->on.count);
        if (exception->off) {
            msched__buffer_string(out, " off\n");
            continue;
        }
        add_time(out, " ", exception->start_s == MSCHED_UNSET ? 0 : exception->start_s);
        add_time(out, "-", exception->end_s == MSCHED_UNSET ? 0 : exception->end_s);
        msched__buffer_char(out, '\n');
    }
}

static void write_length(msched__buffer *out, const char *setting, int32_t seconds, int32_t unsaid)
{
    if (seconds == unsaid)
        return;
    add_length(out, setting, seconds);
    msched__buffer_char(out, '\n');
}

static void write_fill(msched__buffer *out, const msched_plan *plan, uint32_t index)
{
    const msched_listening *l = msched__plan_fill_rules(plan, index);
    const char *join = " ";
    const char *const *lists[] = {l->fill_genres, l->fill_subgenres, l->fill_artists};
    const uint32_t counts[] = {l->fill_genre_count, l->fill_subgenre_count, l->fill_artist_count};
    add_length(out, "fill: ", l->fill_s);
    for (size_t k = 0; k < 3; k++)
        for (uint32_t i = 0; i < counts[k]; i++, join = ", ")
            msched__buffer_format(out, "%s%s", join, lists[k][i]);
    if (l->fill_between_start_s != MSCHED_UNSET)
        add_range(out, " ", &plan->axis,
                  (const int32_t[]){l->fill_between_start_s, l->fill_between_end_s});
    if (l->fill_mood != MSCHED_MOOD_NONE)
        msched__buffer_format(out, " #%s", msched_mood_name(l->fill_mood));
    if (l->fill_year_max != 0 && l->fill_year_min == l->fill_year_max)
        msched__buffer_format(out, " %04d", (int)l->fill_year_min);
    else if (l->fill_year_min != 0 || l->fill_year_max != 0)
        msched__buffer_format(out, " %04d-%04d", (int)l->fill_year_min, (int)l->fill_year_max);
    if (l->fill_min_popularity != 0)
        msched__buffer_format(out, " min:%u", (unsigned)l->fill_min_popularity);
    if (l->fill_max_track_s != 0)
        add_length(out, " max:", l->fill_max_track_s);
    if (l->fill_during != NULL && l->fill_during[0] != '\0')
        msched__buffer_format(out, " during:%s", l->fill_during);
    if (plan->span != NULL)
        add_names(out, " on:", plan->span->fills[index].on.names,
                  plan->span->fills[index].on.count);
    msched__buffer_char(out, '\n');
}

static void write_fills(msched__buffer *out, const msched_plan *plan)
{
    for (uint32_t k = 0; k <= plan->more_fill_count; k++)
        if (msched__plan_fill_rules(plan, k)->fill_s != 0)
            write_fill(out, plan, k);
    if (plan->listening.avoid_days != 0 && !plan->knows_history)
        msched__buffer_format(out, "avoid: %u days\n", (unsigned)plan->listening.avoid_days);
    for (uint32_t i = 0; !plan->knows_history && i < plan->listening.avoid_file_count; i++)
        msched__buffer_format(out, "avoid: %s\n", plan->listening.avoid_files[i]);
    for (uint32_t i = 0; i < plan->listening.fill_avoid_count; i++)
        msched__buffer_format(out, "avoid: spotify:track:%s\n", plan->listening.fill_avoid[i]);
}

void msched__write_settings(msched__buffer *out, const msched_plan *plan)
{
    const msched__axis *axis = &plan->axis;
    const msched_listening *l = &plan->listening;
    msched__buffer_format(out, "date: %s%s%s\n", plan->date, plan->timezone[0] != '\0' ? " " : "",
                          plan->timezone);
    if (plan->span != NULL)
        msched__buffer_format(out, "days: %u\n", (unsigned)plan->span->days);
    int32_t start = msched__axis_to_time(axis, plan->day_start_s);
    int32_t end = msched__axis_to_end(axis, plan->day_end_s);
    if (start != DEFAULT_START_S || end != DEFAULT_END_S) {
        add_range(out, "day: ", axis, (const int32_t[]){plan->day_start_s, plan->day_end_s});
        msched__buffer_char(out, '\n');
    }
    if (plan->span != NULL)
        write_span(out, plan);
    if (plan->calendar_id[0] != '\0')
        msched__buffer_format(out, "calendar: %s\n", plan->calendar_id);
    if (plan->assume_done)
        msched__buffer_string(out, "assume-done: yes\n");
    if (plan->break_s > 0) {
        add_length(out, "breaks: ", plan->break_s);
        add_length(out, " after ", plan->break_after_s);
        msched__buffer_char(out, '\n');
    }
    for (uint32_t i = 0; i < l->quiet_count; i++) {
        add_range(out, "quiet: ", axis, &l->quiet_s[2 * i]);
        msched__buffer_char(out, '\n');
    }
    write_length(out, "gap: ", l->gap_s, 0);
    write_length(out, "separation: ", l->artist_separation_s, 0);
    write_length(out, "repeat: ", l->repeat_s, 0);
    write_length(out, "limit: ", l->max_total_s, MSCHED_UNSET);
    write_fills(out, plan);
}
