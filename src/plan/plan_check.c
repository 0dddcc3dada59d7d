/*
 * Checks of single values; how they fit together is checked when the plan is finished
 * (plan_builder.c).
 */
#include "plan/plan_check.h"

#include "base/civil.h"
#include "base/utf8.h"
#include "plan/words/mood_names.h"
#include "plan/plan_avoided.h"
#include "plan/plan_refuse.h"
#include "plan/plan_times.h"
#include "time/zone.h"

#include <string.h>

static msched__plan_fault at_key(msched__plan_fault fault, const char *key)
{
    fault.key = key;
    return fault;
}

static msched_result check_length(msched_plan_builder *builder, msched__plan_fault fault,
                                  int32_t seconds, msched_error *err)
{
    return msched__plan_check_range(builder, fault, NULL, seconds, 0, MSCHED_DAY_END_S, err);
}

msched_result msched__plan_check_day(msched_plan_builder *builder, const msched_day *day,
                                     msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_DAY, 0, "date"};
    msched__date date;
    if (day->date == NULL || day->date[0] == '\0')
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_VALUE, err,
                                   "is missing: write YYYY-MM-DD");
    size_t size = strlen(day->date);
    if (size != 10 || !msched__date_parse(day->date, size, &date))
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_VALUE, err,
                                   msched__utf8_check(day->date, size) < size
                                       ? "is not UTF-8"
                                       : "\"%.40s\" is not a valid date: write YYYY-MM-DD",
                                   day->date);
    if (day->timezone != NULL && day->timezone[0] != '\0' &&
        !msched__zone_name_valid(day->timezone))
        return msched__plan_refuse(builder, at_key(fault, "timezone"), NULL, MSCHED_ERROR_VALUE,
                                   err, "is not a time zone name such as Europe/Berlin");
    msched_result result = msched__plan_check_text(builder, at_key(fault, "calendar_id"), NULL,
                                                   day->calendar_id, MSCHED_PLAN_MAX_ID_BYTES, 0,
                                                   err);
    if (result != MSCHED_OK)
        return result;
    if (day->assume_done > 1)
        return msched__plan_refuse(builder, at_key(fault, "assume_done"), NULL,
                                   MSCHED_ERROR_ARGUMENT, err, "must be 0 or 1");
    result = check_length(builder, at_key(fault, "break_s"), day->break_s, err);
    if (result == MSCHED_OK)
        result = check_length(builder, at_key(fault, "break_after_s"), day->break_after_s, err);
    if (result == MSCHED_OK && day->days > 0)
        result = msched__plan_check_range(builder, at_key(fault, "days"), NULL, day->days, 1,
                                          MSCHED_PLAN_MAX_DAYS, err);
    if (result == MSCHED_OK && day->days > 0 && day->max_tasks_s != MSCHED_UNSET)
        result = check_length(builder, at_key(fault, "max_tasks_s"), day->max_tasks_s, err);
    if (result != MSCHED_OK)
        return result;
    int32_t last_s = (day->days > 1 ? (int32_t)day->days - 1 : 0) * 86400 + MSCHED_DAY_END_S;
    fault.key = "day";
    int32_t day_end = msched__plain_time(day->end_s);
    if (day->start_s < 0 || day_end > MSCHED_DAY_END_S ||
        (msched__plain_time(day->start_s) >= day_end && day_end == day->end_s))
        return msched__plan_refuse(
            builder, fault, NULL, MSCHED_ERROR_VALUE, err,
            "runs from %d s to %d s: it must start before it ends, within 0 to %d (36:00)",
            (int)day->start_s, (int)day->end_s, MSCHED_DAY_END_S);
    if (day->now_s != MSCHED_UNSET)
        return msched__plan_check_range(builder, at_key(fault, "now"), NULL,
                                        msched__plain_time(day->now_s), 0, last_s, err);
    return MSCHED_OK;
}

/* The end of an event that is given by its start and its length. */
static msched_result take_event_length(msched_plan_builder *builder, msched_todo *todo,
                                       msched__plan_fault fault, msched_error *err)
{
    int32_t most = builder->plan->axis_end_s - todo->start_s;
    msched_result result = msched__plan_check_range(builder, at_key(fault, "duration_s"), todo->id,
                                                    todo->duration_s, 1, most, err);
    if (result == MSCHED_OK)
        todo->end_s = todo->start_s + todo->duration_s;
    return result;
}

