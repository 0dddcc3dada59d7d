#include "schedule/output/schedule_read_result.h"

#include "schedule/output/schedule_take.h"

#include <string.h>

/* Reads one item of an array into the schedule. */
typedef msched_result (*read_item)(msched_schedule *s, const msched__json_node *node, void *item,
                                   msched_error *err);

/* An array of the schedule: where its items go, and how one is read. */
typedef struct array_form {
    const char *key;
    size_t size; /* of an item */
    read_item read;
    uint32_t *count; /* does not change if the key is absent */
} array_form;

/* The items of an array, zeroed before they are read; NULL if the key is absent. */
static msched_result read_array(msched_schedule *s, const msched__json_node *root,
                                const array_form *form, void **out, msched_error *err)
{
    msched__json_node array, item;
    *out = NULL;
    if (!msched__json_member(root, form->key, &array))
        return MSCHED_OK;
    msched_result result = msched__json_array(&array, MSCHED__SCHEDULE_MAX_ITEMS, err);
    if (result != MSCHED_OK)
        return result;
    uint32_t n = (uint32_t)msched__json_count(&array), i = 0;
    char *items = msched__arena_alloc(&s->arena, n, form->size);
    if (items == NULL)
        return msched__fail_memory(err);
    memset(items, 0, (size_t)n * form->size);
    for (int more = msched__json_first(&array, &item); result == MSCHED_OK && more;
         more = msched__json_next(&item), i++)
        result = form->read(s, &item, items + i * form->size, err);
    if (result == MSCHED_OK) {
        *form->count = n;
        *out = items;
    }
    return result;
}

static const char *unplaced_kind_name(uint32_t kind)
{
    static const char *const names[] = {"todo", "song", "fill"};
    return kind < 3 ? names[kind] : NULL;
}

static msched_result take_seconds(const msched__json_node *object, const char *key, int32_t *out,
                                  msched_error *err)
{
    uint32_t value = 0;
    msched_result result = msched__take_count(object, key, INT32_MAX, &value, err);
    *out = (int32_t)value;
    return result;
}

static msched_result read_window(const msched__json_node *node, msched_unplaced *u,
                                 msched_error *err)
{
    msched__json_node window;
    u->window_start_s = u->window_end_s = MSCHED_UNSET;
    if (!msched__json_member(node, "window", &window))
        return MSCHED_OK;
    msched_result result = msched__json_array(&window, 2, err);
    if (result == MSCHED_OK && msched__json_count(&window) != 2)
        result = msched__json_fail(&window, MSCHED_ERROR_VALUE, err,
                                   "a window must have a start and an end");
    if (result != MSCHED_OK)
        return result;
    msched__json_node start = msched__json_item(&window, 0), end = msched__json_item(&window, 1);
    result = msched__json_time(&start, &u->window_start_s, err);
    return result != MSCHED_OK ? result : msched__json_time(&end, &u->window_end_s, err);
}

static msched_result read_fix(msched_schedule *s, const msched__json_node *node, msched_fix *fix,
                              msched_error *err)
{
    static const char *const keys[] = {"kind", "amount_s", "id", "date", "text", NULL};
    msched__json_node kind;
    fix->struct_size = sizeof *fix;
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result != MSCHED_OK)
        return result;
    if (!msched__json_member(node, "kind", &kind))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "the key \"kind\" is missing");
    result = msched__take_name(&kind, msched__fix_name, &fix->kind, err);
    if (result == MSCHED_OK)
        result = take_seconds(node, "amount_s", &fix->amount_s, err);
    if (result == MSCHED_OK)
        result = msched__take_text(s, node, fix->kind == MSCHED_FIX_DATE ? "date" : "id", &fix->id,
                                   err);
    return result != MSCHED_OK ? result : msched__take_text(s, node, "text", &fix->text, err);
}

