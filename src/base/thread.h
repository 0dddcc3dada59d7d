/* base/thread.h: threads of the library. */
#ifndef MSCHED_BASE_THREAD_H
#define MSCHED_BASE_THREAD_H

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* 1, or 0 where none can be had. It takes no signals: these stay with the program's own threads. */
static inline int msched__thread_start(pthread_t *thread, void *(*run)(void *), void *argument)
{
    sigset_t all, before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return 0;
    const int started = pthread_create(thread, NULL, run, argument) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/*
 * Start threads that run beside the caller, one for each further processor, up to `most`. Returns
 * how many were started; the caller joins them.
 */
static inline int msched__threads_start(pthread_t *threads, int most, void *(*run)(void *),
                                        void *argument)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int started = 0;
    while (started < most && started + 1 < processors &&
           msched__thread_start(&threads[started], run, argument))
        started++;
    return started;
}

#endif
