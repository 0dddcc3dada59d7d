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

#define MSCHED__THREADS_MAX 8

/*
 * Call run(argument) here and in further threads, one for each other processor, so that up to
 * `most` and MSCHED__THREADS_MAX run at once. Returns when all have ended.
 */
static inline void msched__threads_run(int most, void *(*run)(void *), void *argument)
{
    const long processors = most < 2 ? 1 : sysconf(_SC_NPROCESSORS_ONLN);
    pthread_t threads[MSCHED__THREADS_MAX - 1];
    int started = 0;
    while (started < MSCHED__THREADS_MAX - 1 && started + 1 < most && started + 1 < processors &&
           msched__thread_start(&threads[started], run, argument))
        started++;
    run(argument);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

#endif