/* Fields that only tasks have must not be set. */
static msched_result check_event(msched_plan_builder *builder, msched_todo *todo,
                                 msched__plan_fault fault, msched_error *err)
{
    const char *key = NULL;
    if (todo->earliest_s != MSCHED_UNSET)
        key = "earliest";
    else if (todo->latest_s != MSCHED_UNSET)
        key = "latest";
    else if (todo->split_min_s != 0)
        key = "split_min_s";
    else if (todo->after_count != 0)
        key = "after";
    else if (todo->before_count != 0)
        key = "before";
    else if (todo->late != 0)
        key = "late";
    if (key != NULL)
        return msched__plan_refuse(builder, at_key(fault, key), todo->id, MSCHED_ERROR_VALUE, err,
                                   "applies only to tasks: an event has a fixed start and end");
    msched_result result = msched__plan_take_time(builder, at_key(fault, "start"), todo->id,
                                                  MSCHED__TIME_START, &todo->start_s, err);
    if (result == MSCHED_OK && todo->end_s == MSCHED_UNSET && todo->duration_s != MSCHED_UNSET)
        return take_event_length(builder, todo, fault, err);
    if (result == MSCHED_OK)
        result = msched__plan_take_end(builder, at_key(fault, "end"), todo->id, todo->start_s,
                                       &todo->end_s, err);
    if (result == MSCHED_OK && todo->duration_s != MSCHED_UNSET &&
        todo->duration_s != todo->end_s - todo->start_s)
        return msched__plan_refuse(builder, at_key(fault, "duration_s"), todo->id,
                                   MSCHED_ERROR_VALUE, err,
                                   "applies only to tasks: an event lasts from start to end");
    if (result == MSCHED_OK && todo->end_s <= todo->start_s)
        return msched__plan_refuse(
            builder, at_key(fault, "end"), todo->id, MSCHED_ERROR_VALUE, err,
            "is not after start: hours continue after midnight, so 01:30 is 25:30");
    return result;
}

static msched_result check_task_times(msched_plan_builder *builder, msched_todo *todo,
                                      msched__plan_fault fault, msched_error *err)
{
    msched_result result = MSCHED_OK;
    if (todo->earliest_s != MSCHED_UNSET)
        result = msched__plan_take_time(builder, at_key(fault, "earliest"), todo->id,
                                        MSCHED__TIME_START, &todo->earliest_s, err);
    if (result == MSCHED_OK && todo->latest_s != MSCHED_UNSET)
        result = msched__plan_take_end(builder, at_key(fault, "latest"), todo->id, todo->earliest_s,
                                       &todo->latest_s, err);
    if (result != MSCHED_OK)
        return result;
    if (todo->earliest_s != MSCHED_UNSET && todo->latest_s != MSCHED_UNSET &&
        todo->latest_s <= todo->earliest_s)
        return msched__plan_refuse(
            builder, at_key(fault, "latest"), todo->id, MSCHED_ERROR_VALUE, err,
            "is not after earliest: hours continue after midnight, so 01:30 is 25:30");
    if (todo->start_s == MSCHED_UNSET)
        return todo->end_s == MSCHED_UNSET
                   ? MSCHED_OK
                   : msched__plan_refuse(builder, at_key(fault, "end"), todo->id,
                                         MSCHED_ERROR_VALUE, err,
                                         "applies only to events: a task has latest");
    int has_end = todo->end_s != MSCHED_UNSET;
    result = msched__plan_take_time(builder, at_key(fault, "pin"), todo->id, MSCHED__TIME_START,
                                    &todo->start_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "pin"), todo->id, todo->start_s, 0,
                                          builder->plan->axis_end_s - todo->duration_s, err);
    if (result == MSCHED_OK && has_end)
        result = msched__plan_take_end(builder, at_key(fault, "end"), todo->id, todo->start_s,
                                       &todo->end_s, err);
    if (result == MSCHED_OK && todo->split_min_s != 0)
        return msched__plan_refuse(builder, at_key(fault, "split_min_s"), todo->id,
                                   MSCHED_ERROR_VALUE, err,
                                   "cannot be combined with pin: a pinned task runs in one piece");
    if (result == MSCHED_OK && has_end && todo->end_s != todo->start_s + todo->duration_s)
        return msched__plan_refuse(builder, at_key(fault, "end"), todo->id, MSCHED_ERROR_VALUE, err,
                                   "is not pin + duration_s: remove it");
    return result;
}

