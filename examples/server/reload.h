/*
 * reload.h: a thread that reads the catalog again when it is asked to. A catalog may come from a
 * pipe that says nothing, or from a disk that does not answer; signals and requests go on
 * meanwhile.
 */
#ifndef SERVER_RELOAD_H
#define SERVER_RELOAD_H

#include <pthread.h>

struct app;

typedef struct reload {
    struct app *app;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int started;
    int asked; /* once more, however often while it reads */
    int reading;
    int stopping;
} reload;

/* 0: the thread could not be started. */
int reload_start(reload *r, struct app *application);
void reload_ask(reload *r);
/*
 * End the thread. 0: it is reading and was left behind, so that the process must end without
 * freeing what it uses.
 */
int reload_stop(reload *r);

#endif
