#include "schedule/build.h"

#include "algo/budget.h"
#include "base/alloc.h"
#include "base/error.h"
#include "schedule/entries.h"
#include "schedule/explain/explain.h"
#include "schedule/explain/explain_fixes.h"
#include "schedule/explain/explain_text.h"
#include "schedule/joint/joint_solve.h"
#include "schedule/model/happened.h"
#include "schedule/model/lookup.h"
#include "schedule/model/model.h"
#include "schedule/model/previous.h"
#include "schedule/model/renamed.h"
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

/* `less`: with so many to-dos less. */
static uint64_t default_work(const msched_plan *plan, uint32_t less)
{
    uint64_t items = plan->todo_count - less;
    for (uint32_t i = 0; i < plan->song_count; i++)
        items += plan->songs[i].times;
    const msched_listening *rules = &plan->listening;
    const int has_fill = msched__plan_fill_seconds(plan) > 0;
    if (items >= ITEMS_OF_MOST || (has_fill && rules->artist_separation_s > 0))
        return WORK_MOST;
    uint64_t work = WORK_LEAST + WORK_OF_PAIR * items * items + (has_fill ? WORK_OF_FILL : 0);
    return work < WORK_MOST ? work : WORK_MOST;
}

/*
 * One build: its own memory for the search, and the schedule that comes out. Where the fixes are
 * left for later, it lives on with the schedule as it was before clock times were shown.
 */
typedef struct build {
    msched_allocator allocator;
    msched__arena arena;
    msched_schedule_options options;
    msched__budget budget;
    msched__model model;
    msched__happened happened;
    msched__replan replan;
    msched__solver solver;
    msched_schedule *schedule;
    msched_schedule *before; /* with fixes left for later: entries and unplaced as solved */
    msched_unplaced *plain;  /* the unplaced items without fixes */
    uint8_t thorough;        /* fixes that take long may be sought */
    uint8_t doubtful;        /* some of these are left for later */
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
                            "the previous schedule is for %s, but the plan is for %s",
                            previous->date, model->plan->date);
    if (!msched__previous_renamed(&b->arena, model->plan, previous, &previous))
        return msched__fail_memory(err);
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

static msched__explain explain_of(build *b, msched_schedule *schedule)
{
    const msched_plan *plan = b->schedule->plan;
    return (msched__explain){
        .schedule = schedule,
        .model = &b->model,
        .day = &b->solver.best,
        .scratch = &b->arena,
        .budget = &b->budget,
        .work_limit = b->budget.limit,
        .work_less = b->thorough && plan->todo_count > 0 ? default_work(plan, 1) : b->budget.limit,
        .seed = b->options.seed,
        .thorough = b->thorough};
}

static void *copy_array(msched__arena *arena, const void *from, size_t count, size_t size)
{
    void *out = msched__arena_alloc(arena, count, size);
    if (out != NULL && count > 0)
        memcpy(out, from, count * size);
    return out;
}

/*
 * Fixes at once: those that take long only where the caller limits the time of this call, else the
 * first reader seeks them.
 */
static msched_result seek_fixes(build *b, msched__explain *explain)
{
    int has_limit = b->options.cancel != NULL || b->options.time_limit_ms > 0;
    b->plain = copy_array(&b->arena, b->schedule->unplaced, b->schedule->unplaced_count,
                          sizeof *b->plain);
    if (b->plain == NULL)
        return MSCHED_ERROR_MEMORY;
    if (b->options.no_reasons || b->options.lazy_reasons)
        return MSCHED_OK;
    explain->thorough = b->thorough && has_limit;
    msched_result result = msched__explain_fixes(explain);
    b->doubtful = b->thorough && !has_limit && explain->doubtful;
    return result;
}

static msched_result write_schedule(build *b)
{
    msched__explain explain = explain_of(b, b->schedule);
    msched_result result = msched__entries_write(&b->solver, b->schedule);
    if (result == MSCHED_OK)
        result = msched__explain_all(&explain);
    if (result == MSCHED_OK)
        result = seek_fixes(b, &explain);
    /* the time may have been over only while fixes were sought */
    b->schedule->objective.stop = b->budget.stop;
    b->schedule->objective.work += b->budget.aside;
    return result;
}

