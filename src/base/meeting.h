/*
 * base/meeting.h: threads wait for each other. A wait that takes microseconds, as between threads
 * that share work, is spent looking: to put a thread to sleep and wake it takes longer.
 */
#ifndef MSCHED_BASE_MEETING_H
#define MSCHED_BASE_MEETING_H

#include <pthread.h>
#include <stdatomic.h>

typedef struct msched__meeting {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    atomic_int sleepers;
    atomic_uint looks; /* how often a thread looks before it sleeps */
} msched__meeting;

void msched__meeting_init(msched__meeting *meeting);
void msched__meeting_end(msched__meeting *meeting);
/* Wait until is_ready(ctx), which reads atomic values only, is not 0. */
void msched__meeting_wait(msched__meeting *meeting, int (*is_ready)(void *ctx), void *ctx);
/* After a change of what another thread may wait for. */
void msched__meeting_tell(msched__meeting *meeting);

#endif
