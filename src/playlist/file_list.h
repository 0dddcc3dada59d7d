/* playlist/file_list.h: the files that paths name; a folder means the files in it. */
#ifndef MSCHED_PLAYLIST_FILE_LIST_H
#define MSCHED_PLAYLIST_FILE_LIST_H

#include "playlist/file_kind.h"

typedef struct msched__file_item {
    char *path; /* owned */
    msched__file_kind kind;
} msched__file_item;

typedef struct msched__file_list {
    msched_allocator allocator;
    msched__file_item *items;
    size_t count, capacity;
    int histories_only; /* of a folder, only listening histories are wanted */
    uint32_t visited;   /* files and folders in folders */
} msched__file_list;

void msched__file_list_init(msched__file_list *list, const msched_allocator *allocator,
                            int histories_only);
void msched__file_list_free(msched__file_list *list);

/*
 * Add a path. Of a folder, its files in the order of their names and those of its folders are
 * added, if they are of a known kind. MSCHED_OK, MEMORY, IO, LIMIT, or SYNTAX: a folder has no
 * file to read.
 */
msched_result msched__file_list_add(msched__file_list *list, const char *path, msched_error *err);

#endif
