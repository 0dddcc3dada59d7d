/* base/refcount.h: shared ownership by C11 atomics. */
#ifndef MSCHED_BASE_REFCOUNT_H
#define MSCHED_BASE_REFCOUNT_H

#include <stdatomic.h>
#include <stdint.h>

typedef struct msched__refcount {
    atomic_uint_least32_t owners;
} msched__refcount;

static inline void msched__refcount_init(msched__refcount *count)
{
    atomic_init(&count->owners, 1);
}

static inline void msched__refcount_add(msched__refcount *count)
{
    atomic_fetch_add_explicit(&count->owners, 1, memory_order_relaxed);
}

/* 1 if that was the last owner, so that the object must be freed. */
static inline int msched__refcount_drop(msched__refcount *count)
{
    return atomic_fetch_sub_explicit(&count->owners, 1, memory_order_acq_rel) == 1;
}

#endif
