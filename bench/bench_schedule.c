/*
 * Speed of the scheduler on one core, on random days drawn from printed seeds.
 *
 * usage: bench_schedule [CATALOG.csv [DAYS [LINE]]]
 *
 * Each day is solved five times and the fastest counts. Without a catalog only the days without
 * songs are timed. With LINE, only the lines whose name contains it are measured.
 */
#include "../tests/counting.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define REPEATS    5
#define HOUR       3600
#define TASKS_MOST 1000

/* splitmix64, so that every machine draws the same days. */
static uint32_t pick(uint64_t *state, uint32_t below)
{
    uint64_t x = *state += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((x ^ x >> 31) % below);
}

typedef struct shape {
    const char *name;
    uint32_t events, tasks, songs;
    uint32_t load_percent; /* of the time that events leave; 0: half-hour tasks as they come */
    int32_t fill_s;
    int no_order, no_reasons;
    double limit_us;
    int percentile;
    int reads; /* time also the reading of unscheduled items, which may seek their fixes */
    int tight; /* 2 to `tasks` tasks with tight windows beside events that may overlap */
    uint32_t time_limit_ms; /* with tasks in order (add_chain); 0: none */
} shape;

static void stop(const char *what, const msched_error *err)
{
    fprintf(stderr, "%s: %s\n", what, err->message);
    exit(1);
}

static void add_event(uint64_t *r, msched_plan_builder *builder, int32_t start_s, int32_t *taken)
{
    msched_error err;
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    todo.kind = MSCHED_TODO_EVENT;
    todo.title = "event";
    todo.start_s = start_s;
    todo.end_s = todo.start_s + (int32_t)(2 + pick(r, 5)) * 900;
    *taken += todo.end_s - todo.start_s;
    if (msched_plan_builder_add_todo(builder, &todo, &err) != MSCHED_OK)
        stop("event", &err);
}

/*
 * Half of the tasks may be done all day; the others have a morning, an afternoon or only some
 * hours.
 */
static void set_window(uint64_t *r, msched_todo *todo, int tight)
{
    uint32_t kind = pick(r, 10);
    if (tight && kind < 5) {
        todo->earliest_s = 8 * HOUR + (int32_t)pick(r, 48) * 900;
        todo->latest_s = todo->earliest_s + todo->duration_s + (int32_t)pick(r, 5) * 900;
        return;
    }
    if (kind < 5)
        return;
    if (kind < 7)
        todo->latest_s = (int32_t)(12 + pick(r, 6)) * HOUR;
    else if (kind < 9)
        todo->earliest_s = (int32_t)(11 + pick(r, 6)) * HOUR;
    else {
        todo->earliest_s = (int32_t)(8 + pick(r, 8)) * HOUR;
        todo->latest_s = todo->earliest_s + 5 * HOUR;
    }
}

static void add_tasks(uint64_t *r, msched_plan_builder *builder, const shape *s, int32_t taken)
{
    uint32_t weight[TASKS_MOST], total = 0, count = s->tight ? 2 + pick(r, s->tasks - 1) : s->tasks;
    msched_error err;
    for (uint32_t i = 0; i < count; i++)
        total += weight[i] = 2 + pick(r, 8);
    for (uint32_t i = 0; i < count; i++) {
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        char id[16], before[16];
        const char *after[1] = {before};
        snprintf(id, sizeof id, "t%u", (unsigned)i);
        todo.id = id;
        todo.title = "task";
        int64_t share = (int64_t)(16 * HOUR - taken) * s->load_percent / 100 * weight[i] / total;
        todo.duration_s = s->load_percent == 0 ? (int32_t)(2 + pick(r, 4)) * 900
                                               : (int32_t)(share / 300 + 1) * 300;
        todo.priority = 1 + pick(r, 4);
        todo.music = pick(r, 3) == 0;
        set_window(r, &todo, s->tight);
        if (i > 0 && pick(r, 10) == 0) {
            snprintf(before, sizeof before, "t%u", (unsigned)pick(r, i));
            todo.after = after;
            todo.after_count = 1;
        }
        if (pick(r, 10) == 0)
            todo.buffer_after_s = 300;
        if (pick(r, 10) == 0 && todo.duration_s >= 2 * 1800)
            todo.split_min_s = 1800;
        if (msched_plan_builder_add_todo(builder, &todo, &err) != MSCHED_OK)
            stop("task", &err);
    }
}