static msched_result read_alternatives(msched_schedule *s, const msched__json_node *node,
                                       msched_unplaced *u, msched_error *err)
{
    msched__json_node all;
    if (!msched__json_member(node, "alternatives", &all))
        return MSCHED_OK;
    msched_result result = msched__json_array(&all, MSCHED__ALTERNATIVES_MAX, err);
    if (result != MSCHED_OK)
        return result;
    size_t count = msched__json_count(&all);
    const msched_fix **list = msched__arena_alloc(&s->arena, count, sizeof *list);
    msched_fix *fixes = msched__arena_alloc(&s->arena, count, sizeof *fixes);
    if (list == NULL || fixes == NULL)
        return msched__fail_memory(err);
    for (size_t i = 0; i < count && result == MSCHED_OK; i++) {
        msched__json_node one = msched__json_item(&all, i);
        fixes[i] = (msched_fix){.id = "", .text = ""};
        list[i] = &fixes[i];
        result = msched__json_is_object(&one)
                     ? read_fix(s, &one, &fixes[i], err)
                     : msched__json_fail(&one, MSCHED_ERROR_VALUE, err, "a fix must be an object");
    }
    u->alternatives = list;
    u->alternative_count = (uint32_t)count;
    return result;
}

static msched_result read_fixes(msched_schedule *s, const msched__json_node *node,
                                msched_unplaced *u, msched_error *err)
{
    msched__json_node node_of_fix;
    msched_fix fix = {.id = "", .text = ""};
    msched_result result = MSCHED_OK;
    if (msched__json_member(node, "fix", &node_of_fix))
        result = read_fix(s, &node_of_fix, &fix, err);
    u->fix = fix.kind;
    u->fix_s = fix.amount_s;
    u->fix_id = fix.id;
    u->fix_text = fix.text;
    return result != MSCHED_OK ? result : read_alternatives(s, node, u, err);
}

/* The identity of an item: a to-do's id, or a song's number among the wanted ones and its track. */
static msched_result read_identity(msched_schedule *s, const msched__json_node *node,
                                   msched_unplaced *u, msched_error *err)
{
    msched__json_node kind;
    u->todo = u->wanted = UINT32_MAX;
    if (!msched__json_member(node, "kind", &kind))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "the key \"kind\" is missing");
    msched_result result = msched__take_name(&kind, unplaced_kind_name, &u->kind, err);
    if (result == MSCHED_OK)
        result = u->kind == MSCHED_UNPLACED_TODO
                     ? msched__take_required(s, node, "id", &u->id, err)
                     : msched__take_text(s, node,
                                         u->kind == MSCHED_UNPLACED_SONG ? "track_id" : "id",
                                         &u->id, err);
    if (result == MSCHED_OK)
        result = msched__take_text(s, node, "title", &u->title, err);
    if (result == MSCHED_OK && u->kind == MSCHED_UNPLACED_SONG)
        result = msched__take_count(node, "wanted", MSCHED_PLAN_MAX_SONGS - 1, &u->wanted, err);
    u->plays = u->kind == MSCHED_UNPLACED_SONG;
    return result != MSCHED_OK
               ? result
               : msched__take_count(node, "plays", MSCHED_PLAN_MAX_TIMES, &u->plays, err);
}

static msched_result read_unplaced(msched_schedule *s, const msched__json_node *node, void *item,
                                   msched_error *err)
{
    static const char *const keys[] = {"kind", "id",     "wanted",       "track_id", "title",
                                       "code", "reason", "plays",        "needed_s", "available_s",
                                       "date", "window", "alternatives", "rivals",   "candidates",
                                       "fix",  NULL};
    msched_unplaced *u = item;
    msched__json_node code;
    msched__take_list rivals = {0}, candidates = {0};
    u->struct_size = sizeof *u;
    if (!msched__json_is_object(node))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err,
                                 "an unplaced item must be an object");
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result == MSCHED_OK && !msched__json_member(node, "code", &code))
        result = msched__json_fail(node, MSCHED_ERROR_VALUE, err, "the key \"code\" is missing");
    if (result == MSCHED_OK)
        result = msched__take_name(&code, msched_reason_name, &u->reason, err);
    if (result == MSCHED_OK)
        result = read_identity(s, node, u, err);
    if (result == MSCHED_OK)
        result = msched__take_date(s, node, &u->day, err);
    if (result == MSCHED_OK)
        result = msched__take_text(s, node, "reason", &u->text, err);
    if (result == MSCHED_OK)
        result = take_seconds(node, "needed_s", &u->needed_s, err);
    if (result == MSCHED_OK)
        result = take_seconds(node, "available_s", &u->available_s, err);
    if (result == MSCHED_OK)
        result = read_window(node, u, err);
    if (result == MSCHED_OK)
        result = msched__take_texts(s, node, "rivals", &rivals, err);
    if (result == MSCHED_OK)
        result = msched__take_texts(s, node, "candidates", &candidates, err);
    u->rival_count = rivals.count;
    u->rivals = rivals.texts;
    u->candidate_count = candidates.count;
    u->candidates = candidates.texts;
    return result != MSCHED_OK ? result : read_fixes(s, node, u, err);
}