typedef struct named_todos {
    const char *const *ids;
    uint32_t count;
} named_todos;

/* Ids in `after` or `before`. */
static msched_result check_order(msched_plan_builder *builder, const msched_todo *todo,
                                 msched__plan_fault fault, named_todos named, msched_error *err)
{
    if (named.count > MSCHED__AFTER_MAX)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_LIMIT, err,
                                   "names more than %d to-dos", MSCHED__AFTER_MAX);
    if (named.count > 0 && named.ids == NULL)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_ARGUMENT, err,
                                   "is NULL, but %s_count is not 0", fault.key);
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < named.count; i++)
        result = msched__plan_check_text(builder, fault, todo->id, named.ids[i],
                                         MSCHED_PLAN_MAX_ID_BYTES, 1, err);
    return result;
}

static msched_result check_task(msched_plan_builder *builder, msched_todo *todo,
                                msched__plan_fault fault, msched_error *err)
{
    msched_result result = msched__plan_check_range(builder, at_key(fault, "duration_s"), todo->id,
                                                    todo->duration_s, 1, MSCHED_DAY_END_S, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "split_min_s"), todo->id,
                                          todo->split_min_s, 0, todo->duration_s, err);
    if (result == MSCHED_OK)
        result = check_task_times(builder, todo, fault, err);
    if (result == MSCHED_OK)
        result = check_order(builder, todo, at_key(fault, "after"),
                             (named_todos){todo->after, todo->after_count}, err);
    if (result == MSCHED_OK)
        result = check_order(builder, todo, at_key(fault, "before"),
                             (named_todos){todo->before, todo->before_count}, err);
    if (result == MSCHED_OK && todo->late > 1)
        return msched__plan_refuse(builder, at_key(fault, "late"), todo->id, MSCHED_ERROR_ARGUMENT,
                                   err, "must be 0 or 1");
    return result;
}

/* UTF-8 without control characters other than tab and line feed. */
static msched_result check_description(msched_plan_builder *builder, const msched_todo *todo,
                                       msched__plan_fault fault, msched_error *err)
{
    const char *text = todo->description == NULL ? "" : todo->description;
    size_t size = strlen(text);
    if (size > MSCHED_PLAN_MAX_DESCRIPTION)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_LIMIT, err,
                                   "has %zu bytes: at most %d are kept", size,
                                   MSCHED_PLAN_MAX_DESCRIPTION);
    if (msched__utf8_check(text, size) < size)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_ENCODING, err,
                                   "is not UTF-8");
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)text[i] < 0x20 && text[i] != '\n' && text[i] != '\t') ||
            text[i] == 0x7f)
            return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_VALUE, err,
                                       "contains a control character");
    return MSCHED_OK;
}

static msched_result check_words(msched_plan_builder *builder, const msched_todo *todo,
                                 msched__plan_fault fault, msched_error *err)
{
    msched_result result = check_description(builder, todo, at_key(fault, "description"), err);
    fault.key = "labels";
    if (result == MSCHED_OK && todo->label_count > MSCHED_PLAN_MAX_LABELS)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_LIMIT, err,
                                   "has more than %d labels", MSCHED_PLAN_MAX_LABELS);
    if (result == MSCHED_OK && todo->label_count > 0 && todo->labels == NULL)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_ARGUMENT, err,
                                   "is NULL, but label_count is not 0");
    for (uint32_t i = 0; result == MSCHED_OK && i < todo->label_count; i++)
        result = msched__plan_check_text(builder, fault, todo->id, todo->labels[i],
                                         MSCHED_PLAN_MAX_ID_BYTES, 1, err);
    return result;
}

/* A value that only some states have. */
static msched_result check_allowed(msched_plan_builder *builder, const msched_todo *todo,
                                   msched__plan_fault fault, int32_t value, int allowed,
                                   msched_error *err)
{
    if (value == MSCHED_UNSET || allowed)
        return MSCHED_OK;
    return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_VALUE, err,
                               "cannot be combined with the state \"%s\"",
                               msched_state_name(todo->state));
}

