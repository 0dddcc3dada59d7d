/* Load a catalog from CSV: paths, memory or a callback. */
#include "catalog/read/load.h"

#include "base/error.h"
#include "base/options.h"
#include "catalog/read/load_job.h"
#include "catalog/saved/saved_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void msched_catalog_options_init(msched_catalog_options *options, uint32_t struct_size)
{
    static const msched_catalog_options defaults;
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* The builder's catalog, or the reason why there is none. */
static msched_result end(msched_catalog **out, msched_catalog_builder *builder,
                         msched_result result, const msched_error *reason, msched_error *err)
{
    if (result == MSCHED_OK)
        return msched_catalog_builder_finish(out, builder, err);
    *err = *reason;
    msched_catalog_builder_free(builder);
    return result;
}

static msched_result load_one(msched_catalog **out, const msched__load_input *input,
                              const msched_catalog_options *options, msched_error *err)
{
    msched_error local, reason = {0};
    msched_catalog_builder *builder;
    err = err == NULL ? &local : err;
    msched_result result = msched_catalog_builder_create(&builder, options, err);
    return result == MSCHED_OK
               ? end(out, builder, msched__load(builder, input, &reason), &reason, err)
               : result;
}

msched_result msched_catalog_load_memory(msched_catalog **out, const void *data, size_t size_bytes,
                                         const msched_catalog_options *options, msched_error *err)
{
    if (out == NULL || (data == NULL && size_bytes > 0))
        return msched__fail_null(err, out == NULL ? "out" : "data");
    *out = NULL;
    const msched__load_input input = {
        .name = "<memory>", .memory = {data, size_bytes}, .total_bytes = size_bytes};
    return load_one(out, &input, options, err);
}

msched_result msched_catalog_load_callback(msched_catalog **out, msched_read_fn read,
                                           void *read_ctx, const msched_catalog_options *options,
                                           msched_error *err)
{
    if (out == NULL || read == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "read");
    *out = NULL;
    const msched__load_input input = {.name = "<callback>", .read = read, .read_ctx = read_ctx};
    return load_one(out, &input, options, err);
}

static int64_t read_file(void *ctx, void *buffer, size_t size)
{
    ssize_t got;
    do {
        got = read(*(const int *)ctx, buffer, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

msched__slice msched__file_stem(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    size_t size = strlen(name);
    static const char *const endings[] = {".gz",   ".csv",  ".tsv", ".txt",  ".CSV",
                                          ".TSV",  ".TXT",  ".m3u", ".m3u8", ".xspf",
                                          ".jspf", ".json", ".xml"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t end = strlen(endings[i]);
        if (size > end && memcmp(name + size - end, endings[i], end) == 0)
            size -= end;
    }
    return (msched__slice){name, size};
}

msched_result msched__load_file(msched_catalog_builder *builder, const char *path,
                                int is_one_of_many, msched_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return msched__fail_to_read(path, errno, err);
    struct stat status;
    msched_result result;
    if (fstat(file, &status) != 0)
        result = msched__fail_to_read(path, errno, err);
    else if (S_ISDIR(status.st_mode))
        result = msched__fail_to_read(path, EISDIR, err);
    else {
        const msched__load_input input = {
            .name = path,
            .read = read_file,
            .read_ctx = &file,
            .total_bytes = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0,
            .playlist = is_one_of_many ? msched__file_stem(path) : (msched__slice){"", 0},
            .is_one_of_many = is_one_of_many};
        result = msched__load(builder, &input, err);
    }
    close(file);
    return result;
}

static msched_result saved_among_others(const char *path, msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                        "%.120s: a saved catalog cannot be combined with other files: load all "
                        "song files together and save them as one catalog",
                        path);
}

msched_result msched_catalog_load_paths(msched_catalog **out, const char *const *paths,
                                        uint32_t path_count, const msched_catalog_options *options,
                                        msched_error *err)
{
    msched_error local, reason = {0};
    if (out == NULL || paths == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "paths");
    *out = NULL;
    if (path_count == 0)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "paths: no file given");
    for (uint32_t i = 0; i < path_count; i++)
        if (paths[i] == NULL)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT, "paths[%u] is NULL", (unsigned)i);
    for (uint32_t i = 0; i < path_count; i++)
        if (msched__is_saved_catalog(paths[i]))
            return path_count == 1 ? msched__catalog_open_path(out, paths[i], options, err)
                                   : saved_among_others(paths[i], err);
    err = err == NULL ? &local : err;
    msched_catalog_builder *builder;
    msched_result result = msched_catalog_builder_create(&builder, options, err);
    if (result != MSCHED_OK)
        return result;
    for (uint32_t i = 0; result == MSCHED_OK && i < path_count; i++)
        result = msched__load_file(builder, paths[i], path_count > 1, &reason);
    return end(out, builder, result, &reason, err);
}

msched_result msched_catalog_load_path(msched_catalog **out, const char *path,
                                       const msched_catalog_options *options, msched_error *err)
{
    if (out == NULL || path == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "path");
    return msched_catalog_load_paths(out, &path, 1, options, err);
}
