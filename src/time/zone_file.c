#include "time/zone_file.h"

#include "base/error.h"
#include "time/tzif.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

msched_result msched__zone_file_read(const char *path, const char *name, msched__buffer *bytes,
                                     msched_error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return msched__fail(
            err, errno == ENOENT || errno == ENOTDIR ? MSCHED_ERROR_NOT_FOUND : MSCHED_ERROR_IO,
            "no time zone \"%s\": cannot open %s (%s)", name, path, strerror(errno));
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0 && bytes->size <= MSCHED__TZIF_MAX_BYTES)
        msched__buffer_add(bytes, block, got);
    int failed = ferror(file);
    fclose(file);
    if (bytes->failed)
        return msched__fail_memory(err);
    if (failed)
        return msched__fail(err, MSCHED_ERROR_IO, "cannot read the time zone file %s", path);
    return MSCHED_OK;
}

msched_result msched__zone_file_link(const char *dir, const char *name,
                                     const msched_allocator *allocator,
                                     char target[MSCHED__ZONE_NAME_BYTES])
{
    char line[256], linked[MSCHED__ZONE_NAME_BYTES];
    int found = 0;
    msched__buffer path;
    msched__buffer_init(&path, allocator);
    msched__buffer_string(&path, dir);
    msched__buffer_string(&path, "/tzdata.zi");
    FILE *text = path.failed ? NULL : fopen(path.data, "r");
    while (text != NULL && !found && fgets(line, sizeof line, text) != NULL)
        found = sscanf(line, "L %64s %64s", target, linked) == 2 && strcmp(linked, name) == 0;
    if (text != NULL)
        fclose(text);
    const msched_result result = path.failed ? MSCHED_ERROR_MEMORY
                                 : found     ? MSCHED_OK
                                             : MSCHED_ERROR_NOT_FOUND;
    msched__buffer_free(&path);
    return result;
}
