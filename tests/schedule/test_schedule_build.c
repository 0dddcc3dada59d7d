/*
 * msched_schedule_build as a caller sees it: its fixes do what they say, overbooked intervals are
 * overbooked, replanning keeps what has begun, limits stop it, the same question gets the same
 * bytes, and memory may run out anywhere.
 */
#include "../failing.h"
#include "../testing.h"
#include "day_text.h"
#include "random_plan.h"

#include <stdio.h>
#include <stdlib.h>

static msched_schedule *build(const msched_plan *plan, const msched_schedule_options *options)
{
    msched_schedule *schedule;
    msched_error err = {0};
    if (msched_schedule_build(&schedule, random_catalog, plan, options, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return schedule;
}

/* One change to a plan on its way through a builder. */
typedef struct edit {
    const msched_unplaced *item; /* gets the change; NULL: none */
    int32_t amount;
    int32_t now_s;
} edit;

/* The to-do that a fix names is left out, or moved. */
static void edit_other(const edit *change, msched_todo *todo)
{
    if (change->item->fix == MSCHED_FIX_DROP) {
        todo->state = MSCHED_STATE_SKIPPED;
    } else {
        int32_t by = change->item->fix == MSCHED_FIX_MOVE_LATER ? change->amount : -change->amount;
        todo->start_s += by;
        todo->end_s += by;
    }
}

static void edit_todo(const edit *change, uint32_t index, msched_todo *todo)
{
    if (change->item == NULL || change->item->kind != MSCHED_UNPLACED_TODO)
        return;
    if (change->item->fix_id[0] != '\0' && strcmp(todo->id, change->item->fix_id) == 0)
        edit_other(change, todo);
    if (change->item->todo != index)
        return;
    if (change->item->fix == MSCHED_FIX_LATER)
        todo->latest_s += change->amount;
    else if (change->item->fix == MSCHED_FIX_EARLIER)
        todo->earliest_s -= change->amount;
    else if (change->item->fix == MSCHED_FIX_SHORTER) {
        todo->duration_s -= change->amount;
        todo->end_s = MSCHED_UNSET;
    } else if (change->item->fix == MSCHED_FIX_SPLIT)
        todo->split_min_s = change->amount;
}

static msched_plan *rebuild(const msched_plan *plan, const edit *change)
{
    msched_plan_builder *builder;
    msched_plan *out;
    msched_day day = {.struct_size = sizeof day};
    msched_listening listening = {.struct_size = sizeof listening};
    assert_int_equal(msched_plan_get_day(plan, &day), MSCHED_OK);
    if (change->now_s != MSCHED_UNSET)
        day.now_s = change->now_s;
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_plan_todo_count(plan); i++) {
        msched_todo todo = {.struct_size = sizeof todo};
        msched_plan_get_todo(plan, i, &todo);
        edit_todo(change, i, &todo);
        msched_error err = {0};
        if (msched_plan_builder_add_todo(builder, &todo, &err) != MSCHED_OK)
            fail_msg("%s", err.message);
    }
    for (uint32_t i = 0; i < msched_plan_song_count(plan); i++) {
        msched_song song = {.struct_size = sizeof song};
        msched_plan_get_song(plan, i, &song);
        if (change->item != NULL && change->item->kind == MSCHED_UNPLACED_SONG &&
            change->item->wanted == i)
            song.between_end_s += change->amount;
        assert_int_equal(msched_plan_builder_add_song(builder, &song, NULL), MSCHED_OK);
    }
    msched_plan_get_listening(plan, &listening);
    assert_int_equal(msched_plan_builder_set_listening(builder, &listening, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_builder_finish(&out, builder, NULL), MSCHED_OK);
    return out;
}

/* Plays of a wish that are missing, or 1 for a to-do that is. */
static uint32_t missing(const msched_schedule *schedule, const msched_unplaced *item)
{
    msched_unplaced u = {.struct_size = sizeof u};
    for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
        msched_schedule_get_unplaced(schedule, i, &u);
        if (u.kind == item->kind && u.todo == item->todo && u.wanted == item->wanted)
            return u.kind == MSCHED_UNPLACED_SONG ? u.plays : 1;
    }
    return 0;
}

static int helps(const msched_plan *plan, const msched_unplaced *item, int32_t amount)
{
    msched_plan *changed = rebuild(plan,
                                   &(edit){.item = item, .amount = amount, .now_s = MSCHED_UNSET});
    msched_schedule *schedule = build(changed, NULL);
    uint32_t before = item->kind == MSCHED_UNPLACED_SONG ? item->plays : 1;
    int helped = missing(schedule, item) < before;
    msched_schedule_unref(schedule);
    msched_plan_unref(changed);
    return helped;
}

static void a_fix_places_the_item_and_a_second_less_does_not(void **state)
{
    (void)state;
    int later = 0, shorter = 0, split = 0, earlier = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        msched_plan *plan = random_plan(seed);
        msched_schedule *schedule = plan == NULL ? NULL : build(plan, NULL);
        for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
            msched_unplaced u = {.struct_size = sizeof u};
            msched_schedule_get_unplaced(schedule, i, &u);
            assert_true(u.text[0] != '\0');
            if (u.fix != MSCHED_FIX_LATER && u.fix != MSCHED_FIX_SHORTER &&
                u.fix != MSCHED_FIX_SPLIT && u.fix != MSCHED_FIX_EARLIER)
                continue;
            earlier += u.fix == MSCHED_FIX_EARLIER;
            later += u.fix == MSCHED_FIX_LATER;
            shorter += u.fix == MSCHED_FIX_SHORTER;
            split += u.fix == MSCHED_FIX_SPLIT;
            if (!helps(plan, &u, u.fix_s))
                fail_msg("seed %d: %s \"%s\" does not help", (int)seed, u.id, u.fix_text);
            int32_t less = u.fix == MSCHED_FIX_SPLIT ? u.fix_s + 1 : u.fix_s - 1;
            if (less == 0 || (u.fix == MSCHED_FIX_SPLIT && u.needed_s < 2 * less))
                continue;
            if (helps(plan, &u, less))
                fail_msg("seed %d: %s \"%s\" also helps with %d s", (int)seed, u.id, u.fix_text,
                         (int)less);
        }
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
    assert_true(later > 20 && shorter > 20 && split > 0 && earlier > 10);
}

