/*
 * Several fills against all ways to share the songs among them: no day is better than is said, what
 * is called optimal is best, and every song is where one of the fills may play.
 */
#include "../../algo/random.h"
#include "../../testing.h"

#include <musicsched/musicsched.h>
#include <stdio.h>

#define TRACKS 7
#define FILLS  3
#define PLANS  400

static const int32_t day_start = 8 * 3600;

typedef struct small_fill {
    int32_t asked, room, start, longest; /* start: of its window; longest 0: no limit */
    int in_task;
} small_fill;

typedef struct small_plan {
    int32_t length[TRACKS];
    uint32_t track_count, fill_count;
    small_fill fills[FILLS];
    int32_t max_total;
    char json[2000];
} small_plan;

static msched_catalog *make_catalog(const small_plan *p)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < p->track_count; i++) {
        char id[16];
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        snprintf(id, sizeof id, "t%u", (unsigned)i);
        row.track_id = row.track_name = row.track_artist = id;
        row.popularity = 50;
        row.duration_ms = (uint32_t)p->length[i] * 1000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static void put_clock(char *out, int32_t time)
{
    sprintf(out, "%02d:%02d:%02d", (int)time / 3600, (int)time / 60 % 60, (int)time % 60);
}

/* Windows one after the other, each of a fill; some fills play during a task instead. */
static void make_plan(small_plan *p, uint64_t seed)
{
    char todos[600] = "", fills[900] = "";
    memset(p, 0, sizeof *p);
    random_state = seed;
    p->track_count = (uint32_t)pick(1, TRACKS);
    p->fill_count = (uint32_t)pick(1, FILLS);
    for (uint32_t i = 0; i < p->track_count; i++)
        p->length[i] = pick(20, 150);
    for (uint32_t k = 0; k < p->fill_count; k++) {
        small_fill *f = &p->fills[k];
        char from[16], to[16];
        f->start = day_start + (int32_t)k * 1200;
        f->room = pick(10, 400);
        f->asked = pick(0, 3) == 0 ? f->room : pick(1, 400);
        f->longest = pick(0, 3) == 0 ? pick(40, 140) : 0;
        f->in_task = pick(0, 2) == 0;
        put_clock(from, f->start);
        put_clock(to, f->start + f->room);
        sprintf(fills + strlen(fills), "%s{\"duration_s\": %d", k > 0 ? ", " : "", (int)f->asked);
        if (f->longest > 0)
            sprintf(fills + strlen(fills), ", \"max_track_s\": %d", (int)f->longest);
        if (f->in_task) {
            sprintf(fills + strlen(fills), ", \"during\": \"task%u\"}", (unsigned)k);
            sprintf(todos + strlen(todos),
                    "%s{\"id\": \"task%u\", \"title\": \"T\", \"duration_s\": %d, \"music\": true}",
                    todos[0] == '\0' ? "" : ", ", (unsigned)k, (int)f->room);
        } else {
            sprintf(fills + strlen(fills), ", \"between\": [\"%s\", \"%s\"]}", from, to);
        }
    }
    p->max_total = pick(0, 3) == 0 ? pick(1, 600) : 0;
    sprintf(p->json,
            "{\"version\": 1, \"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": "
            "\"23:00\"}, \"todos\": [%s], \"listening\": {\"fills\": [%s]",
            todos, fills);
    if (p->max_total > 0)
        sprintf(p->json + strlen(p->json), ", \"max_total_s\": %d", (int)p->max_total);
    strcat(p->json, "}}");
}

/* The most seconds with tracks from `track` on, when `left` is what each fill may still take. */
static int32_t most(const small_plan *p, uint32_t track, const int32_t *left, int32_t total_left)
{
    if (track == p->track_count)
        return 0;
    int32_t length = p->length[track], best = most(p, track + 1, left, total_left);
    for (uint32_t k = 0; k < p->fill_count; k++) {
        if (left[k] < length || total_left < length ||
            (p->fills[k].longest > 0 && length > p->fills[k].longest))
            continue;
        int32_t rest[FILLS];
        memcpy(rest, left, sizeof rest);
        rest[k] -= length;
        int32_t got = length + most(p, track + 1, rest, total_left - length);
        best = got > best ? got : best;
    }
    return best;
}

/* Each song is in the window or the task of a fill with room for it. */
static void check_songs(const small_plan *p, const msched_schedule *schedule)
{
    int32_t taken[FILLS] = {0};
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry song = {.struct_size = sizeof song};
        assert_int_equal(msched_schedule_get_entry(schedule, i, &song), MSCHED_OK);
        if (song.kind != MSCHED_ENTRY_SONG)
            continue;
        uint32_t k = 0;
        for (; k < p->fill_count; k++) {
            char id[16];
            sprintf(id, "task%u", (unsigned)k);
            int in = p->fills[k].in_task ? strcmp(song.during, id) == 0
                                         : song.start_s >= p->fills[k].start &&
                                               song.end_s <= p->fills[k].start + p->fills[k].room;
            int32_t length = song.end_s - song.start_s;
            if (in && taken[k] + length <= p->fills[k].asked &&
                (p->fills[k].longest == 0 || length <= p->fills[k].longest))
                break;
        }
        assert_true(k < p->fill_count);
        taken[k] += song.end_s - song.start_s;
    }
}

