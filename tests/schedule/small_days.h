/*
 * tests/schedule/small_days.h: techniques that see tasks and songs, run on small plans whose best
 * values exhaustive search knows. A technique starts from the best tasks without songs. It may only
 * improve the day, never beyond what is possible, and what it calls exact is the best.
 */
#ifndef TEST_SMALL_DAYS_H
#define TEST_SMALL_DAYS_H

#include "../testing.h"
#include "random_plan.h"
#include "schedule/model/model.h"
#include "schedule/model/solver.h"
#include "work.h"

#define LEVELS      MSCHED_LEVEL_FILL_S
#define WORK_ENOUGH UINT64_C(400000) /* for a small day */
#define PLANS       80

typedef msched_result (*technique)(msched__solver *s);

typedef struct joint {
    uint64_t seed;
    msched__budget budget; /* WORK_ENOUGH */
    msched_plan *plan;
    msched__arena arena;
    msched__model model;
    msched__solver solver;
    int64_t best[MSCHED_LEVEL_COUNT];
} joint;

/* Look at a plan; 1 if it counts. `counts` is the caller's. */
typedef int (*plan_check)(joint *j, void *counts);

/*
 * Draw plans on random_catalog that exhaustive search can solve, until `plans` of them count. Their
 * tasks are placed, then the songs around them. No task may be split; of on_split_plans, one may.
 */
void on_plans(uint32_t plans, plan_check check, void *counts);
void on_split_plans(uint32_t plans, plan_check check, void *counts);
/* The same for a plan whose best day is not known. */
void on_plan(const char *json, plan_check check, void *counts);
/* 1 where the best day is within the bounds of the solver; the fill is not looked at. */
int best_is_within_bounds(const joint *j);
/* The day is valid, no worse than before, no better than the best, and within its bounds. */
void check_day(const joint *j, const int64_t *before);
/* Run a technique on PLANS plans; returns on how many it found a better day. */
uint32_t run_on_plans(technique run, uint64_t work);

#endif