/* What the kinds of fixes cost a person at most, in the order of the ranks. */
static int cost_of(const msched_unplaced *item, const msched_fix *fix)
{
    switch (fix->kind) {
    case MSCHED_FIX_SHORTER:
        return fix->amount_s > item->needed_s / 2 ? 2 : 0;
    case MSCHED_FIX_DROP:
        return 1; /* of an event more */
    case MSCHED_FIX_MOVE_LATER:
    case MSCHED_FIX_MOVE_EARLIER:
        return 3;
    default:
        return 0;
    }
}

/* 1 where an event that moves by less lies over another one. */
static int meets_event(const msched_plan *plan, const msched_fix *fix, int32_t amount)
{
    int32_t by = fix->kind == MSCHED_FIX_MOVE_LATER ? amount : -amount;
    msched_todo event = {.struct_size = sizeof event}, other = event;
    uint32_t at = 0;
    while (msched_plan_get_todo(plan, at, &event) == MSCHED_OK && strcmp(event.id, fix->id) != 0)
        at++;
    for (uint32_t i = 0; msched_plan_get_todo(plan, i, &other) == MSCHED_OK; i++)
        if (i != at && other.kind == MSCHED_TODO_EVENT && other.start_s < event.end_s + by &&
            other.end_s > event.start_s + by)
            return 1;
    return 0;
}