static msched_result read_warning(msched_schedule *s, const msched__json_node *node, void *item,
                                  msched_error *err)
{
    static const char *const keys[] = {"code", "message", NULL};
    msched_warning *warning = item;
    warning->struct_size = sizeof *warning;
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result == MSCHED_OK)
        result = msched__take_required(s, node, "code", &warning->code, err);
    return result != MSCHED_OK ? result
                               : msched__take_required(s, node, "message", &warning->message, err);
}

static msched_result read_overload(msched_schedule *s, const msched__json_node *node, void *item,
                                   msched_error *err)
{
    static const char *const keys[] = {"start",    "end",        "date",    "end_date",
                                       "demand_s", "capacity_s", "members", NULL};
    msched_overload *overload = item;
    msched__take_list members = {0};
    overload->struct_size = sizeof *overload;
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result == MSCHED_OK)
        result = msched__take_date(s, node, &overload->day, err);
    overload->last_day = overload->day;
    if (result == MSCHED_OK)
        result = msched__take_named_date(s, node, "end_date", &overload->last_day, err);
    if (result == MSCHED_OK)
        result = msched__take_time(node, "start", &overload->start_s, err);
    if (result == MSCHED_OK)
        result = msched__take_time(node, "end", &overload->end_s, err);
    if (result == MSCHED_OK)
        result = take_seconds(node, "demand_s", &overload->demand_s, err);
    if (result == MSCHED_OK)
        result = take_seconds(node, "capacity_s", &overload->capacity_s, err);
    if (result == MSCHED_OK)
        result = msched__take_texts(s, node, "members", &members, err);
    overload->member_count = members.count;
    overload->members = members.texts;
    return result;
}

static msched_result take_number(const msched__json_node *object, const char *key, int64_t *out,
                                 msched_error *err)
{
    msched__json_node node;
    if (!msched__json_member(object, key, &node))
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err, "the key \"%s\" is missing", key);
    return msched__json_int(&node, 0, INT64_MAX, out, err);
}

static msched_result read_levels(const msched__json_node *object, int64_t *level, msched_error *err)
{
    static const uint8_t tasks[] = {MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2,
                                    MSCHED_LEVEL_TASKS_3, MSCHED_LEVEL_TASKS_4};
    msched__json_node placed;
    if (!msched__json_member(object, "tasks_placed", &placed))
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err,
                                 "the key \"tasks_placed\" is missing");
    msched_result result = msched__json_array(&placed, 4, err);
    if (result == MSCHED_OK && msched__json_count(&placed) != 4)
        result = msched__json_fail(&placed, MSCHED_ERROR_VALUE, err,
                                   "tasks_placed must have four numbers");
    for (size_t i = 0; result == MSCHED_OK && i < 4; i++) {
        msched__json_node item = msched__json_item(&placed, i);
        result = msched__json_int(&item, 0, INT64_MAX, &level[tasks[i]], err);
    }
    if (result == MSCHED_OK)
        result = take_number(object, "must_songs", &level[MSCHED_LEVEL_MUST_SONGS], err);
    if (result == MSCHED_OK)
        result = take_number(object, "song_weight", &level[MSCHED_LEVEL_SONG_WEIGHT], err);
    return result != MSCHED_OK ? result
                               : take_number(object, "fill_s", &level[MSCHED_LEVEL_FILL_S], err);
}

static msched_result read_preference(const msched__json_node *object, double *out,
                                     msched_error *err)
{
    msched__json_node node;
    if (!msched__json_member(object, "preference", &node))
        return msched__json_fail(object, MSCHED_ERROR_VALUE, err,
                                 "the key \"preference\" is missing");
    if (node.value->type == MSCHED__JSON_INTEGER)
        *out = (double)node.value->integer;
    else if (node.value->type == MSCHED__JSON_REAL)
        *out = node.value->real;
    else
        return msched__json_fail(&node, MSCHED_ERROR_VALUE, err, "the preference must be a number");
    return MSCHED_OK;
}

/* A non-negative number; *out does not change if the key is absent. */
static msched_result take_wide(const msched__json_node *object, const char *key, uint64_t *out,
                               msched_error *err)
{
    msched__json_node node;
    int64_t value;
    if (!msched__json_member(object, key, &node))
        return MSCHED_OK;
    msched_result result = msched__json_int(&node, 0, INT64_MAX, &value, err);
    if (result == MSCHED_OK)
        *out = (uint64_t)value;
    return result;
}