msched_result msched__plan_check_state(msched_plan_builder *builder, msched_todo *todo,
                                       uint32_t index, msched_error *err)
{
    uint32_t state = todo->state;
    msched__plan_fault fault = {MSCHED__PART_TODO, index, "state"};
    if (state >= MSCHED_STATE_COUNT)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_ARGUMENT, err,
                                   "is %u, which is not a state", (unsigned)state);
    if (state == MSCHED_STATE_PAUSED && todo->kind == MSCHED_TODO_EVENT)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_VALUE, err,
                                   "\"paused\" applies only to tasks: an event has fixed times");
    int begun = state == MSCHED_STATE_STARTED || state == MSCHED_STATE_PAUSED ||
                state == MSCHED_STATE_DONE;
    msched_result result = check_allowed(builder, todo, at_key(fault, "started"), todo->started_s,
                                         begun, err);
    if (result == MSCHED_OK)
        result = check_allowed(builder, todo, at_key(fault, "ended"), todo->ended_s,
                               state == MSCHED_STATE_DONE, err);
    if (result == MSCHED_OK)
        result = check_allowed(builder, todo, at_key(fault, "left_s"), todo->left_s,
                               state == MSCHED_STATE_PAUSED, err);
    if (result == MSCHED_OK && todo->left_s != MSCHED_UNSET)
        result = msched__plan_check_range(builder, at_key(fault, "left_s"), todo->id, todo->left_s,
                                          1, MSCHED_DAY_END_S, err);
    if (result == MSCHED_OK && todo->started_s != MSCHED_UNSET)
        result = msched__plan_take_time(builder, at_key(fault, "started"), todo->id,
                                        MSCHED__TIME_START, &todo->started_s, err);
    if (result == MSCHED_OK && todo->ended_s != MSCHED_UNSET)
        result = msched__plan_take_end(builder, at_key(fault, "ended"), todo->id, todo->started_s,
                                       &todo->ended_s, err);
    if (result != MSCHED_OK)
        return result;
    if (todo->ended_s != MSCHED_UNSET &&
        todo->ended_s <= (todo->started_s == MSCHED_UNSET ? 0 : todo->started_s))
        return msched__plan_refuse(
            builder, at_key(fault, "ended"), todo->id, MSCHED_ERROR_VALUE, err,
            "is not after started: hours continue after midnight, so 01:30 is 25:30");
    if (state == MSCHED_STATE_PAUSED && todo->left_s == MSCHED_UNSET)
        return msched__plan_refuse(builder, at_key(fault, "left_s"), todo->id, MSCHED_ERROR_VALUE,
                                   err, "must be the remaining seconds of the paused to-do");
    return MSCHED_OK;
}

msched_result msched__plan_check_todo(msched_plan_builder *builder, msched_todo *todo,
                                      msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_TODO, builder->plan->todo_count, "id"};
    msched_result result = msched__plan_check_text(builder, fault, NULL, todo->id,
                                                   MSCHED_PLAN_MAX_ID_BYTES, 0, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_text(builder, at_key(fault, "title"), todo->id, todo->title,
                                         MSCHED__TITLE_MAX_BYTES, 1, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "priority"), todo->id,
                                          todo->priority == 0 ? 1 : todo->priority, 1, 4, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "buffer_before_s"), todo->id,
                                          todo->buffer_before_s, 0, MSCHED_DAY_END_S, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "buffer_after_s"), todo->id,
                                          todo->buffer_after_s, 0, MSCHED_DAY_END_S, err);
    if (result == MSCHED_OK)
        result = check_words(builder, todo, fault, err);
    if (result != MSCHED_OK)
        return result;
    if (todo->music > 1)
        return msched__plan_refuse(builder, at_key(fault, "music"), todo->id, MSCHED_ERROR_ARGUMENT,
                                   err, "must be 0 or 1");
    fault.key = "mood";
    if (todo->mood >= MSCHED_MOOD_COUNT)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_ARGUMENT, err,
                                   "is %u, which is not a mood", (unsigned)todo->mood);
    if (todo->mood != MSCHED_MOOD_NONE && todo->music == 0)
        return msched__plan_refuse(builder, fault, todo->id, MSCHED_ERROR_VALUE, err,
                                   "needs music: allow music, or leave the mood out");
    result = msched__plan_check_state(builder, todo, fault.index, err);
    if (result != MSCHED_OK)
        return result;
    if (todo->kind == MSCHED_TODO_EVENT)
        return check_event(builder, todo, fault, err);
    if (todo->kind == MSCHED_TODO_TASK)
        return check_task(builder, todo, fault, err);
    return msched__plan_refuse(builder, at_key(fault, NULL), todo->id, MSCHED_ERROR_ARGUMENT, err,
                               "kind is %u: it must be 0 or 1", (unsigned)todo->kind);
}

