#include "span/span_reason.h"

#include "algo/bits.h"
#include "base/buffer.h"
#include "span/span_day.h"
#include "span/span_fact.h"

#include <string.h>

/* "1 h 30 min" */
static void add_length(msched__buffer *text, int64_t seconds)
{
    if (seconds >= 3600)
        msched__buffer_format(text, "%d h", (int)(seconds / 3600));
    if (seconds % 3600 >= 60)
        msched__buffer_format(text, "%s%d min", seconds >= 3600 ? " " : "",
                              (int)(seconds / 60 % 60));
    if (seconds < 60)
        msched__buffer_format(text, "%d s", (int)seconds);
}

/* The text of a buffer in the schedule's arena; NULL when out of memory. */
static const char *keep(msched_schedule *schedule, msched__buffer *text)
{
    const char *out = text->failed ? NULL
                                   : msched__arena_copy(&schedule->arena, text->data, text->size);
    msched__buffer_free(text);
    return out;
}

/* " on 2026-11-24", or " from 2026-11-24 to 2026-11-27" */
static void add_dates(msched__buffer *text, const msched__span *span, uint32_t dates)
{
    uint32_t first = msched__first_date(dates), last = msched__last_date(dates);
    if (first >= span->days)
        return;
    if (first == last)
        msched__buffer_format(text, " on %s", span->dates[first].date);
    else
        msched__buffer_format(text, " from %s to %s", span->dates[first].date,
                              span->dates[last].date);
}

/* 1 if every date that the item names is past. */
static int is_past(const msched__span *span, uint32_t dates)
{
    for (uint32_t d = 0; d < span->days; d++)
        if ((dates >> d & 1) != 0 && !span->dates[d].is_past)
            return 0;
    return dates != 0;
}

static int is_past_due(const msched__span *span, uint32_t todo)
{
    int32_t due = span->plan->span->todos[todo].due_s, now = span->plan->span->now_s;
    return due != MSCHED_UNSET && due > 0 && now != MSCHED_UNSET && due <= now;
}

/* "it was due on 2026-11-23 at 12:00, which is past" */
static void add_due(msched__buffer *text, const msched__span *span, uint32_t todo)
{
    int32_t due = span->plan->span->todos[todo].due_s;
    uint32_t day = due > 0 ? (uint32_t)(due - 1) / 86400 : 0;
    day = day < span->days ? day : span->days - 1;
    due -= (int32_t)day * 86400;
    msched__buffer_format(text, "it was due on %s at ", span->dates[day].date);
    msched__buffer_time_short(text, due > 0 ? due : 0);
    msched__buffer_string(text, ", which is past");
}

static const char *missing_other(const msched__span *span, uint32_t todo)
{
    const msched__plan_todo *t = &span->plan->todos[todo];
    for (uint32_t i = 0; i < t->after_count; i++) {
        uint32_t count;
        const msched__span_task *other = msched__tasks_of(span, t->after[i], &count);
        if (count > 0 && !other->is_whole)
            return span->plan->todos[t->after[i]].title;
    }
    return NULL;
}

/* 1 if one of the dates is not off. */
static int has_window(const msched__span *span, uint32_t dates)
{
    for (uint32_t d = 0; d < span->days; d++)
        if ((dates >> d & 1) != 0 && span->plan->span->end_s[d] > 0)
            return 1;
    return 0;
}

/* 1 if other occurrences of its to-do have dates: each date has one of them at most. */
static int others_have_dates(const msched__span *span, const msched__span_task *task)
{
    uint32_t count, dates = 0;
    const msched__span_task *tasks = msched__tasks_of(span, task->todo, &count);
    for (uint32_t i = 0; i < count && task->number > 0; i++)
        dates |= tasks[i].dates;
    return dates != 0;
}

/* Free time for a task: the most on any of its dates, or of all dates if it may be split. */
static int64_t time_left(const msched__span *span, const msched__span_task *task, int may_split)
{
    int64_t total = 0, most = 0;
    for (uint32_t d = 0; d < span->days; d++) {
        int32_t per_day = msched__span_per_day(span, task->todo, d);
        int64_t left = span->dates[d].capacity_s - span->dates[d].load_s;
        if ((task->dates >> d & 1) == 0 || left <= 0)
            continue;
        if (may_split && per_day != MSCHED_UNSET && left > per_day)
            left = per_day;
        total += left;
        most = left > most ? left : most;
    }
    return may_split ? total : most;
}

/*
 * "it is wanted 4 times, but only 3 times fit on its dates 2 days apart". 0: so many fit, and
 * something else is the reason.
 */
static int add_apart(msched__buffer *text, const msched__span *span, const msched__span_task *task)
{
    const uint32_t apart = (uint32_t)span->plan->span->todos[task->todo].apart_days;
    uint32_t count, dates = 0;
    const msched__span_task *tasks = msched__tasks_of(span, task->todo, &count);
    if (task->number == 0 || span->plan->span->todos[task->todo].apart_days <= 1)
        return 0;
    for (uint32_t i = 0; i < count; i++)
        dates |= tasks[i].dates;
    const uint32_t most = msched__span_most_apart(dates, apart);
    if (count <= most)
        return 0;
    msched__buffer_format(text,
                          "it is wanted %u times, but at most %u fit on its dates %u days apart",
                          (unsigned)count, (unsigned)most, (unsigned)apart);
    return 1;
}

/*
 * "it needs 3 h from 2026-11-24 to 2026-11-25, but at most 1 h a day is 2 h". 0: its limit per day
 * leaves enough.
 */
