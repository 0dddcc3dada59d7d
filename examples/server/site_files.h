/*
 * site_files.h: the files that `make site` has written in addition to the page's own: the library
 * in WebAssembly and songs, with which the page plans by itself.
 */
#ifndef SERVER_SITE_FILES_H
#define SERVER_SITE_FILES_H

#include "assets.h"

#include <stddef.h>

typedef struct site_files {
    asset *files; /* in memory, each also compressed where that helps: gzip_data, else NULL */
    size_t count;
    size_t capacity;
} site_files;

/*
 * Read every file of a folder and of the folders in it, but for hidden ones. `site` is all zero
 * before. 0: `message` says what is wrong, and how to mend it.
 */
int site_files_load(site_files *site, const char *folder, char *message, size_t message_size);
/* NULL: there is no file at this path. */
const asset *site_files_find(const site_files *site, const char *path);
void site_files_free(site_files *site);

#endif