static void release(void *context)
{
    build *b = context;
    msched_allocator allocator = b->allocator;
    msched_schedule_unref(b->before);
    msched__arena_reset(&b->arena);
    msched__free(&allocator, b);
}

/* Seek the fixes that were left for later. */
static msched_result find_fixes(void *context)
{
    build *b = context;
    msched_schedule *schedule = b->schedule;
    msched__budget_init(&b->budget, &b->options);
    msched__explain explain = explain_of(b, b->before);
    msched_result result = msched__explain_fixes(&explain);
    for (uint32_t i = 0; i < schedule->unplaced_count && result == MSCHED_OK; i++) {
        if (!msched__schedule_copy_fixes(schedule, &b->before->unplaced[i], &schedule->unplaced[i]))
            result = MSCHED_ERROR_MEMORY;
    }
    return result;
}

/* Keep the entries and the unplaced items as they are before clock times are shown. */
static msched_result keep_solved(build *b)
{
    const msched_schedule *made = b->schedule;
    b->before = msched__schedule_create(&b->allocator);
    if (b->before == NULL)
        return MSCHED_ERROR_MEMORY;
    b->before->axis = made->axis;
    b->before->objective = made->objective;
    b->before->entry_count = made->entry_count;
    b->before->unplaced_count = made->unplaced_count;
    b->before->entries = copy_array(&b->arena, made->entries, made->entry_count,
                                    sizeof *made->entries);
    b->before->unplaced = b->plain;
    return b->before->entries == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

/* 1 where fixes are left for later, and there is something that they are for. */
static int is_lazy(const build *b)
{
    return (b->options.lazy_reasons || b->doubtful) && !b->options.no_reasons &&
           b->schedule->unplaced_count > 0;
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
    if (result == MSCHED_OK && is_lazy(b) && keep_solved(b) != MSCHED_OK)
        result = msched__fail_memory(err);
    if (result != MSCHED_OK)
        return result;
    msched__schedule_show_clock(b->schedule);
    if (msched__schedule_revise(b->schedule, b->options.previous, &b->arena) != MSCHED_OK)
        result = msched__fail_memory(err);
    return result;
}

/* The schedule keeps the build until its fixes are read. */
static msched_result finish(build *b, msched_schedule **out, msched_error *err)
{
    msched_schedule *made = b->schedule;
    if (b->before != NULL) {
        /* what belongs to the caller may be gone by then */
        b->options.cancel = NULL;
        b->options.allocator = NULL;
        b->options.previous = NULL;
        made->deferred = msched__deferred_create(&b->allocator,
                                                 &(msched__computation){find_fixes, release, b});
        if (made->deferred == NULL) {
            release(b);
            msched_schedule_unref(made);
            return msched__fail_memory(err);
        }
    } else {
        release(b);
    }
    *out = made;
    return MSCHED_OK;
}

msched_result msched__schedule_build_day(msched_schedule **out, const msched_catalog *catalog,
                                         const msched_plan *plan,
                                         const msched_schedule_options *options, msched_error *err)
{
    msched_allocator allocator = msched__allocator_copy(options->allocator);
    build *b = msched__alloc_zero(&allocator, 1, sizeof *b);
    if (b == NULL)
        return msched__fail_memory(err);
    b->options = *options;
    b->allocator = allocator;
    msched__arena_init(&b->arena, &allocator, 16384);
    b->thorough = b->options.work_limit == 0;
    if (b->thorough)
        b->options.work_limit = default_work(plan, 0);
    msched__budget_init(&b->budget, &b->options);
    b->model.catalog = catalog;
    b->model.plan = plan;
    msched_result result = run(b, &allocator, err);
    if (result == MSCHED_OK)
        return finish(b, out, err);
    msched_schedule_unref(b->schedule);
    release(b);
    return result;
}