static void check_alternative(const msched_plan *plan, const msched_unplaced *item,
                              const msched_fix *fix)
{
    msched_unplaced same = *item;
    same.fix = fix->kind;
    same.fix_s = fix->amount_s;
    same.fix_id = fix->id;
    same.fix_text = fix->text;
    if (!helps(plan, &same, same.fix_s))
        fail_msg("%s \"%s\" does not help", item->id, fix->text);
    int32_t less = same.fix == MSCHED_FIX_SPLIT ? same.fix_s + 1 : same.fix_s - 1;
    if (less > 0 && (same.fix != MSCHED_FIX_SPLIT || same.needed_s >= 2 * less) &&
        !(cost_of(item, fix) == 3 && meets_event(plan, fix, less)) && helps(plan, &same, less))
        fail_msg("%s \"%s\" also helps with %d s", item->id, fix->text, (int)less);
}

static void alternatives_are_true_and_cost_more(void **state)
{
    (void)state;
    int found = 0, moves = 0, three = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        msched_plan *plan = random_plan(seed);
        msched_schedule *schedule = plan == NULL ? NULL : build(plan, NULL);
        for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
            msched_unplaced u = {.struct_size = sizeof u};
            msched_schedule_get_unplaced(schedule, i, &u);
            assert_true(u.alternative_count <= 2);
            int cost = cost_of(&u, &(msched_fix){.kind = u.fix, .amount_s = u.fix_s});
            for (uint32_t k = 0; k < u.alternative_count; k++) {
                const msched_fix *fix = u.alternatives[k];
                check_alternative(plan, &u, fix);
                assert_string_not_equal(fix->text, u.fix_text);
                assert_true(fix->kind == MSCHED_FIX_DROP || cost_of(&u, fix) >= cost);
                found++;
                moves += cost_of(&u, fix) == 3;
                three += k == 1;
            }
        }
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
    assert_true(found > 50 && moves > 5 && three > 10);
}

/* A change of the to-do itself comes before one of an event, which is then the alternative. */
static void an_event_is_left_out_last(void **state)
{
    (void)state;
    msched_schedule *schedule = day_solve(
        NULL, "day: 8-11\n8-9:15 Call\nA 20m !3\nB 90m split:20m !4\nC 30m !2\nD 30m !4\n", 1);
    msched_unplaced u = {.struct_size = sizeof u};
    assert_int_equal(msched_schedule_get_unplaced(schedule, 0, &u), MSCHED_OK);
    assert_string_equal(u.fix_text, "make it 35 min shorter; D is then left out");
    assert_string_equal(u.fix_id, "");
    assert_int_equal(u.alternative_count, 1);
    assert_string_equal(u.alternatives[0]->text, "leave out Call");
    msched_schedule_unref(schedule);
}

