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

#include <assert.h>
#include <string.h>

/*
 * The default work limit: days of few items are proved early or not at all, and days of many items
 * keep finding better schedules for longer. Fill with artist separation checks all candidates for
 * each song.
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
 * A build: memory for the search, and the resulting schedule. If the fixes are left for later, the
 * build stays alive, with the schedule as it was before its times became clock times.
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
    uint64_t used;           /* work of the search */
    uint8_t thorough;        /* fixes that take long may be sought */
    uint8_t later;           /* fixes may be left to the first reader */
    uint8_t is_left;         /* and are */
} build;

enum fixes {
    BRIEFLY, /* what brief trials find */
    AT_ONCE,
    LATER /* may be left to the first reader */
};

/* A day to build. */
typedef struct request {
    const msched_catalog *catalog;
    const msched_plan *plan;
    const msched_schedule_options *options;
    enum fixes fixes;
} request;

static msched_result build_day(msched_schedule **out, const request *r, msched_error *err);

/* What is needed to seek the fixes of a schedule from the beginning. */
typedef struct question {
    msched_allocator allocator;
    msched_schedule_options options;
    msched_schedule *schedule; /* which owns this, the catalog and the plan */
} question;

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
    b->used = b->budget.used;
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
        .work_used = b->used,
        .work_limit = b->budget.limit,
        .work_less = b->thorough && plan->todo_count > 0 ? default_work(plan, 1) : b->budget.limit,
        .seed = b->options.seed,
        .thorough = b->thorough,
        .no_order = b->solver.no_order};
}

static void *copy_array(msched__arena *arena, const void *from, size_t count, size_t size)
{
    void *out = msched__arena_alloc(arena, count, size);
    if (out != NULL && count > 0)
        memcpy(out, from, count * size);
    return out;
}

/*
 * 1 where the fixes can be sought from the beginning: the search was not stopped by what is over
 * then, and nothing would have to be kept for it.
 */
static int can_begin_again(const build *b)
{
    return b->later && b->options.time_limit_ms == 0 && b->options.previous == NULL &&
           !b->budget.interrupted;
}

static msched_result seek_fixes(build *b, msched__explain *explain)
{
    if (b->options.no_reasons || !msched__explain_can_fix(b->schedule))
        return MSCHED_OK;
    b->is_left = (b->options.lazy_reasons || b->thorough) && can_begin_again(b);
    return b->is_left || b->options.lazy_reasons ? MSCHED_OK : msched__explain_fixes(explain);
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

/* Forget what a search found before memory ran out: it would change what the next one tries. */
static void forget_fixes(msched_schedule *schedule)
{
    for (uint32_t i = 0; i < schedule->unplaced_count; i++) {
        msched_unplaced *item = &schedule->unplaced[i];
        item->fix = MSCHED_FIX_NONE;
        item->fix_s = 0;
        item->fix_id = item->fix_text = "";
        item->alternatives = NULL;
        item->alternative_count = 0;
    }
}

/* Search for the fixes that were left for later. */
static msched_result find_fixes(void *context)
{
    build *b = context;
    msched_schedule *schedule = b->schedule;
    forget_fixes(b->before);
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
    b->before->unplaced = copy_array(&b->arena, made->unplaced, made->unplaced_count,
                                     sizeof *made->unplaced);
    return b->before->entries == NULL || b->before->unplaced == NULL ? MSCHED_ERROR_MEMORY
                                                                     : MSCHED_OK;
}

/* 1 where fixes are left for later, and the solved day is kept for them. */
static int keeps_day(const build *b)
{
    return b->options.lazy_reasons && !b->options.no_reasons && !b->is_left &&
           msched__explain_can_fix(b->schedule);
}

/* The schedule's strings belong to plan and catalog, so it keeps a reference to both. */
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
    if (result == MSCHED_OK && keeps_day(b) && keep_solved(b) != MSCHED_OK)
        result = msched__fail_memory(err);
    if (result != MSCHED_OK)
        return result;
    msched__schedule_show_clock(b->schedule);
    if (msched__schedule_revise(b->schedule, b->options.previous, &b->arena) != MSCHED_OK)
        result = msched__fail_memory(err);
    return result;
}

