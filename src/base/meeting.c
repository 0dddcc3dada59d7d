#include "base/meeting.h"

/* About 30 microseconds. */
#define MOST_LOOKS  1000u
#define LEAST_LOOKS 8u

void msched__meeting_init(msched__meeting *meeting)
{
    pthread_mutex_init(&meeting->lock, NULL);
    pthread_cond_init(&meeting->changed, NULL);
    atomic_init(&meeting->sleepers, 0);
    atomic_init(&meeting->looks, MOST_LOOKS);
}

void msched__meeting_end(msched__meeting *meeting)
{
    pthread_cond_destroy(&meeting->changed);
    pthread_mutex_destroy(&meeting->lock);
}

static inline void rest(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) && defined(__GNUC__)
    __asm__ volatile("yield");
#endif
}

/*
 * If the other thread does not run, perhaps because they share a processor, looking only wastes
 * time: each time that it was in vain, the next time is shorter.
 */
void msched__meeting_wait(msched__meeting *meeting, int (*is_ready)(void *ctx), void *ctx)
{
    if (is_ready(ctx))
        return;
    const unsigned looks = atomic_load_explicit(&meeting->looks, memory_order_relaxed);
    for (unsigned i = 0; i < looks; i++) {
        rest();
        if (is_ready(ctx)) {
            atomic_store_explicit(&meeting->looks, looks * 2 > MOST_LOOKS ? MOST_LOOKS : looks * 2,
                                  memory_order_relaxed);
            return;
        }
    }
    atomic_store_explicit(&meeting->looks, looks / 2 < LEAST_LOOKS ? LEAST_LOOKS : looks / 2,
                          memory_order_relaxed);
    pthread_mutex_lock(&meeting->lock);
    atomic_fetch_add(&meeting->sleepers, 1);
    while (!is_ready(ctx))
        pthread_cond_wait(&meeting->changed, &meeting->lock);
    atomic_fetch_sub(&meeting->sleepers, 1);
    pthread_mutex_unlock(&meeting->lock);
}

/* Either this sees the sleeper, or the sleeper, which counts itself before it looks, the change. */
void msched__meeting_tell(msched__meeting *meeting)
{
    if (atomic_load(&meeting->sleepers) == 0)
        return;
    pthread_mutex_lock(&meeting->lock);
    pthread_cond_broadcast(&meeting->changed);
    pthread_mutex_unlock(&meeting->lock);
}