static void an_event_moves_no_further_than_it_has_to(void **state)
{
    (void)state;
    static const char text[] =
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"12:00\"}, "
        "\"todos\": ["
        "{\"title\": \"Dentist\", \"start\": \"09:00\", \"end\": \"10:00\"},"
        "{\"title\": \"Standup\", \"start\": \"10:15\", \"end\": \"10:30\"},"
        "{\"title\": \"Report\", \"duration_s\": 6000, \"latest\": \"10:15\"}]}";
    msched_plan *plan;
    assert_int_equal(msched_plan_parse_json(&plan, text, sizeof text - 1, NULL, NULL), MSCHED_OK);
    msched_schedule *schedule = build(plan, NULL);
    msched_unplaced u = {.struct_size = sizeof u};
    assert_int_equal(msched_schedule_get_unplaced(schedule, 0, &u), MSCHED_OK);
    assert_true(u.alternative_count > 0);
    const msched_fix *move = u.alternatives[0];
    /* not to 09:40, where it would meet Standup, but after it */
    assert_int_equal(move->kind, MSCHED_FIX_MOVE_LATER);
    assert_int_equal(move->amount_s, 5400);
    assert_string_equal(move->id, "dentist");
    assert_string_equal(move->text, "move Dentist 1 h 30 min later");
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

static void overbooked_intervals_ask_for_more_than_there_is(void **state)
{
    (void)state;
    int found = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        msched_plan *plan = random_plan(seed);
        msched_schedule *schedule = plan == NULL ? NULL : build(plan, NULL);
        for (uint32_t i = 0; i < msched_schedule_overload_count(schedule); i++) {
            msched_overload o = {.struct_size = sizeof o};
            msched_schedule_get_overload(schedule, i, &o);
            int32_t demand = 0;
            for (uint32_t m = 0; m < o.member_count; m++)
                for (uint32_t k = 0; k < msched_plan_todo_count(plan); k++) {
                    msched_todo todo = {.struct_size = sizeof todo};
                    msched_plan_get_todo(plan, k, &todo);
                    demand += strcmp(todo.id, o.members[m]) == 0 ? todo.duration_s : 0;
                }
            assert_int_equal(demand, o.demand_s);
            assert_true(o.demand_s > o.capacity_s && o.start_s < o.end_s && o.member_count > 0);
            found++;
        }
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
    assert_true(found > 50);
}

/* 1 where `schedule` has the same thing at the same time. */
static int has_entry(const msched_schedule *schedule, const msched_schedule_entry *wanted)
{
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_get_entry(schedule, i, &entry);
        if (entry.kind == wanted->kind && entry.start_s == wanted->start_s &&
            strcmp(entry.id, wanted->id) == 0)
            return 1;
    }
    return 0;
}

static void what_has_begun_stays_and_nothing_moves_without_need(void **state)
{
    (void)state;
    int kept = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        msched_plan *plan = random_plan(seed);
        msched_day day = {.struct_size = sizeof day};
        if (plan == NULL)
            continue;
        msched_plan_get_day(plan, &day);
        msched_schedule *first = build(plan, NULL);
        msched_plan *later = rebuild(plan,
                                     &(edit){.now_s = day.start_s + (day.end_s - day.start_s) / 2});
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.previous = first;
        options.assume_done = 1;
        msched_schedule *second = build(later, &options);
        msched_plan_get_day(later, &day);
        for (uint32_t i = 0; day.now_s != MSCHED_UNSET && i < msched_schedule_entry_count(first);
             i++) {
            msched_schedule_entry entry = {.struct_size = sizeof entry};
            msched_schedule_get_entry(first, i, &entry);
            if (entry.start_s >= day.now_s || entry.kind != MSCHED_ENTRY_TODO)
                continue;
            kept++;
            if (!has_entry(second, &entry))
                fail_msg("seed %d: %s at %d has begun and is gone", (int)seed, entry.id,
                         (int)entry.start_s);
        }
        msched_schedule *again = build(plan, &options);
        msched_objective objective = {.struct_size = sizeof objective};
        msched_schedule_get_objective(again, &objective);
        if (objective.moved != 0)
            fail_msg("seed %d: %d moved", (int)seed, (int)objective.moved);
        msched_schedule_unref(first);
        msched_schedule_unref(second);
        msched_schedule_unref(again);
        msched_plan_unref(plan);
        msched_plan_unref(later);
    }
    assert_true(kept > 300);
}

static msched_plan *parse(const char *json)
{
    msched_plan *plan;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

/* Seconds of all songs. */
static int64_t listened(const msched_schedule *schedule)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        msched_schedule_get_entry(schedule, i, &entry);
        total += entry.kind == MSCHED_ENTRY_SONG ? entry.end_s - entry.start_s : 0;
    }
    return total;
}

