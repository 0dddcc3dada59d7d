/*
 * The scheduler against exhaustive search on random small plans: levels 1 to 6 must be equal and
 * every bound must hold; where the fill's pool is small, so for level 7.
 *
 * usage: compare_brute [FIRST_SEED [COUNT [DIR]]]
 *        compare_brute --wishes [FIRST_SEED [COUNT [DIR]]]   (of random_plan_wishes)
 *        compare_brute --files PLAN.json...
 *
 * Plans on which the two differ are written to DIR, one JSON file each, for the regressions: plans
 * that were once answered wrongly. Exit status 1 where any differ.
 */
#include "brute.h"
#include "random_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVELS     MSCHED_LEVEL_COUNT
#define FEW_STATES 8000
#define MAX_STATES 400000

typedef struct tally {
    unsigned long plans, invalid, too_large, optimal, feasible, less_fill;
    int wishes; /* draw these too */
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

/*
 * What is wrong with a result beside the best values; NULL where nothing is. Less fill than
 * possible is only counted, unless proved.
 */
static const char *judge(const msched_objective *got, const int64_t *best, const msched_plan *plan,
                         tally *t)
{
    int level = 0, levels = best[MSCHED_LEVEL_FILL_S] < 0 ? MSCHED_LEVEL_FILL_S : LEVELS;
    while (level < levels && got->value[level] == best[level])
        level++;
    if (level == levels)
        return NULL;
    if (got->value[level] > best[level])
        return cut_tasks(plan) >= 2 ? NULL : "better than the search";
    if (got->proved_levels > (uint32_t)level)
        return "worse, but said to be proved";
    if (got->bound[level] < best[level])
        return "worse, and its bound is too low";
    if (level < MSCHED_LEVEL_FILL_S)
        return "worse";
    t->less_fill++;
    return NULL;
}

/* 0 where the scheduler is wrong. */
static int compare(const char *name, const msched_plan *plan, const msched_catalog *catalog,
                   tally *t)
{
    int64_t best[MSCHED_LEVEL_COUNT];
    /* most plans have few, and memory is filled by some allocators */
    int searched = brute_best(catalog, plan, FEW_STATES, best);
    if (searched < 0)
        searched = brute_best(catalog, plan, MAX_STATES, best);
    if (searched <= 0) {
        t->too_large += searched < 0;
        t->invalid += searched == 0;
        return 1;
    }
    msched_schedule *schedule;
    msched_error err;
    if (msched_schedule_build(&schedule, catalog, plan, NULL, &err) != MSCHED_OK) {
        printf("%s: %s\n", name, err.message);
        return 0;
    }
    msched_objective got = {.struct_size = sizeof got};
    msched_schedule_get_objective(schedule, &got);
    msched_schedule_unref(schedule);
    t->plans++;
    t->optimal += got.status == MSCHED_STATUS_OPTIMAL;
    t->feasible += got.status == MSCHED_STATUS_FEASIBLE;
    const char *wrong = judge(&got, best, plan, t);
    if (wrong != NULL) {
        printf("%s: %s:", name, wrong);
        print_values("found", got.value);
        print_values("best", best);
        print_values("bound", got.bound);
        printf(" proved %u status %u\n", (unsigned)got.proved_levels, (unsigned)got.status);
    }
    return wrong == NULL;
}

static unsigned long compare_seeds(uint64_t first, uint64_t count, const char *dir,
                                   const msched_catalog *catalog, tally *t)
{
    unsigned long wrong = 0;
    for (uint64_t seed = first; seed < first + count; seed++) {
        char name[32];
        snprintf(name, sizeof name, "seed %llu", (unsigned long long)seed);
        msched_plan *plan = t->wishes ? random_plan_wishes(seed) : random_plan(seed);
        if (plan == NULL) {
            t->invalid++;
        } else if (!compare(name, plan, catalog, t)) {
            wrong++;
            save(dir, seed, plan);
        }
        msched_plan_unref(plan);
    }
    return wrong;
}

static unsigned long compare_files(char **paths, int count, const msched_catalog *catalog, tally *t)
{
    static char text[65536];
    unsigned long wrong = 0;
    for (int i = 0; i < count; i++) {
        FILE *file = fopen(paths[i], "rb");
        size_t size = file == NULL ? 0 : fread(text, 1, sizeof text, file);
        msched_plan *plan = NULL;
        msched_error err = {0};
        if (file == NULL || msched_plan_parse_json(&plan, text, size, NULL, &err) != MSCHED_OK) {
            printf("%s: %s\n", paths[i], file == NULL ? "cannot be read" : err.message);
            wrong++;
        } else {
            wrong += !compare(paths[i], plan, catalog, t);
        }
        if (file != NULL)
            fclose(file);
        msched_plan_unref(plan);
    }
    return wrong;
}

int main(int argc, char **argv)
{
    msched_catalog *catalog = random_plan_catalog();
    tally t = {0};
    unsigned long wrong;
    if (catalog == NULL)
        return 2;
    if (argc > 1 && strcmp(argv[1], "--wishes") == 0) {
        t.wishes = 1;
        argv++;
        argc--;
    }
    if (argc > 1 && strcmp(argv[1], "--files") == 0)
        wrong = compare_files(argv + 2, argc - 2, catalog, &t);
    else
        wrong = compare_seeds(argc > 1 ? strtoull(argv[1], NULL, 10) : 1,
                              argc > 2 ? strtoull(argv[2], NULL, 10) : 3000,
                              argc > 3 ? argv[3] : NULL, catalog, &t);
    msched_catalog_unref(catalog);
    printf("%lu plans compared (%lu optimal, %lu feasible, %lu of these with less fill than "
           "possible), %lu drawn plans were not valid, "
           "%lu were too large to search: %lu wrong\n",
           t.plans, t.optimal, t.feasible, t.less_fill, t.invalid, t.too_large, wrong);
    return wrong > 0 || t.plans == 0;
}