/* A pair of times; one or both may be unset. */
static msched_result check_between(msched_plan_builder *builder, msched__plan_fault fault,
                                   int32_t *start, int32_t *end, msched_error *err)
{
    int standing = fault.part == MSCHED__PART_FILL;
    msched_result result = MSCHED_OK;
    if (*start != MSCHED_UNSET)
        result = msched__plan_take_time(builder, fault, NULL,
                                        standing ? MSCHED__TIME_STANDING : MSCHED__TIME_START,
                                        start, err);
    if (result == MSCHED_OK && *end != MSCHED_UNSET)
        result = standing
                     ? msched__plan_take_time(builder, fault, NULL, MSCHED__TIME_STANDING, end, err)
                     : msched__plan_take_end(builder, fault, NULL, *start, end, err);
    if (result != MSCHED_OK || (*start == MSCHED_UNSET && *end == MSCHED_UNSET))
        return result;
    if ((*start == MSCHED_UNSET ? builder->plan->day_start_s : *start) >=
        (*end == MSCHED_UNSET ? builder->plan->day_end_s : *end))
        return msched__plan_refuse(
            builder, fault, NULL, MSCHED_ERROR_VALUE, err,
            "must start before it ends; hours continue after midnight, so 01:30 is 25:30");
    return MSCHED_OK;
}

msched_result msched__plan_check_song_state(msched_plan_builder *builder, uint32_t index,
                                            uint32_t state, msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_SONG, index, "state"};
    if (state == MSCHED_STATE_OPEN || state == MSCHED_STATE_DONE || state == MSCHED_STATE_SKIPPED)
        return MSCHED_OK;
    return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_VALUE, err,
                               "must be \"open\", \"done\" or \"skipped\" for a song");
}

msched_result msched__plan_check_song(msched_plan_builder *builder, msched_song *song,
                                      msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_SONG, builder->plan->song_count, "track_id"};
    msched_result result = msched__plan_check_text(builder, fault, NULL, song->track_id,
                                                   MSCHED_PLAN_MAX_ID_BYTES, 0, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_text(builder, at_key(fault, "query"), NULL, song->query,
                                         MSCHED__QUERY_MAX_BYTES,
                                         song->track_id == NULL || song->track_id[0] == '\0', err);
    if (result == MSCHED_OK)
        result = check_between(builder, at_key(fault, "between"), &song->between_start_s,
                               &song->between_end_s, err);
    if (result == MSCHED_OK && song->start_s != MSCHED_UNSET)
        result = msched__plan_take_time(builder, at_key(fault, "at"), NULL, MSCHED__TIME_START,
                                        &song->start_s, err);
    if (result == MSCHED_OK && song->start_s != MSCHED_UNSET)
        result = msched__plan_check_range(builder, at_key(fault, "at"), NULL, song->start_s, 0,
                                          builder->plan->axis_end_s - 1, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "weight"), NULL,
                                          song->weight == 0 ? 1 : song->weight, 1, 1000, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "times"), NULL,
                                          song->times == 0 ? 1 : song->times, 1,
                                          MSCHED_PLAN_MAX_TIMES, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_text(builder, at_key(fault, "during"), NULL, song->during,
                                         MSCHED_PLAN_MAX_ID_BYTES, 0, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_song_state(builder, fault.index, song->state, err);
    if (result == MSCHED_OK && song->must > 1)
        return msched__plan_refuse(builder, at_key(fault, "must"), NULL, MSCHED_ERROR_ARGUMENT, err,
                                   "must be 0 or 1");
    return result;
}