/* The terms of level 8; schedules of older versions have none. */
static msched_result read_level_8(const msched__json_node *object, msched_objective *o,
                                  msched_error *err)
{
    enum { TERMS = 8 };
    static const char *const keys[TERMS + 1] = {"repeats_s",     "breaks_s",  "pauses_s",
                                                "longest_run_s", "usual_s",   "spread_s",
                                                "mood_s",        "silence_s", NULL};
    int32_t *const terms[TERMS] = {&o->repeats_s, &o->breaks_s, &o->pauses_s, &o->longest_run_s,
                                   &o->usual_s,   &o->spread_s, &o->mood_s,   &o->silence_s};
    msched__json_node node, members[TERMS];
    if (!msched__json_member(object, "level_8", &node))
        return MSCHED_OK;
    msched_result result = msched__json_object(&node, keys, members, err);
    for (int i = 0; i < TERMS && result == MSCHED_OK; i++) {
        int64_t value = 0;
        if (members[i].value != NULL)
            result = msched__json_int(&members[i], 0, INT32_MAX, &value, err);
        *terms[i] = (int32_t)value;
    }
    return result;
}

static msched_result read_objective(const msched__json_node *node, msched_objective *o,
                                    msched_error *err)
{
    static const char *const keys[] = {"tasks_placed", "must_songs", "song_weight",   "fill_s",
                                       "preference",   "bound",      "proved_levels", "stop",
                                       "work",         "moved",      "level_8",       NULL};
    msched__json_node bound, stop;
    msched_result result = msched__json_object(node, keys, NULL, err);
    if (result == MSCHED_OK)
        result = read_levels(node, o->value, err);
    if (result == MSCHED_OK)
        result = read_preference(node, &o->preference, err);
    if (result == MSCHED_OK && !msched__json_member(node, "bound", &bound))
        result = msched__json_fail(node, MSCHED_ERROR_VALUE, err, "the key \"bound\" is missing");
    if (result == MSCHED_OK)
        result = msched__json_object(&bound, keys, NULL, err);
    if (result == MSCHED_OK)
        result = read_levels(&bound, o->bound, err);
    if (result == MSCHED_OK)
        result = msched__take_count(node, "proved_levels", MSCHED_LEVEL_COUNT, &o->proved_levels,
                                    err);
    if (result == MSCHED_OK && msched__json_member(node, "stop", &stop))
        result = msched__take_name(&stop, msched__stop_name, &o->stop, err);
    if (result == MSCHED_OK)
        result = read_level_8(node, o, err);
    if (result == MSCHED_OK)
        result = take_wide(node, "work", &o->work, err);
    return result != MSCHED_OK ? result : take_wide(node, "moved", &o->moved, err);
}

msched_result msched__schedule_read_result(msched_schedule *s, const msched__json_node *root,
                                           msched_error *err)
{
    msched__json_node status, unplaced, objective;
    uint32_t said = MSCHED_STATUS_UNKNOWN;
    void *items;
    s->has_unplaced = (uint8_t)msched__json_member(root, "unplaced", &unplaced);
    s->has_objective = (uint8_t)msched__json_member(root, "objective", &objective);
    const array_form unplaced_form = {"unplaced", sizeof *s->unplaced, read_unplaced,
                                      &s->unplaced_count};
    const array_form warnings_form = {"warnings", sizeof *s->warnings, read_warning,
                                      &s->warning_count};
    const array_form overloads_form = {"overloads", sizeof *s->overloads, read_overload,
                                       &s->overload_count};
    msched_result result = read_array(s, root, &unplaced_form, &items, err);
    s->unplaced = items;
    if (result == MSCHED_OK)
        result = read_array(s, root, &warnings_form, &items, err);
    s->warnings = items;
    if (result == MSCHED_OK)
        result = read_array(s, root, &overloads_form, &items, err);
    s->overloads = items;
    if (result == MSCHED_OK && s->has_objective)
        result = read_objective(&objective, &s->objective, err);
    if (result == MSCHED_OK && msched__json_member(root, "status", &status))
        result = msched__take_name(&status, msched_status_name, &said, err);
    s->objective.status = s->has_unplaced && s->has_objective ? said : MSCHED_STATUS_UNKNOWN;
    return result;
}
