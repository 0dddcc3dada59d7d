#include "file_watch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>
#endif

#define POLL_S 2
/* an editor that writes a file in two steps has done so by then */
#define SETTLE_NS 100000000

/* What distinguishes two versions of a file. */
typedef struct version {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec modified;
    int is_there;
} version;

typedef struct watched {
    const char *path;
    version last;
} watched;

struct file_watch {
    uint32_t count;
    int notify; /* descriptor of inotify; -1: the files are polled */
    watched files[];
};

static version look(const char *path)
{
    struct stat now;
    version out;

    memset(&out, 0, sizeof out);
    if (stat(path, &now) != 0)
        return out;
    out = (version){now.st_dev, now.st_ino, now.st_size, now.st_mtim, 1};
    return out;
}

static int is_same(const version *a, const version *b)
{
    return a->is_there == b->is_there && a->device == b->device && a->number == b->number &&
           a->size == b->size && a->modified.tv_sec == b->modified.tv_sec &&
           a->modified.tv_nsec == b->modified.tv_nsec;
}

#ifdef __linux__
/* Editors put a new file in the place of the old one, so that its folder is what is watched. */
static int watch_folder(int notify, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? strdup(".")
                   : slash == path ? strdup("/")
                                   : strndup(path, (size_t)(slash - path));
    int added = folder == NULL ? -1
                               : inotify_add_watch(notify, folder,
                                                   IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM |
                                                       IN_CREATE | IN_DELETE | IN_ATTRIB);

    free(folder);
    return added >= 0;
}

static int open_notify(const char *const *paths, uint32_t count)
{
    int notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), ok = notify >= 0 && notify < FD_SETSIZE;

    for (uint32_t i = 0; ok && i < count; i++)
        ok = watch_folder(notify, paths[i]);
    if (notify >= 0 && !ok) {
        close(notify);
        notify = -1;
    }
    return notify;
}
#else
static int open_notify(const char *const *paths, uint32_t count)
{
    (void)paths;
    (void)count;
    return -1;
}
#endif

file_watch *file_watch_open(const char *const *paths, uint32_t count, int poll)
{
    file_watch *watch = malloc(sizeof *watch + count * sizeof *watch->files);

    if (watch == NULL)
        return NULL;
    watch->count = count;
    for (uint32_t i = 0; i < count; i++)
        watch->files[i].path = paths[i];
    watch->notify = poll ? -1 : open_notify(paths, count);
    file_watch_mark(watch);
    return watch;
}

void file_watch_mark(file_watch *watch)
{
    for (uint32_t i = 0; i < watch->count; i++)
        watch->files[i].last = look(watch->files[i].path);
}

static const char *find_change(const file_watch *watch)
{
    for (uint32_t i = 0; i < watch->count; i++) {
        version now = look(watch->files[i].path);

        if (!is_same(&now, &watch->files[i].last))
            return watch->files[i].path;
    }
    return NULL;
}

/* What the kernel said matters less than that it said something. */
static void drain(int notify)
{
    char buffer[4096];

    while (read(notify, buffer, sizeof buffer) > 0)
        ;
}

/* 0: the time is over, 1: something happened, -1: a signal came. */
static int rest(const file_watch *watch, int64_t seconds, const sigset_t *mask)
{
    struct timespec time = {.tv_sec = (time_t)seconds};
    fd_set ready;
    int got;

    FD_ZERO(&ready);
    if (watch->notify >= 0)
        FD_SET(watch->notify, &ready);
    got = pselect(watch->notify + 1, watch->notify >= 0 ? &ready : NULL, NULL, NULL, &time, mask);
    if (got > 0)
        drain(watch->notify);
    return got < 0 && errno == EINTR ? -1 : got > 0;
}

enum file_watch_end file_watch_wait(file_watch *watch, int64_t seconds, const sigset_t *mask,
                                    const char **which)
{
    int64_t until = (int64_t)time(NULL) + seconds;

    while ((*which = find_change(watch)) == NULL) {
        int64_t left = until - (int64_t)time(NULL);

        if (left <= 0)
            return FILE_WATCH_TIME;
        if (watch->notify < 0 && left > POLL_S)
            left = POLL_S;
        if (rest(watch, left, mask) < 0)
            return FILE_WATCH_SIGNAL;
    }
    return pselect(0, NULL, NULL, NULL, &(struct timespec){.tv_nsec = SETTLE_NS}, mask) < 0 &&
                   errno == EINTR
               ? FILE_WATCH_SIGNAL
               : FILE_WATCH_CHANGED;
}

void file_watch_close(file_watch *watch)
{
    if (watch == NULL)
        return;
    if (watch->notify >= 0)
        close(watch->notify);
    free(watch);
}