/* `previous` NULL: none; otherwise, the plan has a `now`. */
static msched_schedule *solve(const small_plan *p, const msched_schedule *previous)
{
    msched_plan *plan;
    msched_schedule *schedule;
    msched_error err;
    msched_catalog *catalog = make_catalog(p);
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = previous;
    if (msched_plan_parse_json(&plan, p->json, strlen(p->json), NULL, &err) != MSCHED_OK)
        fail_msg("%s: %s", err.message, p->json);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, &options, &err), MSCHED_OK);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
    return schedule;
}

static void no_day_is_better_than_is_said(void **state)
{
    (void)state;
    uint32_t proved = 0, reached = 0;
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        small_plan p;
        make_plan(&p, seed);
        int32_t left[FILLS] = {0};
        for (uint32_t k = 0; k < p.fill_count; k++)
            left[k] = p.fills[k].asked < p.fills[k].room ? p.fills[k].asked : p.fills[k].room;
        int32_t best = most(&p, 0, left, p.max_total > 0 ? p.max_total : INT32_MAX);
        msched_schedule *schedule = solve(&p, NULL);
        msched_objective o = {.struct_size = sizeof o};
        assert_int_equal(msched_schedule_get_objective(schedule, &o), MSCHED_OK);
        int64_t value = o.value[MSCHED_LEVEL_FILL_S], bound = o.bound[MSCHED_LEVEL_FILL_S];
        if (value > best || bound < best || (o.status == MSCHED_STATUS_OPTIMAL && value < best))
            fail_msg("seed %u: %d of %d, bound %d: %s", (unsigned)seed, (int)value, (int)best,
                     (int)bound, p.json);
        check_songs(&p, schedule);
        proved += o.status == MSCHED_STATUS_OPTIMAL;
        reached += value == best;
        msched_schedule_unref(schedule);
    }
    assert_true(proved > PLANS / 4);
    assert_true(reached > PLANS / 2);
}

/* As a user keeps it. */
static msched_schedule *through_json(msched_schedule *schedule)
{
    msched_text *text;
    msched_schedule *read;
    assert_int_equal(msched_schedule_to_json(schedule, &text, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_parse_json(&read, msched_text_data(text),
                                                msched_text_size(text), NULL, NULL),
                     MSCHED_OK);
    msched_text_unref(text);
    msched_schedule_unref(schedule);
    return read;
}

/* Nothing changes if a day is planned again at a moment of it: every song stays in its fill. */
static void expect_the_same(const char *json, small_plan *p, const msched_schedule *first,
                            int32_t now)
{
    char clause[40];
    snprintf(clause, sizeof clause, ", \"now\": \"07:%02d:%02d\"", (int)(now / 60),
             (int)(now % 60));
    sprintf(p->json, json, clause);
    msched_schedule *again = through_json(solve(p, first));
    assert_int_equal(msched_schedule_entry_count(again), msched_schedule_entry_count(first));
    for (uint32_t i = 0; i < msched_schedule_entry_count(first); i++) {
        msched_schedule_entry was = {.struct_size = sizeof was}, is = was;
        msched_schedule_get_entry(first, i, &was);
        msched_schedule_get_entry(again, i, &is);
        assert_string_equal(is.id, was.id);
        assert_int_equal(is.start_s, was.start_s);
        assert_int_equal(is.fill, was.fill);
    }
    msched_schedule_unref(again);
}

/*
 * The longest song, for the first fill, only fits after the call. The two short ones before it
 * could be for either fill, but not if the longest one is to remain.
 */
static void a_day_planned_again_keeps_the_songs_of_its_fills(void **state)
{
    (void)state;
    static const char json[] =
        "{\"date\": \"2026-11-24\"%s, \"todos\": [{\"title\": \"Call\", \"start\": \"07:02\", "
        "\"end\": "
        "\"07:05\"}], \"listening\": {\"fills\": [{\"duration_s\": 150}, {\"duration_s\": 120}]}}";
    small_plan p = {.track_count = 3, .length = {60, 60, 150}};
    sprintf(p.json, json, "");
    msched_schedule *first = through_json(solve(&p, NULL));
    assert_int_equal(msched_schedule_entry_count(first), 4);
    for (int32_t now = 0; now < 600; now += 15)
        expect_the_same(json, &p, first, now);
    msched_schedule_unref(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_day_is_better_than_is_said),
        cmocka_unit_test(a_day_planned_again_keeps_the_songs_of_its_fills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
