/* Plans from JSON: types and keys are checked here, values by the builder. */
#include "base/alloc.h"
#include "format/json.h"
#include "plan/json/plan_json_span.h"
#include "plan/json/plan_json_values.h"
#include "plan/plan_builder.h"
#include "plan/plan_check.h"

#include <string.h>

typedef msched__json_reader reader;

typedef msched__json_node node;

/*
 * Add to an error of the builder the position of the value in the text: the member that the fault
 * names, otherwise the whole object.
 */
static msched_result locate(msched_error *err, const msched_plan_builder *builder,
                            const node *object, msched_result result)
{
    if (result == MSCHED_OK || result == MSCHED_ERROR_MEMORY || err == NULL)
        return result;
    node child;
    const char *key = builder->fault.key;
    const node *where = key != NULL && msched__json_member(object, key, &child) ? &child : object;
    msched_error copy = *err;
    return msched__json_fail(where, result, err, "%s", copy.message);
}

/* The keys of a to-do. */
enum {
    TODO_ID,
    TODO_TITLE,
    TODO_START,
    TODO_END,
    TODO_DURATION,
    TODO_PIN,
    TODO_EARLIEST,
    TODO_LATEST,
    TODO_PRIORITY,
    TODO_AFTER,
    TODO_BUFFER_BEFORE,
    TODO_BUFFER_AFTER,
    TODO_SPLIT_MIN,
    TODO_MUSIC,
    TODO_MOOD,
    TODO_LABELS,
    TODO_DESCRIPTION,
    TODO_STATE,
    TODO_STARTED,
    TODO_ENDED,
    TODO_LEFT,
    TODO_BEFORE,
    TODO_LATE,
    TODO_SPAN,
    TODO_KEYS = TODO_SPAN + MSCHED__SPAN_TODO_KEYS
};
static const char *const todo_keys[TODO_KEYS + 1] = {"id",
                                                     "title",
                                                     "start",
                                                     "end",
                                                     "duration_s",
                                                     "pin",
                                                     "earliest",
                                                     "latest",
                                                     "priority",
                                                     "after",
                                                     "buffer_before_s",
                                                     "buffer_after_s",
                                                     "split_min_s",
                                                     "music",
                                                     "mood",
                                                     "labels",
                                                     "description",
                                                     "state",
                                                     "started",
                                                     "ended",
                                                     "left_s",
                                                     "before",
                                                     "late",
                                                     MSCHED__SPAN_TODO_NAMES,
                                                     NULL};

/* The state of the to-do. */
static msched_result read_todo_state(const node *members, msched_todo *todo, msched_error *err)
{
    msched_result result = msched__plan_read_state(&members[TODO_STATE], &todo->state, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_STARTED], &todo->started_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_ENDED], &todo->ended_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[TODO_LEFT], 1, MSCHED_DAY_END_S, &todo->left_s,
                                       err);
    return result;
}

static msched_result read_todo_values(const node *object, const node *members, msched_todo *todo,
                                      msched_error *err)
{
    int32_t pin = MSCHED_UNSET;
    msched_result result = msched__plan_read_string(&members[TODO_ID], &todo->id, err);
    if (result == MSCHED_OK && todo->id != NULL && todo->id[0] == '\0')
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err, "\"id\" is empty: remove it");
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[TODO_TITLE], &todo->title, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_START], &todo->start_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_END], &todo->end_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[TODO_DURATION], 1, MSCHED_DAY_END_S,
                                       &todo->duration_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_PIN], &pin, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_EARLIEST], &todo->earliest_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[TODO_LATEST], &todo->latest_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_uint(&members[TODO_PRIORITY], 1, 4, &todo->priority, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[TODO_BUFFER_BEFORE], 0, MSCHED_DAY_END_S,
                                       &todo->buffer_before_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[TODO_BUFFER_AFTER], 0, MSCHED_DAY_END_S,
                                       &todo->buffer_after_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[TODO_SPLIT_MIN], 0, MSCHED_DAY_END_S,
                                       &todo->split_min_s, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_bool(&members[TODO_MUSIC], &todo->music, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_mood(&members[TODO_MOOD], &todo->mood, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[TODO_DESCRIPTION], &todo->description, err);
    if (result == MSCHED_OK)
        result = msched__plan_read_bool(&members[TODO_LATE], &todo->late, err);
    if (result == MSCHED_OK)
        result = read_todo_state(members, todo, err);
    if (result != MSCHED_OK)
        return result;
    int has_start = todo->start_s != MSCHED_UNSET, has_end = todo->end_s != MSCHED_UNSET;
    if (has_start != has_end)
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err,
                                 "an event has start and end; for a task that starts at a given "
                                 "time write duration_s and pin");
    if (!has_start && todo->duration_s == MSCHED_UNSET)
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err,
                                 "write start and end for an event, or duration_s for a task");
    if (has_start && (todo->duration_s != MSCHED_UNSET || pin != MSCHED_UNSET))
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err,
                                 "an event has only start and end: remove duration_s and pin");
    todo->kind = has_start ? MSCHED_TODO_EVENT : MSCHED_TODO_TASK;
    if (pin != MSCHED_UNSET)
        todo->start_s = pin;
    return MSCHED_OK;
}

