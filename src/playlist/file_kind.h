/* playlist/file_kind.h: whether a file is a table of songs, a playlist or a listening history. */
#ifndef MSCHED_PLAYLIST_FILE_KIND_H
#define MSCHED_PLAYLIST_FILE_KIND_H

#include <musicsched/catalog.h>

typedef enum msched__file_kind {
    MSCHED__FILE_SONGS, /* or nothing that is known */
    MSCHED__FILE_PLAYLIST,
    MSCHED__FILE_HISTORY
} msched__file_kind;

/*
 * Detect the kind of a file from its first text, after unpacking gzip and decoding UTF-16. A file
 * that cannot be opened counts as songs, and its reader reports why. Pipes do, too: a pipe can be
 * read only once. MSCHED_OK or MEMORY.
 */
msched_result msched__file_kind_of(msched__file_kind *kind, const char *path,
                                   const msched_allocator *allocator);

/*
 * As above for a file that nobody named: *is_known is 0 unless it is a history, an M3U or XML
 * playlist, or a table whose header suffices for a catalog.
 */
msched_result msched__file_kind_known(msched__file_kind *kind, int *is_known, const char *path,
                                      const msched_allocator *allocator);

#endif
