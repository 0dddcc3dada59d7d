/*
 * The scheduler against exhaustive search on random small plans: levels 1 to 6 must be equal and every bound must hold.
 *
 * usage: compare_brute [FIRST_SEED [COUNT [DIR]]]
 *
 * Plans on which the two differ are written to DIR, one JSON file each, for the regressions. Exit status 1 where any do.
 */
#include "brute.h"
#include "random_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVELS 6
#define MAX_STATES 400000

typedef struct tally {
    unsigned long plans, invalid, too_large, optimal, feasible;
} tally;

static void print_values(const char *name, const int64_t *value)
{
    printf(" %s", name);
    for (int i = 0; i < LEVELS; i++)
        printf(" %lld", (long long)value[i]);
}

static void save(const char *dir, uint64_t seed, const msched_plan *plan)
{
    char path[1024];
    msched_text *json;
    if (dir == NULL || msched_plan_to_json(plan, &json, NULL) != MSCHED_OK)
        return;
    snprintf(path, sizeof path, "%s/plan-%llu.json", dir, (unsigned long long)seed);
    FILE *file = fopen(path, "wb");
    if (file != NULL) {
        fwrite(msched_text_data(json), 1, msched_text_size(json), file);
        fclose(file);
    }
    msched_text_unref(json);
}

static int cut_tasks(const msched_plan *plan)
{
    int count = 0;
    for (uint32_t i = 0; i < msched_plan_todo_count(plan); i++) {
        msched_todo todo = {.struct_size = sizeof todo};
        msched_plan_get_todo(plan, i, &todo);
        count += todo.kind == MSCHED_TODO_TASK && todo.split_min_s > 0;
    }
    return count;
}

/* What is wrong with a result beside the best values; NULL where nothing is. */
static const char *judge(const msched_objective *got, const int64_t *best, const msched_plan *plan)
{
    int level = 0;
    while (level < LEVELS && got->value[level] == best[level])
        level++;
    if (level < LEVELS && got->value[level] > best[level])
        return cut_tasks(plan) >= 2 ? NULL : "better than the search";
    if (level < LEVELS && got->proved_levels > (uint32_t)level)
        return "worse, but said to be proved";
    if (level < LEVELS && got->bound[level] < best[level])
        return "worse, and its bound is too low";
    return level < LEVELS ? "worse" : NULL;
}

static int compare(uint64_t seed, const msched_catalog *catalog, const char *dir, tally *t)
{
    int64_t best[MSCHED_LEVEL_COUNT];
    msched_plan *plan = random_plan(seed);
    if (plan == NULL) {
        t->invalid++;
        return 1;
    }
    int searched = brute_best(catalog, plan, MAX_STATES, best);
    if (searched <= 0) {
        t->too_large += searched < 0;
        t->invalid += searched == 0;
        msched_plan_unref(plan);
        return 1;
    }
    msched_schedule *schedule;
    msched_error err;
    if (msched_schedule_build(&schedule, catalog, plan, NULL, &err) != MSCHED_OK) {
        printf("seed %llu: %s\n", (unsigned long long)seed, err.message);
        msched_plan_unref(plan);
        return 0;
    }
    msched_objective got = {.struct_size = sizeof got};
    msched_schedule_get_objective(schedule, &got);
    t->plans++;
    t->optimal += got.status == MSCHED_STATUS_OPTIMAL;
    t->feasible += got.status == MSCHED_STATUS_FEASIBLE;
    const char *wrong = judge(&got, best, plan);
    if (wrong != NULL) {
        printf("seed %llu: %s:", (unsigned long long)seed, wrong);
        print_values("found", got.value);
        print_values("best", best);
        print_values("bound", got.bound);
        printf(" proved %u status %u\n", (unsigned)got.proved_levels, (unsigned)got.status);
        save(dir, seed, plan);
    }
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    return wrong == NULL;
}

int main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, count = argc > 2 ? strtoull(argv[2], NULL, 10) : 3000;
    msched_catalog *catalog = random_plan_catalog();
    tally t = {0};
    unsigned long wrong = 0;
    if (catalog == NULL)
        return 2;
    for (uint64_t seed = first; seed < first + count; seed++)
        wrong += !compare(seed, catalog, argc > 3 ? argv[3] : NULL, &t);
    msched_catalog_unref(catalog);
    printf("%lu plans compared (%lu optimal, %lu feasible), %lu draws were no plan, %lu too large to search: %lu wrong\n", t.plans,
           t.optimal, t.feasible, t.invalid, t.too_large, wrong);
    return wrong > 0 || t.plans == 0;
}
