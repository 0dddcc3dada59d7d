/* cli/file_watch.h: wait until one of some files changes. */
#ifndef FILE_WATCH_H
#define FILE_WATCH_H

#include <signal.h>
#include <stdint.h>

typedef struct file_watch file_watch;

enum file_watch_end { FILE_WATCH_CHANGED, FILE_WATCH_TIME, FILE_WATCH_SIGNAL };

/**
 * Watch files, which need not be there yet. The kernel says when to look (inotify); where it
 * cannot, or with `poll` 1, they are looked at every two seconds.
 * @return NULL when out of memory; free with file_watch_close
 */
file_watch *file_watch_open(const char *const *paths, uint32_t count, int poll);
/** Take the files as they are now: what changes from here on is a change. */
void file_watch_mark(file_watch *watch);
/**
 * Wait for a change since the last mark, at most `seconds`. `mask` are the signals that are blocked
 * meanwhile; one that is not ends the wait.
 * @param which gets the path that changed
 */
enum file_watch_end file_watch_wait(file_watch *watch, int64_t seconds, const sigset_t *mask,
                                    const char **which);
void file_watch_close(file_watch *watch);

#endif