/* Short tasks that are each after all earlier ones: 499,500 predecessors. */
static void add_chain(msched_plan_builder *builder, uint32_t count)
{
    static char ids[TASKS_MOST][8];
    const char *after[TASKS_MOST];
    msched_error err;
    for (uint32_t i = 0; i < count; i++) {
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        snprintf(ids[i], sizeof ids[i], "t%u", (unsigned)i % TASKS_MOST);
        after[i] = todo.id = ids[i];
        todo.title = "task";
        todo.duration_s = 48;
        todo.after = after;
        todo.after_count = i;
        if (msched_plan_builder_add_todo(builder, &todo, &err) != MSCHED_OK)
            stop("task", &err);
    }
}

static void add_songs(uint64_t *r, msched_plan_builder *builder, const shape *s,
                      const msched_catalog *catalog)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_track track = {.struct_size = sizeof track};
    msched_error err;
    if (s->songs > 0)
        msched_catalog_get_info(catalog, &info);
    for (uint32_t i = 0; i < s->songs; i++) {
        msched_song song;
        msched_song_init(&song, sizeof song);
        msched_catalog_get_track(catalog, pick(r, (uint32_t)info.tracks), &track);
        song.track_id = track.id;
        song.must = pick(r, 5) == 0;
        if (pick(r, 3) == 0) {
            song.between_start_s = (int32_t)(7 + pick(r, 12)) * HOUR;
            song.between_end_s = song.between_start_s + 4 * HOUR;
        }
        if (msched_plan_builder_add_song(builder, &song, &err) != MSCHED_OK)
            stop("song", &err);
    }
}

static msched_plan *draw(const shape *s, uint64_t seed, const msched_catalog *catalog)
{
    msched_plan_builder *builder;
    msched_plan *plan;
    msched_error err;
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-24";
    if (msched_plan_builder_create(&builder, &day, NULL, &err) != MSCHED_OK)
        stop("day", &err);
    int32_t taken = 0;
    for (uint32_t i = 0; i < s->events; i++)
        add_event(&seed, builder,
                  s->tight ? 8 * HOUR + (int32_t)pick(&seed, 48) * 900
                           : (int32_t)(8 + 5 * i) * HOUR + (int32_t)pick(&seed, 8) * 900,
                  &taken);
    if (s->time_limit_ms > 0)
        add_chain(builder, s->tasks);
    else
        add_tasks(&seed, builder, s, taken);
    add_songs(&seed, builder, s, catalog);
    msched_listening listening;
    msched_listening_init(&listening, sizeof listening);
    listening.fill_s = s->fill_s;
    if (s->fill_s > 0 && msched_plan_builder_set_listening(builder, &listening, &err) != MSCHED_OK)
        stop("listening", &err);
    if (msched_plan_builder_finish(&plan, builder, &err) != MSCHED_OK)
        stop("plan", &err);
    return plan;
}

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void measure_memory(const msched_catalog *catalog, const msched_plan *plan,
                           msched_schedule_options options)
{
    msched_schedule *schedule;
    msched_error err;
    options.allocator = &counting_allocator;
    if (msched_schedule_build(&schedule, catalog, plan, &options, &err) != MSCHED_OK)
        stop("schedule", &err);
    msched_schedule_unref(schedule);
}