/* Build the schedule once more, now with its fixes. */
static msched_result begin_again(void *context)
{
    question *q = context;
    msched_schedule *schedule = q->schedule, *whole;
    q->options.allocator = &q->allocator;
    msched_result result = build_day(
        &whole, &(request){schedule->catalog, schedule->plan, &q->options, AT_ONCE}, NULL);
    if (result != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    assert(whole->unplaced_count == schedule->unplaced_count);
    for (uint32_t i = 0; i < schedule->unplaced_count && result == MSCHED_OK; i++)
        if (!msched__schedule_copy_fixes(schedule, &whole->unplaced[i], &schedule->unplaced[i]))
            result = MSCHED_ERROR_MEMORY;
    msched_schedule_unref(whole);
    return result;
}

static void forget_question(void *context)
{
    question *q = context;
    msched_allocator allocator = q->allocator;
    msched__free(&allocator, q);
}

/* The schedule keeps what its fixes need until they are read. NULL when out of memory. */
static msched__deferred *leave_fixes(build *b)
{
    /* what belongs to the caller may be gone by then */
    b->options.cancel = NULL;
    b->options.allocator = NULL;
    b->options.previous = NULL;
    if (b->before != NULL)
        return msched__deferred_create(&b->allocator,
                                       &(msched__computation){find_fixes, release, b});
    question *q = msched__alloc_zero(&b->allocator, 1, sizeof *q);
    if (q == NULL)
        return NULL;
    *q = (question){b->allocator, b->options, b->schedule};
    q->options.lazy_reasons = 0;
    q->options.work_limit = b->thorough ? 0 : b->options.work_limit;
    msched__deferred *made = msched__deferred_create(
        &b->allocator, &(msched__computation){begin_again, forget_question, q});
    if (made == NULL)
        msched__free(&b->allocator, q);
    return made;
}

static msched_result finish(build *b, msched_schedule **out, msched_error *err)
{
    msched_schedule *made = b->schedule;
    int keeps = b->before != NULL, is_left = b->is_left;
    if (keeps || is_left)
        made->deferred = leave_fixes(b);
    msched_result result = (keeps || is_left) && made->deferred == NULL ? msched__fail_memory(err)
                                                                        : MSCHED_OK;
    if (!keeps || result != MSCHED_OK)
        release(b);
    if (result != MSCHED_OK)
        msched_schedule_unref(made);
    else
        *out = made;
    return result;
}

static msched_result build_day(msched_schedule **out, const request *r, msched_error *err)
{
    msched_allocator allocator = msched__allocator_copy(r->options->allocator);
    build *b = msched__alloc_zero(&allocator, 1, sizeof *b);
    if (b == NULL)
        return msched__fail_memory(err);
    b->options = *r->options;
    b->allocator = allocator;
    msched__arena_init(&b->arena, &allocator, 16384);
    b->later = r->fixes == LATER;
    b->thorough = r->fixes != BRIEFLY && b->options.work_limit == 0 && b->options.previous == NULL;
    if (b->options.work_limit == 0)
        b->options.work_limit = default_work(r->plan, 0);
    msched__budget_init(&b->budget, &b->options);
    b->model.catalog = r->catalog;
    b->model.plan = r->plan;
    msched_result result = run(b, &allocator, err);
    if (result == MSCHED_OK)
        return finish(b, out, err);
    msched_schedule_unref(b->schedule);
    release(b);
    return result;
}

msched_result msched__schedule_build_day(msched_schedule **out, const msched_catalog *catalog,
                                         const msched_plan *plan,
                                         const msched_schedule_options *options, msched_error *err)
{
    return build_day(out, &(request){catalog, plan, options, BRIEFLY}, err);
}

msched_result msched__schedule_build_lazily(msched_schedule **out, const msched_catalog *catalog,
                                            const msched_plan *plan,
                                            const msched_schedule_options *options,
                                            msched_error *err)
{
    return build_day(out, &(request){catalog, plan, options, LATER}, err);
}