static int add_per_day(msched__buffer *text, const msched__span *span,
                       const msched__span_task *task, msched_unplaced *to)
{
    const int32_t most = span->plan->span->todos[task->todo].max_per_day_s;
    const int64_t all = (int64_t)most * msched__bit_count(task->dates);
    if (most == MSCHED_UNSET || task->was != NULL || all >= to->needed_s)
        return 0;
    to->available_s = (int32_t)all;
    msched__buffer_string(text, ", but at most ");
    add_length(text, most);
    msched__buffer_string(text, " a day is ");
    add_length(text, all);
    return 1;
}

/* "it needs 2 h on 2026-11-24, where the rest of the plan leaves at most 1 h on a date" */
static void add_overbooked(msched__buffer *text, const msched__span *span,
                           const msched__span_task *task, msched_unplaced *to)
{
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    int may_split = msched__span_piece(t) < t->duration_s && !task->is_fixed;
    int64_t left = time_left(span, task, may_split);
    to->needed_s = t->duration_s;
    to->available_s = left < INT32_MAX ? (int32_t)left : INT32_MAX;
    if (add_apart(text, span, task))
        return;
    msched__buffer_string(text, "it needs ");
    add_length(text, t->duration_s);
    add_dates(text, span, task->dates);
    if (add_per_day(text, span, task, to))
        return;
    msched__buffer_string(text, may_split ? ", where the rest of the plan leaves "
                                          : ", where the rest of the plan leaves at most ");
    add_length(text, to->available_s);
    msched__buffer_string(text, may_split ? " in total" : " on a date");
    if (to->available_s >= t->duration_s)
        msched__buffer_string(text, may_split ? ", but not in suitable pieces"
                                              : ", but not at a suitable time");
}

static msched_unplaced empty(uint32_t kind)
{
    return (msched_unplaced){.struct_size = sizeof(msched_unplaced),
                             .kind = kind,
                             .id = "",
                             .todo = UINT32_MAX,
                             .wanted = UINT32_MAX,
                             .window_start_s = MSCHED_UNSET,
                             .window_end_s = MSCHED_UNSET,
                             .fix_id = "",
                             .fix_text = "",
                             .text = ""};
}

int msched__span_explain_task(const msched__span *span, const msched__span_task *task,
                              msched_schedule *schedule, msched_unplaced *to)
{
    char id[MSCHED__SPAN_ID_BYTES];
    const msched__plan_todo *t = &span->plan->todos[task->todo];
    const msched__span_item *item = &span->plan->span->todos[task->todo];
    uint32_t asked = item->each ? 1u << task->each_day : item->dates;
    const char *other = missing_other(span, task->todo);
    msched__buffer text;
    *to = empty(MSCHED_UNPLACED_TODO);
    msched__buffer_init(&text, &schedule->arena.allocator);
    if (is_past_due(span, task->todo)) {
        to->reason = MSCHED_REASON_PAST;
        add_due(&text, span, task->todo);
    } else if (is_past(span, task->dates != 0 ? task->dates : asked)) {
        to->reason = MSCHED_REASON_PAST;
        msched__buffer_string(&text, !item->each         ? "all its dates are past"
                                     : task->missed != 0 ? "missed (not marked as done)"
                                                         : "its date is past");
    } else if (other != NULL) {
        to->reason = MSCHED_REASON_AFTER_UNPLACED;
        msched__buffer_format(&text, "it must come after %s, which has no time", other);
    } else if (task->dates == 0) {
        to->reason = MSCHED_REASON_NO_GAP;
        msched__buffer_string(&text, "it needs ");
        add_length(&text, t->duration_s);
        msched__buffer_string(&text, !has_window(span, asked) ? ", but all of its dates are off"
                                     : others_have_dates(span, task)
                                         ? ", but each of its dates has another occurrence of it"
                                         : ", but none of its dates has a window that long");
    } else {
        to->reason = MSCHED_REASON_OVERBOOKED;
        add_overbooked(&text, span, task, to);
    }
    /* an occurrence of a date has its name, unless all dates are off */
    uint32_t day = msched__first_date(task->dates);
    if (item->each && has_window(span, asked))
        day = task->each_day;
    msched__span_name_task(span, task, day, id);
    to->day = day < span->days ? day : 0;
    to->id = msched__arena_copy(&schedule->arena, id, strlen(id));
    to->title = t->title;
    to->text = keep(schedule, &text);
    return to->id != NULL && to->text != NULL;
}

int msched__span_explain_song(const msched__span *span, uint32_t song, msched_schedule *schedule,
                              msched_unplaced *to)
{
    const msched__plan_song *s = &span->plan->songs[song];
    const msched__span_wish *wish = &span->wishes[song];
    uint32_t track = span->found[song].track;
    *to = empty(MSCHED_UNPLACED_SONG);
    to->title = track == UINT32_MAX
                    ? s->query
                    : msched__catalog_text(span->catalog, span->catalog->track_name[track]);
    to->id = s->track_id;
    if (span->found[song].skipped) {
        to->reason = MSCHED_REASON_STOPPED;
        to->text = "the time limit was reached before it was looked up";
    } else if (track == UINT32_MAX) {
        to->reason = MSCHED_REASON_UNKNOWN_SONG;
        to->text = "no song of the catalog matches it";
    } else if (is_past(span, span->plan->span->songs[song].dates)) {
        to->reason = MSCHED_REASON_PAST;
        to->text = "all its dates are past";
    } else if (s->during != UINT32_MAX && wish->dates != 0) {
        to->reason = MSCHED_REASON_DURING_UNPLACED;
        to->text = "the to-do during which it should play is not on any of its dates";
    } else {
        to->reason = MSCHED_REASON_NO_LISTENING_TIME;
        to->text = "none of its dates is left";
    }
    return schedule != NULL;
}
