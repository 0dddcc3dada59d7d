#include "catalog/saved/saved_rows.h"

#include "base/thread.h"

#include <stdatomic.h>

/* Rows of a step: a MiB or less of a column, so that a thread soon has the next. */
#define STEP (UINT32_C(1) << 18)
/* for fewer rows, starting a thread takes a large part of the time */
#define MANY (2 * STEP)

typedef struct rows {
    msched__rows_check *check;
    const void *ctx;
    uint32_t count;
    atomic_uint next_step;
    atomic_int failed;
} rows;

/* Check steps until none is left, or one has failed. */
static void *run(void *ctx)
{
    rows *all = ctx;
    const uint32_t steps = all->count / STEP + (all->count % STEP != 0);
    uint32_t step;
    while (!atomic_load(&all->failed) && (step = atomic_fetch_add(&all->next_step, 1)) < steps) {
        const uint32_t from = step * STEP, left = all->count - from;
        if (!all->check(all->ctx, from, from + (left < STEP ? left : STEP)))
            atomic_store(&all->failed, 1);
    }
    return NULL;
}

int msched__rows_are_sound(const msched_catalog *catalog, msched__rows_check *check,
                           const void *ctx, uint32_t count)
{
    rows all = {.check = check, .ctx = ctx, .count = count};
    atomic_init(&all.next_step, 0);
    atomic_init(&all.failed, 0);
    msched__threads_run(catalog->checks_by_threads && count >= MANY ? MSCHED__THREADS_MAX : 1, run,
                        &all);
    return !atomic_load(&all.failed);
}