static void fill_that_has_begun_counts_against_all_listening(void **state)
{
    (void)state;
    msched_plan *before = parse(
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"10:00\"},"
        " \"listening\": {\"max_total_s\": 1500, \"fill\": {\"duration_s\": 1500}}}");
    msched_plan *after = parse(
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"10:00\"}, \"now\": "
        "\"08:16\","
        " \"songs\": [{\"track_id\": \"track0\", \"must\": true, \"times\": 9}],"
        " \"listening\": {\"max_total_s\": 1500, \"fill\": {\"duration_s\": 1500}}}");
    msched_schedule *first = build(before, NULL);
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = first;
    msched_schedule *second = build(after, &options);
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(second, &objective);
    assert_int_equal(listened(first), 1500);
    assert_true(objective.value[MSCHED_LEVEL_FILL_S] > 0 &&
                objective.value[MSCHED_LEVEL_MUST_SONGS] > 0);
    assert_true(listened(second) <= 1500);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
    msched_plan_unref(after);
    msched_plan_unref(before);
}

static void a_short_fill_says_what_kept_it_short(void **state)
{
    (void)state;
    static const char *const plans[][2] = {
        {"{\"date\": \"2026-11-24\", \"listening\": {\"fill\": {\"duration_s\": 600, "
         "\"min_popularity\": 100}}}",
         "no song matches the filter"},
        {"{\"date\": \"2026-11-24\", \"listening\": {\"fill\": {\"duration_s\": 36000}}}",
         "the songs that match the filter last"},
        {"{\"date\": \"2026-11-24\", \"listening\": {\"max_total_s\": 300, \"fill\": "
         "{\"duration_s\": 600}}}",
         "at most 5 min of listening is allowed"},
        {"{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"08:10\"},"
         " \"listening\": {\"fill\": {\"duration_s\": 900}}}",
         "that is all the listening time"},
    };
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        msched_plan *plan = parse(plans[i][0]);
        msched_schedule *schedule = build(plan, NULL);
        msched_unplaced u = {.struct_size = sizeof u};
        assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
        msched_schedule_get_unplaced(schedule, 0, &u);
        assert_int_equal(u.reason, MSCHED_REASON_FILL_SHORT);
        if (strstr(u.text, plans[i][1]) == NULL)
            fail_msg("%s", u.text);
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
}

