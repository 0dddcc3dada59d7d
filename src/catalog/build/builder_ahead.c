#include "catalog/build/builder_ahead.h"

#include "base/alloc.h"
#include "base/meeting.h"
#include "base/thread.h"

#include <unistd.h>

#define LEAST_ROWS ((size_t)500000)  /* fewer are mapped before a thread has started */
#define STEP       ((size_t)1 << 15) /* items that are mapped at once */
#define TEXT_STEP  ((size_t)2 << 20)
/*
 * Steps between the last item that was added and the last mapped. Mapping a step takes less time
 * than adding as many rows, so more would only take memory.
 */
#define LEAD  2
#define PARTS 3

/* Columns of tracks, of entries, or the texts, of which a byte is an item. */
typedef struct part {
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    void *items[MSCHED__BUILT_COLUMNS];
    size_t count, capacity, step;
    size_t mapped;        /* items */
    atomic_size_t wanted; /* items */
} part;

struct msched__ahead {
    msched_allocator allocator;
    part parts[PARTS];
    atomic_int stopped;
    msched__meeting meeting;
    pthread_t thread;
};

static int is_behind(part *p)
{
    const size_t wanted = atomic_load(&p->wanted);
    return p->mapped < (wanted < p->capacity ? wanted : p->capacity);
}

static int has_work(void *ctx)
{
    msched__ahead *ahead = ctx;
    int found = atomic_load(&ahead->stopped);
    for (size_t i = 0; i < PARTS; i++)
        found |= is_behind(&ahead->parts[i]);
    return found;
}

static void map_step(const msched__ahead *ahead, part *p)
{
    const size_t left = p->capacity - p->mapped, items = left < p->step ? left : p->step;
    for (size_t i = 0; i < p->count && !atomic_load(&ahead->stopped); i++)
        msched__populate(&ahead->allocator, p->items[i], p->mapped * p->columns[i].item_size,
                         items * p->columns[i].item_size);
    p->mapped += items;
}

static void *run(void *argument)
{
    msched__ahead *ahead = argument;
    for (;;) {
        msched__meeting_wait(&ahead->meeting, has_work, ahead);
        if (atomic_load(&ahead->stopped))
            return NULL;
        for (size_t i = 0; i < PARTS; i++)
            if (is_behind(&ahead->parts[i]))
                map_step(ahead, &ahead->parts[i]);
    }
}

static void begin_part(part *p, size_t count, size_t capacity, size_t step)
{
    p->count = count;
    p->capacity = capacity;
    p->step = step;
    for (size_t i = 0; i < count; i++)
        p->items[i] = *p->columns[i].items;
    atomic_init(&p->wanted, LEAD * step);
}

void msched__ahead_start(msched_catalog_builder *builder)
{
    if (builder->ahead != NULL || builder->options.threads == 1 ||
        builder->options.allocator != NULL || builder->track_capacity < LEAST_ROWS ||
        sysconf(_SC_NPROCESSORS_ONLN) < 2)
        return;
    msched__ahead *ahead = msched__alloc_zero(&builder->allocator, 1, sizeof *ahead);
    if (ahead == NULL)
        return;
    ahead->allocator = builder->allocator;
    part *parts = ahead->parts;
    begin_part(&parts[0], msched__track_columns(builder, parts[0].columns), builder->track_capacity,
               STEP);
    begin_part(&parts[1], msched__entry_columns(builder, parts[1].columns), builder->entry_capacity,
               STEP);
    parts[2].columns[0] = (msched__built_column){(void **)&builder->pool.data, 1};
    begin_part(&parts[2], 1, builder->pool.capacity, TEXT_STEP);
    atomic_init(&ahead->stopped, 0);
    msched__meeting_init(&ahead->meeting);
    if (msched__thread_start(&ahead->thread, run, ahead)) {
        builder->ahead = ahead;
        builder->pool.populated = builder->pool.capacity; /* by the thread */
        return;
    }
    msched__meeting_end(&ahead->meeting);
    msched__free(&builder->allocator, ahead);
}

void msched__ahead_tell(msched_catalog_builder *builder)
{
    if (builder->ahead == NULL)
        return;
    const size_t added[PARTS] = {builder->ids.count, builder->entry_count, builder->pool.size};
    for (size_t i = 0; i < PARTS; i++) {
        part *p = &builder->ahead->parts[i];
        atomic_store(&p->wanted, added[i] + LEAD * p->step);
    }
    msched__meeting_tell(&builder->ahead->meeting);
}

void msched__ahead_stop(msched_catalog_builder *builder)
{
    msched__ahead *ahead = builder->ahead;
    if (ahead == NULL)
        return;
    atomic_store(&ahead->stopped, 1);
    msched__meeting_tell(&ahead->meeting);
    pthread_join(ahead->thread, NULL);
    msched__meeting_end(&ahead->meeting);
    builder->ahead = NULL;
    msched__free(&builder->allocator, ahead);
}
