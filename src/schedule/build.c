#include "schedule/build.h"

#include "algo/budget.h"
#include "base/alloc.h"
#include "base/error.h"
#include "schedule/entries.h"
#include "schedule/explain/explain.h"
#include "schedule/explain/explain_text.h"
#include "schedule/joint/joint_solve.h"
#include "schedule/model/happened.h"
#include "schedule/model/lookup.h"
#include "schedule/model/model.h"
#include "schedule/model/previous.h"
#include "schedule/model/artists.h"
#include "schedule/model/solver.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_clock.h"
#include "schedule/output/schedule_revision.h"

#include <string.h>

/*
 * The default limit of work: days of few items are settled early or not at all, and those of many
 * find better ones for long. Fill with artists apart looks at all candidates for each song.
 */
#define WORK_LEAST    60000
#define WORK_OF_PAIR  40 /* for each pair of items */
#define WORK_OF_FILL  20000
#define WORK_MOST     200000
#define ITEMS_OF_MOST 80

static uint64_t default_work(const msched_plan *plan)
{
    uint64_t items = plan->todo_count;
    for (uint32_t i = 0; i < plan->song_count; i++)
        items += plan->songs[i].times;
    const msched_listening *rules = &plan->listening;
    const int has_fill = msched__plan_fill_seconds(plan) > 0;
    if (items >= ITEMS_OF_MOST || (has_fill && rules->artist_separation_s > 0))
        return WORK_MOST;
    uint64_t work = WORK_LEAST + WORK_OF_PAIR * items * items + (has_fill ? WORK_OF_FILL : 0);
    return work < WORK_MOST ? work : WORK_MOST;
}

/* One build: its own memory for the search, and the schedule that comes out. */
typedef struct build {
    msched__arena arena;
    msched_schedule_options options;
    msched__budget budget;
    msched__model model;
    msched__happened happened;
    msched__replan replan;
    msched__solver solver;
    msched_schedule *schedule;
} build;

static msched_result solve(build *b, msched_error *err)
{
    msched__wish *wishes;
    msched__model *model = &b->model;
    msched_result result = msched__wishes_make(&b->arena, model->catalog, model->plan, &b->budget,
                                               &wishes);
    if (result != MSCHED_OK ||
        !msched__artists_number(&b->arena, model->catalog, wishes, model->plan->song_count))
        return msched__fail_memory(err);
    model->wishes = wishes;
    const msched_schedule *previous = b->options.previous;
    if (previous != NULL && strcmp(previous->date, model->plan->date) != 0)
        return msched__fail(err, MSCHED_ERROR_CONFLICT,
                            "the previous schedule is of %s, the plan of %s", previous->date,
                            model->plan->date);
    if (msched__happened_make(&b->arena, model->plan, previous, &b->happened) != MSCHED_OK)
        return msched__fail_memory(err);
    b->happened.plan.assume_done |= b->options.assume_done != 0;
    model->plan = &b->happened.plan;
    if (msched__replan_make(&b->arena, &(msched__plan_songs){model->catalog, model->plan, wishes},
                            &b->happened, previous, &b->replan) != MSCHED_OK)
        return msched__fail_memory(err);
    model->replan = previous != NULL || b->replan.frozen_count > 0 ? &b->replan : NULL;
    b->solver = (msched__solver){.arena = &b->arena,
                                 .model = model,
                                 .budget = &b->budget,
                                 .goal = MSCHED_LEVEL_FILL_S,
                                 .seed = b->options.seed,
                                 .no_order = b->options.no_order != 0};
    if (msched__model_make(&b->arena, model) != MSCHED_OK || msched__solve(&b->solver) != MSCHED_OK)
        return msched__fail_memory(err);
    return MSCHED_OK;
}

static msched_result write_schedule(build *b)
{
    msched__explain explain = {.schedule = b->schedule,
                               .model = &b->model,
                               .day = &b->solver.best,
                               .scratch = &b->arena,
                               .budget = &b->budget,
                               .work_limit = b->budget.limit,
                               .seed = b->options.seed};
    msched_result result = msched__entries_write(&b->solver, b->schedule);
    if (result == MSCHED_OK)
        result = msched__explain_all(&explain, b->options.no_reasons != 0);
    /* the time may have been over only while fixes were sought */
    b->schedule->objective.stop = b->budget.stop;
    b->schedule->objective.work += b->budget.aside;
    return result;
}

/* The schedule's strings belong to plan and catalog, so that it holds a reference to both. */
static msched_result run(build *b, const msched_allocator *allocator, msched_error *err)
{
    b->schedule = msched__schedule_create(allocator);
    if (b->schedule == NULL)
        return msched__fail_memory(err);
    if (b->model.catalog != NULL)
        b->schedule->catalog = msched_catalog_ref((msched_catalog *)b->model.catalog);
    b->schedule->plan = msched_plan_ref((msched_plan *)b->model.plan);
    memcpy(b->schedule->date, b->model.plan->date, sizeof b->schedule->date);
    b->schedule->timezone = b->model.plan->timezone;
    b->schedule->calendar_id = b->model.plan->calendar_id;
    b->schedule->axis = b->model.plan->axis;
    msched_result result = solve(b, err);
    if (result == MSCHED_OK && write_schedule(b) != MSCHED_OK)
        result = msched__fail_memory(err);
    if (result != MSCHED_OK)
        return result;
    msched__schedule_show_clock(b->schedule);
    if (msched__schedule_revise(b->schedule, b->options.previous, &b->arena) != MSCHED_OK)
        result = msched__fail_memory(err);
    return result;
}

msched_result msched__schedule_build_day(msched_schedule **out, const msched_catalog *catalog,
                                         const msched_plan *plan,
                                         const msched_schedule_options *options, msched_error *err)
{
    build b = {.options = *options};
    msched_result result;
    msched_allocator allocator = msched__allocator_copy(b.options.allocator);
    msched__arena_init(&b.arena, &allocator, 16384);
    if (b.options.work_limit == 0)
        b.options.work_limit = default_work(plan);
    msched__budget_init(&b.budget, &b.options);
    b.model.catalog = catalog;
    b.model.plan = plan;
    result = run(&b, &allocator, err);
    msched__arena_reset(&b.arena);
    if (result != MSCHED_OK) {
        msched_schedule_unref(b.schedule);
        return result;
    }
    *out = b.schedule;
    return MSCHED_OK;
}