static void a_previous_schedule_of_another_day_is_refused(void **state)
{
    (void)state;
    static const char one[] = "{\"date\": \"2026-11-24\"}", other[] = "{\"date\": \"2026-11-25\"}";
    msched_plan *plan, *next;
    assert_int_equal(msched_plan_parse_json(&plan, one, sizeof one - 1, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_parse_json(&next, other, sizeof other - 1, NULL, NULL), MSCHED_OK);
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    msched_schedule *first = build(plan, NULL), *second;
    options.previous = first;
    assert_int_equal(msched_schedule_build(&second, random_catalog, next, &options, NULL),
                     MSCHED_ERROR_CONFLICT);
    assert_null(second);
    msched_schedule_unref(first);
    msched_plan_unref(plan);
    msched_plan_unref(next);
}

static int32_t stop_at_once(void *ctx)
{
    (void)ctx;
    return 1;
}

/*
 * A day that takes some search: three of the tasks fit between two events, a fourth just not, and
 * all lengths differ.
 */
static msched_plan *hard_plan(void)
{
    char text[8192];
    int at = snprintf(text, sizeof text, "{\"date\": \"2026-11-24\", \"todos\": [");
    for (int i = 0; i < 3; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "{\"title\": \"event\", \"start\": \"%d:55\", \"end\": \"%d:00\"},",
                       10 + 4 * i, 11 + 4 * i);
    for (int i = 0; i < 16; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s{\"title\": \"task\", \"duration_s\": %d}", i > 0 ? "," : "",
                       3600 + 7 * i);
    snprintf(text + at, sizeof text - (size_t)at, "]}");
    msched_plan *plan;
    assert_int_equal(msched_plan_parse_json(&plan, text, strlen(text), NULL, NULL), MSCHED_OK);
    return plan;
}

static void limits_stop_the_search_and_are_told(void **state)
{
    (void)state;
    msched_plan *plan = hard_plan();
    msched_schedule_options options;
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_options_init(&options, sizeof options);
    options.work_limit = 3000;
    options.no_reasons = 1;
    msched_schedule *schedule = build(plan, &options);
    msched_schedule_get_objective(schedule, &objective);
    assert_int_equal(objective.stop, MSCHED_STOP_WORK);
    assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
    assert_true(msched_schedule_entry_count(schedule) > 10);
    msched_schedule_unref(schedule);
    options.work_limit = 0;
    options.cancel = stop_at_once;
    schedule = build(plan, &options);
    msched_schedule_get_objective(schedule, &objective);
    assert_int_equal(objective.stop, MSCHED_STOP_CANCEL);
    assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

static void the_same_question_gets_the_same_bytes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        msched_plan *plan = random_plan(seed);
        if (plan == NULL)
            continue;
        msched_schedule *a = build(plan, NULL), *b = build(plan, NULL);
        msched_text *first, *second;
        assert_int_equal(msched_schedule_to_json(a, &first, NULL), MSCHED_OK);
        assert_int_equal(msched_schedule_to_json(b, &second, NULL), MSCHED_OK);
        assert_string_equal(msched_text_data(first), msched_text_data(second));
        msched_text_unref(first);
        msched_text_unref(second);
        msched_schedule_unref(a);
        msched_schedule_unref(b);
        msched_plan_unref(plan);
    }
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        msched_plan *plan = random_plan(seed);
        if (plan == NULL)
            continue;
        /* no fix is another one because memory ran out */
        msched_schedule *whole = build(plan, NULL);
        for (failing memory = {0}; fail_next(&memory);) {
            msched_allocator allocator = failing_allocator(&memory);
            msched_schedule_options options;
            msched_schedule_options_init(&options, sizeof options);
            options.allocator = &allocator;
            msched_schedule *schedule;
            msched_result result = msched_schedule_build(&schedule, random_catalog, plan, &options,
                                                         NULL);
            assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
            for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
                msched_unplaced item = {.struct_size = sizeof item}, same = item;
                result = msched_schedule_get_unplaced(schedule, i, &item);
                if (result != MSCHED_OK) { /* fixes may be sought by the first reader */
                    assert_int_equal(result, MSCHED_ERROR_MEMORY);
                    continue;
                }
                msched_schedule_get_unplaced(whole, i, &same);
                assert_string_equal(item.fix_text, same.fix_text);
            }
            msched_schedule_unref(schedule);
        }
        msched_schedule_unref(whole);
        msched_plan_unref(plan);
    }
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    msched_plan *plan = hard_plan();
    msched_schedule *schedule;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    assert_int_equal(msched_schedule_build(NULL, random_catalog, plan, NULL, NULL),
                     MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, NULL, NULL, NULL),
                     MSCHED_ERROR_ARGUMENT);
    options.no_order = 2;
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, NULL),
                     MSCHED_ERROR_ARGUMENT);
    assert_null(schedule);
    msched_plan_unref(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fix_places_the_item_and_a_second_less_does_not),
        cmocka_unit_test(alternatives_are_true_and_cost_more),
        cmocka_unit_test(an_event_is_left_out_last),
        cmocka_unit_test(an_event_moves_no_further_than_it_has_to),
        cmocka_unit_test(overbooked_intervals_ask_for_more_than_there_is),
        cmocka_unit_test(what_has_begun_stays_and_nothing_moves_without_need),
        cmocka_unit_test(fill_that_has_begun_counts_against_all_listening),
        cmocka_unit_test(a_short_fill_says_what_kept_it_short),
        cmocka_unit_test(a_previous_schedule_of_another_day_is_refused),
        cmocka_unit_test(limits_stop_the_search_and_are_told),
        cmocka_unit_test(the_same_question_gets_the_same_bytes),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(bad_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