static msched_result check_names(msched_plan_builder *builder, const char *key,
                                 const char *const *names, uint32_t count, msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_FILL, 0, key};
    if (count > MSCHED__NAMES_MAX)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_LIMIT, err,
                                   "has more than %d names", MSCHED__NAMES_MAX);
    if (count > 0 && names == NULL)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_ARGUMENT, err,
                                   "is NULL, but its count is not 0");
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; result == MSCHED_OK && i < count; i++)
        result = msched__plan_check_text(builder, fault, NULL, names[i], MSCHED__QUERY_MAX_BYTES, 1,
                                         err);
    return result;
}

msched_result msched__plan_check_fill(msched_plan_builder *builder, msched_listening *l,
                                      msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_FILL, 0, "duration_s"};
    msched_result result = msched__plan_check_range(builder, fault, NULL, l->fill_s, 0,
                                                    MSCHED_DAY_END_S, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "min_popularity"), NULL,
                                          l->fill_min_popularity, 0, 100, err);
    if (result == MSCHED_OK)
        result = check_length(builder, at_key(fault, "max_track_s"), l->fill_max_track_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "years"), NULL, l->fill_year_min,
                                          0, 9999, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_range(builder, at_key(fault, "years"), NULL, l->fill_year_max,
                                          0, 9999, err);
    if (result == MSCHED_OK && l->fill_year_max != 0 && l->fill_year_min > l->fill_year_max)
        return msched__plan_refuse(builder, at_key(fault, "years"), NULL, MSCHED_ERROR_VALUE, err,
                                   "end before they begin");
    if (result == MSCHED_OK && l->fill_mood >= MSCHED_MOOD_COUNT)
        return msched__plan_refuse(builder, at_key(fault, "mood"), NULL, MSCHED_ERROR_ARGUMENT, err,
                                   "is %u, which is not a mood", (unsigned)l->fill_mood);
    if (result == MSCHED_OK)
        result = check_between(builder, at_key(fault, "between"), &l->fill_between_start_s,
                               &l->fill_between_end_s, err);
    if (result == MSCHED_OK)
        result = check_names(builder, "genres", l->fill_genres, l->fill_genre_count, err);
    if (result == MSCHED_OK)
        result = check_names(builder, "subgenres", l->fill_subgenres, l->fill_subgenre_count, err);
    if (result == MSCHED_OK)
        result = check_names(builder, "artists", l->fill_artists, l->fill_artist_count, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_avoided(builder, l, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_text(builder, at_key(fault, "during"), NULL, l->fill_during,
                                         MSCHED_PLAN_MAX_ID_BYTES, 0, err);
    return result;
}

msched_result msched__plan_check_listening(msched_plan_builder *builder, msched_listening *l,
                                           msched_error *err)
{
    msched__plan_fault fault = {MSCHED__PART_LISTENING, 0, "quiet"};
    if (l->quiet_count > MSCHED__QUIET_MAX)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_LIMIT, err,
                                   "has more than %d intervals", MSCHED__QUIET_MAX);
    if (l->quiet_count > 0 && l->quiet_s == NULL)
        return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_ARGUMENT, err,
                                   "is NULL, but quiet_count is not 0");
    for (uint32_t i = 0; i < l->quiet_count; i++) {
        int32_t start = l->quiet_s[2 * i], end = l->quiet_s[2 * i + 1],
                plain_end = msched__plain_time(end);
        if (start < 0 || plain_end > MSCHED_DAY_END_S ||
            (msched__plain_time(start) >= plain_end && plain_end == end))
            return msched__plan_refuse(builder, fault, NULL, MSCHED_ERROR_VALUE, err,
                                       "interval %u must start before it ends, within 0:00 to "
                                       "36:00; 01:30 of the next day is 25:30",
                                       (unsigned)i + 1);
    }
    msched_result result = check_length(builder, at_key(fault, "gap_s"), l->gap_s, err);
    if (result == MSCHED_OK && l->max_total_s != MSCHED_UNSET)
        result = check_length(builder, at_key(fault, "max_total_s"), l->max_total_s, err);
    fault.key = "artist_separation_s";
    if (result == MSCHED_OK)
        result = check_length(builder, fault, l->artist_separation_s, err);
    if (result == MSCHED_OK)
        result = check_length(builder, at_key(fault, "repeat_s"), l->repeat_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_check_heard(builder, l, err);
    return result == MSCHED_OK ? msched__plan_check_fill(builder, l, err) : result;
}
