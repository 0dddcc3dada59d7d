/*
 * Many plans in one process, for the tools in tests/schedule/verify and bench.
 *
 * usage: schedule_batch CATALOG.csv [--time] < REQUESTS > SCHEDULES
 *
 * A request is a line {"plan": {..}, "options": {"seed", "work_limit", "no_order", "no_reasons",
 * "lazy_reasons", "previous", "again"}}; the answer is a line with the schedule, or {"error":
 * "..."}. With "again": 1 the plan is built once more with its own schedule as the previous one.
 * With "text" and "now_s" (0: none) instead of "plan", plan text is read, and the answer is
 * {"plan": {..}, "schedule": {..}}. With --time the answer is {"us": microseconds, "bytes": ..,
 * "schedule": {..}}: the least of three builds, without reading and writing JSON, and the most
 * memory that one more build held.
 */
#include "../counting.h"

#include <musicsched/schedule.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void measure_memory(const msched_catalog *catalog, const msched_plan *plan,
                           msched_schedule_options options)
{
    msched_schedule *schedule = NULL;
    msched_error err;
    options.allocator = &counting_allocator;
    most_held = held;
    msched_schedule_build(&schedule, catalog, plan, &options, &err);
    msched_schedule_unref(schedule);
}

static void print_error(const msched_error *err)
{
    json_t *answer = json_pack("{s:s, s:s}", "error", err->message, "code",
                               msched_result_name(err->code));
    char *text = json_dumps(answer, JSON_COMPACT);
    puts(text);
    free(text);
    json_decref(answer);
}

static void print_on_one_line(const msched_text *json)
{
    const char *text = msched_text_data(json);
    for (size_t i = 0; i + 1 < msched_text_size(json); i++)
        putchar(text[i] == '\n' ? ' ' : text[i]);
}

/* `us` < 0: not timed. `plan` NULL: it is not asked for. */
static void print_schedule(const msched_schedule *schedule, double us, const msched_plan *plan)
{
    msched_text *json, *plan_json = NULL;
    msched_error err;
    if (msched_schedule_to_json(schedule, &json, &err) != MSCHED_OK) {
        print_error(&err);
        return;
    }
    if (plan != NULL && msched_plan_to_json(plan, &plan_json, &err) != MSCHED_OK) {
        msched_text_unref(json);
        print_error(&err);
        return;
    }
    if (us >= 0)
        printf("{\"us\": %.1f, \"bytes\": %zu, \"schedule\": ", us, most_held);
    if (plan != NULL) {
        printf("{\"plan\": ");
        print_on_one_line(plan_json);
        printf(", \"schedule\": ");
    }
    print_on_one_line(json);
    puts(us >= 0 || plan != NULL ? "}" : "");
    msched_text_unref(plan_json);
    msched_text_unref(json);
}

static uint64_t number(const json_t *options, const char *key)
{
    return (uint64_t)json_integer_value(json_object_get(options, key));
}

static msched_result read_previous(const json_t *options, msched_schedule **previous,
                                   msched_error *err)
{
    json_t *value = json_object_get(options, "previous");
    *previous = NULL;
    if (value == NULL)
        return MSCHED_OK;
    char *text = json_dumps(value, JSON_COMPACT);
    msched_result result = msched_schedule_parse_json(previous, text, strlen(text), NULL, err);
    free(text);
    return result;
}

static msched_result read_plan(const msched_catalog *catalog, const json_t *request,
                               msched_plan **plan, msched_error *err)
{
    const json_t *typed = json_object_get(request, "text");
    if (typed != NULL) {
        msched_plan_text_options options;
        msched_plan_text_options_init(&options, sizeof options);
        options.now_s = (uint32_t)number(request, "now_s");
        const char *text = json_string_value(typed);
        return msched_plan_parse_text(plan, NULL, text, strlen(text), catalog, &options, err);
    }
    char *text = json_dumps(json_object_get(request, "plan"), JSON_COMPACT);
    msched_result result = msched_plan_parse_json(plan, text, strlen(text), NULL, err);
    free(text);
    return result;
}

static void answer(const msched_catalog *catalog, const json_t *request, int timed)
{
    const json_t *request_options = json_object_get(request, "options");
    msched_plan *plan = NULL;
    msched_schedule *previous = NULL, *schedule = NULL;
    msched_error err = {0};
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.seed = number(request_options, "seed");
    options.work_limit = number(request_options, "work_limit");
    options.no_order = (uint32_t)number(request_options, "no_order");
    options.no_reasons = (uint32_t)number(request_options, "no_reasons");
    options.lazy_reasons = (uint32_t)number(request_options, "lazy_reasons");
    double best = -1;
    msched_result result = read_plan(catalog, request, &plan, &err);
    if (result == MSCHED_OK)
        result = read_previous(request_options, &previous, &err);
    options.previous = previous;
    for (int i = 0; result == MSCHED_OK && i < (timed ? 3 : 1); i++) {
        msched_schedule_unref(schedule);
        double start = now_us();
        result = msched_schedule_build(&schedule, catalog, plan, &options, &err);
        double us = now_us() - start;
        if (timed && (best < 0 || us < best))
            best = us;
    }
    if (result == MSCHED_OK && timed)
        measure_memory(catalog, plan, options);
    if (result == MSCHED_OK && number(request_options, "again") != 0) {
        msched_schedule_unref(previous);
        options.previous = previous = schedule;
        schedule = NULL;
        result = msched_schedule_build(&schedule, catalog, plan, &options, &err);
    }
    if (result == MSCHED_OK)
        print_schedule(schedule, best, json_object_get(request, "text") != NULL ? plan : NULL);
    else
        print_error(&err);
    msched_schedule_unref(schedule);
    msched_schedule_unref(previous);
    msched_plan_unref(plan);
}

static int answer_line(const msched_catalog *catalog, const char *line, int timed)
{
    json_error_t problem;
    json_t *request = json_loads(line, 0, &problem);
    if (json_object_get(request, "plan") == NULL && json_object_get(request, "text") == NULL) {
        fprintf(stderr, "schedule_batch: no request: %s\n", problem.text);
        json_decref(request);
        return 0;
    }
    answer(catalog, request, timed);
    json_decref(request);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: schedule_batch CATALOG.csv [--time] < REQUESTS > SCHEDULES\n");
        return 2;
    }
    msched_catalog *catalog;
    msched_error err = {0};
    if (msched_catalog_load_path(&catalog, argv[1], NULL, &err) != MSCHED_OK ||
        msched_catalog_prepare(catalog, &err) != MSCHED_OK) {
        fprintf(stderr, "schedule_batch: %s\n", err.message);
        return 1;
    }
    char *line = NULL;
    size_t capacity = 0;
    int good = 1;
    while (good && getline(&line, &capacity, stdin) > 0) {
        good = answer_line(catalog, line, argc > 2 && strcmp(argv[2], "--time") == 0);
        fflush(stdout);
    }
    free(line);
    msched_catalog_unref(catalog);
    return good ? 0 : 1;
}
