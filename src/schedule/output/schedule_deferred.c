#include "schedule/output/schedule_deferred.h"

#include "base/alloc.h"

#include <pthread.h>
#include <stdatomic.h>

struct msched__deferred {
    pthread_mutex_t lock;
    atomic_bool done;
    msched__computation what;
    msched_allocator allocator;
};

msched__deferred *msched__deferred_create(const msched_allocator *allocator,
                                          const msched__computation *computation)
{
    msched__deferred *made = msched__alloc_zero(allocator, 1, sizeof *made);
    if (made == NULL)
        return NULL;
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        msched__free(allocator, made);
        return NULL;
    }
    atomic_init(&made->done, 0);
    made->what = *computation;
    made->allocator = *allocator;
    return made;
}

msched_result msched__deferred_complete(msched__deferred *left)
{
    msched_result result = MSCHED_OK;
    if (left == NULL || atomic_load_explicit(&left->done, memory_order_acquire))
        return MSCHED_OK;
    pthread_mutex_lock(&left->lock);
    if (!atomic_load_explicit(&left->done, memory_order_relaxed)) {
        result = left->what.compute(left->what.context);
        if (result == MSCHED_OK) {
            left->what.release(left->what.context);
            atomic_store_explicit(&left->done, 1, memory_order_release);
        }
    }
    pthread_mutex_unlock(&left->lock);
    return result;
}

void msched__deferred_free(msched__deferred *left)
{
    if (left == NULL)
        return;
    msched_allocator allocator = left->allocator;
    if (!atomic_load_explicit(&left->done, memory_order_relaxed))
        left->what.release(left->what.context);
    pthread_mutex_destroy(&left->lock);
    msched__free(&allocator, left);
}
