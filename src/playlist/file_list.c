#include "playlist/file_list.h"

#include "base/alloc.h"
#include "base/error.h"
#include "catalog/read/load_job.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_DEPTH   4
#define MAX_VISITED 10000

void msched__file_list_init(msched__file_list *list, const msched_allocator *allocator,
                            int histories_only)
{
    *list = (msched__file_list){.allocator = *allocator, .histories_only = histories_only};
}

static void drop(msched__file_list *list, size_t from)
{
    for (size_t i = from; i < list->count; i++)
        msched__free(&list->allocator, list->items[i].path);
    list->count = from < list->count ? from : list->count;
}

void msched__file_list_free(msched__file_list *list)
{
    drop(list, 0);
    msched__free(&list->allocator, list->items);
}

/* Add "folder/name", or the name alone where `folder` is NULL. 0 when out of memory. */
static int push(msched__file_list *list, const char *folder, const char *name)
{
    void *block = list->items;
    const size_t before = folder == NULL ? 0 : strlen(folder), size = strlen(name);
    const size_t slash = before > 0 && folder[before - 1] != '/';
    if (!msched__grow(&list->allocator, &block, &list->capacity, list->count + 1,
                      sizeof *list->items))
        return 0;
    list->items = block;
    char *path = msched__alloc_array(&list->allocator, before + slash + size + 1, 1);
    if (path == NULL)
        return 0;
    if (before > 0)
        memcpy(path, folder, before);
    if (slash)
        path[before] = '/';
    memcpy(path + before + slash, name, size + 1);
    list->items[list->count++] = (msched__file_item){path, MSCHED__FILE_SONGS};
    return 1;
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const msched__file_item *)left)->path,
                  ((const msched__file_item *)right)->path);
}

/* The names in a folder, sorted, at the end of `names`; hidden ones are left out. */
static msched_result read_names(msched__file_list *list, msched__file_list *names,
                                const char *folder, msched_error *err)
{
    msched_result result = MSCHED_OK;
    DIR *open = opendir(folder);
    if (open == NULL)
        return msched__fail_to_read(folder, errno, err);
    for (const struct dirent *entry; result == MSCHED_OK && (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "__MACOSX") == 0)
            continue;
        if (++list->visited > MAX_VISITED)
            result = msched__fail(
                err, MSCHED_ERROR_LIMIT,
                "%.200s: the search ended in this folder, after %d files: name the files", folder,
                MAX_VISITED);
        else if (!push(names, folder, entry->d_name))
            result = msched__fail_memory(err);
    }
    closedir(open);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, by_path);
    return result;
}

static msched_result add_known(msched__file_list *list, const char *path, msched_error *err)
{
    msched__file_kind kind;
    int is_known;
    if (msched__file_kind_known(&kind, &is_known, path, &list->allocator) != MSCHED_OK)
        return msched__fail_memory(err);
    if (!is_known || (list->histories_only && kind != MSCHED__FILE_HISTORY))
        return MSCHED_OK;
    if (!push(list, NULL, path))
        return msched__fail_memory(err);
    list->items[list->count - 1].kind = kind;
    return MSCHED_OK;
}

static msched_result add_folder(msched__file_list *list, const char *folder, int depth,
                                msched_error *err)
{
    msched__file_list names;
    msched__file_list_init(&names, &list->allocator, 0);
    msched_result result = read_names(list, &names, folder, err);
    for (size_t i = 0; i < names.count && result == MSCHED_OK; i++) {
        struct stat status;
        const char *path = names.items[i].path;
        /* no links, which may lead back; empty files may be of the system, and block */
        if (lstat(path, &status) != 0)
            continue;
        if (S_ISREG(status.st_mode) && status.st_size > 0)
            result = add_known(list, path, err);
        else if (S_ISDIR(status.st_mode) && depth < MAX_DEPTH)
            result = add_folder(list, path, depth + 1, err);
    }
    msched__file_list_free(&names);
    return result;
}

msched_result msched__file_list_add(msched__file_list *list, const char *path, msched_error *err)
{
    struct stat status;
    const size_t before = list->count;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        if (!push(list, NULL, path) ||
            msched__file_kind_of(&list->items[before].kind, path, &list->allocator) != MSCHED_OK)
            return msched__fail_memory(err);
        return MSCHED_OK;
    }
    const msched_result result = add_folder(list, path, 0, err);
    if (result == MSCHED_OK && list->count == before)
        return msched__fail(err, MSCHED_ERROR_SYNTAX,
                            list->histories_only
                                ? "%.200s: the folder has no listening history: unpack your "
                                  "account data and name its folder, or name the files"
                                : "%.200s: the folder has no file of songs, playlist or listening "
                                  "history that can be recognized: name the files",
                            path);
    return result;
}