static double solve(const msched_catalog *catalog, const msched_plan *plan, const shape *s,
                    int *optimal)
{
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.no_order = (uint32_t)s->no_order;
    options.no_reasons = (uint32_t)s->no_reasons;
    options.time_limit_ms = s->time_limit_ms;
    measure_memory(catalog, plan, options);
    double best = 0;
    for (int i = 0; i < REPEATS; i++) {
        msched_schedule *schedule;
        msched_error err;
        msched_objective objective = {.struct_size = sizeof objective};
        double start = now_us();
        if (msched_schedule_build(&schedule, catalog, plan, &options, &err) != MSCHED_OK)
            stop("schedule", &err);
        msched_unplaced item = {.struct_size = sizeof item};
        if (s->reads && msched_schedule_unplaced_count(schedule) > 0 &&
            msched_schedule_get_unplaced(schedule, 0, &item) != MSCHED_OK)
            stop("read", &err);
        double took = now_us() - start;
        best = i == 0 || took < best ? took : best;
        msched_schedule_get_objective(schedule, &objective);
        *optimal = objective.status == MSCHED_STATUS_OPTIMAL;
        msched_schedule_unref(schedule);
    }
    return best;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void run(const shape *s, const msched_catalog *catalog, int days)
{
    double *took = malloc((size_t)days * sizeof *took), sum = 0;
    int proved = 0;
    most_held = 0;
    if (took == NULL)
        exit(1);
    for (int i = 0; i < days; i++) {
        msched_plan *plan = draw(s, (uint64_t)i + 1, catalog);
        int optimal;
        took[i] = solve(catalog, plan, s, &optimal);
        proved += optimal;
        sum += took[i];
        msched_plan_unref(plan);
    }
    qsort(took, (size_t)days, sizeof *took, ascending);
    printf("%-36s %9.1f %9.1f %9.1f %9.1f   %5.1f %%  %6zu kB   p%d <= %.0f\n", s->name, sum / days,
           took[days / 2], took[(days * 99 - 1) / 100], took[days - 1], 100.0 * proved / days,
           most_held / 1000, s->percentile, s->limit_us);
    free(took);
}

int main(int argc, char **argv)
{
    static const shape shapes[] = {
        {"typical day, no fill order", 3, 8, 10, 0, HOUR, 1, 0, 60, 50, 0, 0, 0},
        {"typical day, everything", 3, 8, 10, 0, HOUR, 0, 0, 300, 50, 1, 0, 0},
        {"30 tasks, load 0.8", 3, 30, 0, 80, 0, 0, 0, 100, 50, 1, 0, 0},
        {"30 tasks, load 1.3, without fixes", 3, 30, 0, 130, 0, 0, 1, 15000, 99, 0, 0, 0},
        {"30 tasks, load 1.3, everything", 3, 30, 0, 130, 0, 0, 0, 15000, 99, 1, 0, 0},
        {"hard day, without fixes", 4, 14, 10, 0, 0, 0, 1, 1000, 99, 0, 1, 0},
        {"hard day, fixes not read", 4, 14, 10, 0, 0, 0, 0, 1000, 99, 0, 1, 0},
        {"hard day, everything", 4, 14, 10, 0, 0, 0, 0, 1000, 99, 1, 1, 0},
        {"200 wanted songs, 8 tasks", 3, 8, 200, 0, 0, 1, 1, 2000, 50, 0, 0, 0},
        {"1,000 tasks in order, limit 1 ms", 0, 1000, 0, 0, 0, 0, 1, 10000, 50, 0, 0, 1},
    };
    int days = argc > 2 ? atoi(argv[2]) : 100;
    msched_catalog *catalog = NULL;
    msched_error err;
    if (argc > 1 && msched_catalog_load_path(&catalog, argv[1], NULL, &err) != MSCHED_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], err.message);
        return 77;
    }
    if (catalog != NULL && msched_catalog_prepare(catalog, &err) != MSCHED_OK)
        stop("prepare", &err);
    printf("microseconds, the fastest of %d runs; %d days a line, seeds 1 .. %d\n", REPEATS, days,
           days);
    printf("%-36s %9s %9s %9s %9s   %7s  %9s   %s\n", "", "mean", "median", "p99", "max", "optimal",
           "memory", "goal");
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if ((argc <= 3 || strstr(shapes[i].name, argv[3]) != NULL) &&
            (catalog != NULL || (shapes[i].songs == 0 && shapes[i].fill_s == 0)))
            run(&shapes[i], catalog, days > 0 ? days : 1);
    msched_catalog_unref(catalog);
    return 0;
}