static msched_result read_todo(reader *in, const node *object)
{
    node members[TODO_KEYS];
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    msched_result result = msched__json_object(object, todo_keys, members, in->err);
    if (result == MSCHED_OK)
        result = read_todo_values(object, members, &todo, in->err);
    msched__plan_strings lists[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    static const struct {
        uint32_t key, most;
    } list_keys[3] = {{TODO_AFTER, MSCHED__AFTER_MAX},
                      {TODO_BEFORE, MSCHED__AFTER_MAX},
                      {TODO_LABELS, MSCHED_PLAN_MAX_LABELS}};
    for (size_t i = 0; i < 3 && result == MSCHED_OK; i++)
        result = msched__plan_read_strings(&in->memory, &members[list_keys[i].key],
                                           list_keys[i].most, &lists[i], in->err);
    todo.after = lists[0].names, todo.after_count = lists[0].count;
    todo.before = lists[1].names, todo.before_count = lists[1].count;
    todo.labels = lists[2].names, todo.label_count = lists[2].count;
    if (result == MSCHED_OK)
        result = msched__read_span_todo(in, object, &members[TODO_SPAN], &todo);
    if (result == MSCHED_OK)
        result = locate(in->err, in->builder, object,
                        msched_plan_builder_add_todo(in->builder, &todo, in->err));
    for (size_t i = 0; i < 3; i++)
        msched__free(&in->memory, lists[i].names);
    return result;
}

static msched_result read_song(reader *in, const node *object)
{
    enum {
        SONG_TRACK_ID,
        SONG_QUERY,
        SONG_BETWEEN,
        SONG_AT,
        SONG_DURING,
        SONG_MUST,
        SONG_WEIGHT,
        SONG_TIMES,
        SONG_STATE,
        SONG_ON,
        KEYS
    };
    static const char *const keys[KEYS + 1] = {"track_id", "query", "between", "at",
                                               "during",   "must",  "weight",  "times",
                                               "state",    "on",    NULL};
    node members[KEYS];
    msched_song song;
    msched_song_init(&song, sizeof song);
    msched_result result = msched__json_object(object, keys, members, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[SONG_TRACK_ID], &song.track_id, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[SONG_QUERY], &song.query, in->err);
    if (result == MSCHED_OK && song.track_id == NULL && song.query == NULL)
        return msched__json_fail(object, MSCHED_ERROR_VALUE, in->err,
                                 "write track_id, or query with the song's title and artist");
    if (result == MSCHED_OK)
        result = msched__plan_read_between(&members[SONG_BETWEEN], &song.between_start_s,
                                           &song.between_end_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_time(&members[SONG_AT], &song.start_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[SONG_DURING], &song.during, in->err);
    if (result == MSCHED_OK && song.during != NULL && song.during[0] == '\0')
        return msched__json_fail(object, MSCHED_ERROR_VALUE, in->err,
                                 "\"during\" is empty: remove it");
    if (result == MSCHED_OK)
        result = msched__plan_read_bool(&members[SONG_MUST], &song.must, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_uint(&members[SONG_WEIGHT], 1, 1000, &song.weight, in->err);
    if (result == MSCHED_OK && in->span == NULL)
        result = msched__plan_read_uint(&members[SONG_TIMES], 1, MSCHED_PLAN_MAX_TIMES, &song.times,
                                        in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_state(&members[SONG_STATE], &song.state, in->err);
    if (result == MSCHED_OK)
        result = msched__read_span_song(in, object, &members[SONG_ON], &members[SONG_TIMES], &song);
    return result == MSCHED_OK ? locate(in->err, in->builder, object,
                                        msched_plan_builder_add_song(in->builder, &song, in->err))
                               : result;
}

#define FILL_LISTS 4  /* of names */
#define FILLS_READ 64 /* more fills than a plan has, which the builder refuses */

static msched_result read_fill(reader *in, const node *fill, msched_listening *out,
                               msched__plan_strings *names)
{
    enum {
        FILL_DURATION,
        FILL_GENRES,
        FILL_SUBGENRES,
        FILL_ARTISTS,
        FILL_YEARS,
        FILL_MIN_POPULARITY,
        FILL_MOOD,
        FILL_BETWEEN,
        FILL_AVOID,
        FILL_MAX_TRACK,
        FILL_ON,
        FILL_DURING,
        KEYS
    };
    static const char *const keys[KEYS + 1] = {
        "duration_s", "genres",  "subgenres", "artists",     "years", "min_popularity",
        "mood",       "between", "avoid",     "max_track_s", "on",    "during",
        NULL};
    node members[KEYS];
    msched_result result = msched__json_object(fill, keys, members, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[FILL_DURATION], 0, MSCHED_DAY_END_S, &out->fill_s,
                                       in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_uint(&members[FILL_MIN_POPULARITY], 0, 100,
                                        &out->fill_min_popularity, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[FILL_MAX_TRACK], 1, MSCHED_DAY_END_S,
                                       &out->fill_max_track_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_years(&members[FILL_YEARS], out, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_mood(&members[FILL_MOOD], &out->fill_mood, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_between(&members[FILL_BETWEEN], &out->fill_between_start_s,
                                           &out->fill_between_end_s, in->err);
    if (result == MSCHED_OK)
        result = msched__read_span_fill(in, &members[FILL_ON]);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[FILL_DURING], &out->fill_during, in->err);
    static const struct {
        uint32_t key, most;
    } lists[FILL_LISTS] = {{FILL_GENRES, MSCHED__NAMES_MAX},
                           {FILL_SUBGENRES, MSCHED__NAMES_MAX},
                           {FILL_ARTISTS, MSCHED__NAMES_MAX},
                           {FILL_AVOID, MSCHED_PLAN_MAX_AVOID}};
    for (size_t i = 0; i < FILL_LISTS && result == MSCHED_OK; i++)
        result = msched__plan_read_strings(&in->memory, &members[lists[i].key], lists[i].most,
                                           &names[i], in->err);
    if (result == MSCHED_OK && in->avoid != NULL && names[3].names != NULL)
        result = msched__json_fail(&members[FILL_AVOID], MSCHED_ERROR_VALUE, in->err,
                                   "cannot be combined with avoid beside the fills");
    out->fill_genres = names[0].names, out->fill_genre_count = names[0].count;
    out->fill_subgenres = names[1].names, out->fill_subgenre_count = names[1].count;
    out->fill_artists = names[2].names, out->fill_artist_count = names[2].count;
    const msched__plan_strings *avoid = in->avoid != NULL ? in->avoid : &names[3];
    out->fill_avoid = avoid->names, out->fill_avoid_count = avoid->count;
    return result;
}

static msched_result read_quiet(const reader *in, const node *quiet, msched_listening *out,
                                int32_t **times)
{
    if (quiet->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(quiet, MSCHED__QUIET_MAX, in->err);
    size_t count = msched__json_count(quiet);
    if (result != MSCHED_OK || count == 0)
        return result;
    *times = msched__alloc_array(&in->memory, 2 * count, sizeof **times);
    if (*times == NULL)
        return msched__fail_memory(in->err);
    node pair;
    int more = msched__json_first(quiet, &pair);
    for (size_t i = 0; result == MSCHED_OK && more; i++, more = msched__json_next(&pair))
        result = msched__plan_read_pair(&pair, *times + 2 * i, *times + 2 * i + 1, in->err);
    out->quiet_s = *times;
    out->quiet_count = (uint32_t)count;
    return result;
}

/* In a plan of several dates, the tracks to avoid may be beside the fills, for all of them. */
static msched_result read_avoid(reader *in, const node *avoid, msched__plan_strings *names)
{
    if (avoid->value == NULL)
        return MSCHED_OK;
    if (in->span == NULL)
        return msched__json_fail(avoid, MSCHED_ERROR_VALUE, in->err,
                                 "belongs in the fill: {\"fill\": {\"avoid\": [..]}}");
    in->avoid = names;
    return msched__plan_read_strings(&in->memory, avoid, MSCHED_PLAN_MAX_AVOID, names, in->err);
}

/* A fill after the first of a list. */
static msched_result add_fill(reader *in, const node *fill)
{
    msched_listening rules;
    msched_listening_init(&rules, sizeof rules);
    msched__plan_strings names[FILL_LISTS] = {{NULL, 0}};
    msched_result result = read_fill(in, fill, &rules, names);
    if (result == MSCHED_OK)
        result = locate(in->err, in->builder, fill,
                        msched_plan_builder_add_fill(in->builder, &rules, in->err));
    for (size_t i = 0; i < FILL_LISTS; i++)
        msched__free(&in->memory, names[i].names);
    return result;
}

static msched_result read_length(reader *in, const node *value, int32_t *out)
{
    return msched__plan_read_int(value, 0, MSCHED_DAY_END_S, out, in->err);
}

static msched_result read_listening(reader *in, const node *object)
{
    enum {
        LISTENING_QUIET,
        LISTENING_MAX_TOTAL,
        LISTENING_GAP,
        LISTENING_ARTIST_SEPARATION,
        LISTENING_FILL,
        LISTENING_FILLS,
        LISTENING_AVOID,
        LISTENING_AVOID_DAYS,
        LISTENING_AVOID_FILES,
        LISTENING_REPEAT,
        KEYS
    };
    static const char *const keys[KEYS + 1] = {
        "quiet",       "max_total_s", "gap_s", "artist_separation_s",
        "fill",        "fills",       "avoid", "avoid_days",
        "avoid_files", "repeat_s",    NULL};
    int32_t days = 0;
    node members[KEYS];
    msched_listening listening;
    msched_listening_init(&listening, sizeof listening);
    msched__plan_strings names[FILL_LISTS] = {{NULL, 0}}, avoid = {NULL, 0}, files = {NULL, 0};
    int32_t *times = NULL;
    msched_result result = msched__json_object(object, keys, members, in->err);
    if (result == MSCHED_OK)
        result = read_quiet(in, &members[LISTENING_QUIET], &listening, &times);
    int32_t *const lengths[KEYS] = {[LISTENING_MAX_TOTAL] = &listening.max_total_s,
                                    [LISTENING_GAP] = &listening.gap_s,
                                    [LISTENING_ARTIST_SEPARATION] = &listening.artist_separation_s,
                                    [LISTENING_REPEAT] = &listening.repeat_s};
    for (int i = 0; result == MSCHED_OK && i < KEYS; i++)
        if (lengths[i] != NULL)
            result = read_length(in, &members[i], lengths[i]);
    if (result == MSCHED_OK)
        result = msched__plan_read_int(&members[LISTENING_AVOID_DAYS], 1, 36500, &days, in->err);
    listening.avoid_days = (uint32_t)days;
    if (result == MSCHED_OK)
        result = msched__plan_read_strings(&in->memory, &members[LISTENING_AVOID_FILES],
                                           MSCHED_PLAN_MAX_AVOID_FILES, &files, in->err);
    listening.avoid_files = files.names, listening.avoid_file_count = files.count;
    node first = {0};
    if (result == MSCHED_OK)
        result = msched__plan_first_item(&members[LISTENING_FILLS], FILLS_READ, &first, in->err);
    if (result == MSCHED_OK && first.value != NULL && members[LISTENING_FILL].value != NULL)
        result = msched__json_fail(&members[LISTENING_FILLS], MSCHED_ERROR_VALUE, in->err,
                                   "cannot be combined with fill: write one of the two");
    if (result == MSCHED_OK && first.value != NULL)
        members[LISTENING_FILL] = first;
    int has_fill = result == MSCHED_OK && members[LISTENING_FILL].value != NULL;
    if (result == MSCHED_OK)
        result = read_avoid(in, &members[LISTENING_AVOID], &avoid);
    listening.fill_avoid = avoid.names, listening.fill_avoid_count = avoid.count;
    if (has_fill && result == MSCHED_OK)
        result = read_fill(in, &members[LISTENING_FILL], &listening, names);
    if (result == MSCHED_OK) {
        result = msched_plan_builder_set_listening(in->builder, &listening, in->err);
        result = locate(in->err, in->builder,
                        has_fill && in->builder->fault.part == MSCHED__PART_FILL
                            ? &members[LISTENING_FILL]
                            : object,
                        result);
    }
    for (int more = first.value != NULL && msched__json_next(&first); result == MSCHED_OK && more;
         more = msched__json_next(&first))
        result = add_fill(in, &first);
    msched__free(&in->memory, times);
    msched__free(&in->memory, avoid.names);
    msched__free(&in->memory, files.names);
    for (size_t i = 0; i < FILL_LISTS; i++)
        msched__free(&in->memory, names[i].names);
    in->avoid = NULL;
    return result;
}

/* The keys of a plan. */
enum {
    PLAN_VERSION,
    PLAN_DATE,
    PLAN_TIMEZONE,
    PLAN_DAY,
    PLAN_NOW,
    PLAN_CALENDAR_ID,
    PLAN_ASSUME_DONE,
    PLAN_TODOS,
    PLAN_SONGS,
    PLAN_LISTENING,
    PLAN_DAYS,
    PLAN_KEYS
};
static const char *const plan_keys[PLAN_KEYS + 1] = {
    "version",     "date",  "timezone", "day",       "now",  "calendar_id",
    "assume_done", "todos", "songs",    "listening", "days", NULL};

static msched_result read_day(reader *in, const node *root, const node *members)
{
    enum { DAY_START, DAY_END, DAY_MAX_TASKS, DAY_EXCEPTIONS, DAY_BREAK, DAY_BREAK_AFTER, KEYS };
    static const char *const keys[KEYS + 1] = {
        "start", "end", "max_tasks_s", "exceptions", "break_s", "break_after_s", NULL};
    node day_members[KEYS] = {{0}};
    msched_day day;
    msched_day_init(&day, sizeof day);
    int32_t version = 1;
    msched_result result = msched__plan_read_int(&members[PLAN_VERSION], 1, 1, &version, in->err);
    if (result == MSCHED_OK && members[PLAN_DATE].value == NULL)
        return msched__json_fail(root, MSCHED_ERROR_VALUE, in->err,
                                 "date is missing: write \"date\": \"YYYY-MM-DD\"");
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[PLAN_DATE], &day.date, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[PLAN_TIMEZONE], &day.timezone, in->err);
    if (result == MSCHED_OK && members[PLAN_DAYS].value == NULL)
        result = msched__plan_read_time(&members[PLAN_NOW], &day.now_s, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_string(&members[PLAN_CALENDAR_ID], &day.calendar_id, in->err);
    if (result == MSCHED_OK)
        result = msched__plan_read_bool(&members[PLAN_ASSUME_DONE], &day.assume_done, in->err);
    if (result == MSCHED_OK && members[PLAN_DAY].value != NULL) {
        result = msched__json_object(&members[PLAN_DAY], keys, day_members, in->err);
        if (result == MSCHED_OK)
            result = msched__plan_read_time(&day_members[DAY_START], &day.start_s, in->err);
        if (result == MSCHED_OK)
            result = msched__plan_read_time(&day_members[DAY_END], &day.end_s, in->err);
        if (result == MSCHED_OK)
            result = read_length(in, &day_members[DAY_BREAK], &day.break_s);
        if (result == MSCHED_OK)
            result = read_length(in, &day_members[DAY_BREAK_AFTER], &day.break_after_s);
    }
    if (result != MSCHED_OK)
        return result;
    msched_plan_builder checked = {.fault = {MSCHED__PART_DAY, 0, NULL}};
    result = locate(in->err, &checked, root, msched__plan_check_day(&checked, &day, in->err));
    if (result == MSCHED_OK)
        result = msched_plan_builder_create(&in->builder, &day, &in->memory, in->err);
    const msched__span_nodes nodes = {root,
                                      &members[PLAN_DAYS],
                                      &members[PLAN_NOW],
                                      &members[PLAN_TODOS],
                                      &members[PLAN_SONGS],
                                      &day_members[DAY_MAX_TASKS],
                                      &day_members[DAY_EXCEPTIONS]};
    return result == MSCHED_OK ? msched__read_span(in, &nodes, &day) : result;
}

static msched_result read_items(reader *in, const node *array, size_t max_count,
                                msched_result (*read)(reader *in, const node *object))
{
    if (array->value == NULL)
        return MSCHED_OK;
    msched_result result = msched__json_array(array, max_count, in->err);
    node item;
    for (int more = msched__json_first(array, &item); result == MSCHED_OK && more;
         more = msched__json_next(&item))
        result = read(in, &item);
    return result;
}

/* Faults that the builder finds at the end belong to a to-do, a song or a fill. */
static msched_result finish(reader *in, const node *root, msched_plan **out)
{
    msched_result result = msched__plan_builder_seal(in->builder, in->err);
    *out = result == MSCHED_OK ? msched_plan_ref(in->builder->plan) : NULL;
    if (result == MSCHED_OK || result == MSCHED_ERROR_MEMORY)
        return result;
    node array;
    const msched__plan_fault *fault = &in->builder->fault;
    if (fault->part == MSCHED__PART_FILL && msched__json_member(root, "listening", &array)) {
        node list, fill;
        if (msched__json_member(&array, "fills", &list))
            fill = msched__json_item(&list, fault->index);
        else if (!msched__json_member(&array, "fill", &fill))
            fill = array;
        return locate(in->err, in->builder, &fill, result);
    }
    if (!msched__json_member(root, fault->part == MSCHED__PART_SONG ? "songs" : "todos", &array))
        return result;
    node item = msched__json_item(&array, fault->index);
    return locate(in->err, in->builder, &item, result);
}

static msched_result read_plan(reader *in, const node *root, msched_plan **out)
{
    node members[PLAN_KEYS];
    msched_result result = msched__json_object(root, plan_keys, members, in->err);
    if (result == MSCHED_OK)
        result = read_day(in, root, members);
    if (result == MSCHED_OK)
        result = read_items(in, &members[PLAN_TODOS], MSCHED_PLAN_MAX_TODOS, read_todo);
    if (result == MSCHED_OK)
        result = read_items(in, &members[PLAN_SONGS], MSCHED_PLAN_MAX_SONGS, read_song);
    if (result == MSCHED_OK && members[PLAN_LISTENING].value != NULL)
        result = read_listening(in, &members[PLAN_LISTENING]);
    if (result == MSCHED_OK)
        result = finish(in, root, out);
    if (result == MSCHED_OK && in->span != NULL)
        result = msched__span_check(in, root);
    return result;
}

msched_result msched_plan_parse_json(msched_plan **out, const char *data, size_t size_bytes,
                                     const msched_allocator *allocator, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    msched__json json;
    msched_result result = msched__json_open(&json, data, size_bytes, MSCHED_PLAN_MAX_BYTES,
                                             allocator, err);
    if (result != MSCHED_OK)
        return result;
    reader in = {.memory = msched__allocator_copy(allocator), .err = err};
    msched__json_node root = msched__json_root(&json);
    result = read_plan(&in, &root, out);
    msched_plan_builder_free(in.builder);
    msched__json_close(&json);
    if (result != MSCHED_OK) {
        msched_plan_unref(*out);
        *out = NULL;
    }
    return result;
}
