/* tests/files_of.h: the files of a corpus, one after the other. */
#ifndef TEST_FILES_OF_H
#define TEST_FILES_OF_H

#include "testing.h"

#include <dirent.h>
#include <stdio.h>

/* Call `check` with the name and the bytes of each file; returns how many there were. */
static inline size_t files_of(const char *path,
                              void (*check)(const char *name, const char *data, size_t size))
{
    static char data[65536];
    DIR *folder = opendir(path);
    assert_non_null(folder);
    size_t seen = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char name[1024];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        FILE *file = fopen(name, "rb");
        assert_non_null(file);
        size_t size = fread(data, 1, sizeof data, file);
        fclose(file);
        check(entry->d_name, data, size);
        seen++;
    }
    closedir(folder);
    return seen;
}

#endif
