/* Open saved catalogs: directly, and as song files. */
#include "catalog/saved/saved_open.h"

#include "base/error.h"
#include "catalog/build/builder.h"
#include "catalog/saved/saved_catalog.h"
#include "catalog/saved/saved_form.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int msched__is_saved_catalog(const char *path)
{
    struct stat status;
    char head[MSCHED__SECTION_MAGIC_BYTES];
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return 0; /* a pipe must not be read twice */
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    const ssize_t got = file < 0 ? -1 : read(file, head, sizeof head);
    if (file >= 0)
        close(file);
    return got > 0 && msched__is_section_file(head, (size_t)got);
}

/* Options that only apply when a catalog is saved are refused now. */
static msched_result check_options(const msched_catalog_options *options, const char *name,
                                   msched_error *err)
{
    if (options->column_count == 0 && options->default_duration_ms == 0)
        return MSCHED_OK;
    return msched__fail(
        err, MSCHED_ERROR_ARGUMENT,
        "%.120s: the columns and lengths of a saved catalog are fixed: set %s when you save it",
        name, options->column_count > 0 ? "columns" : "the default length");
}

msched_result msched__catalog_open_path(msched_catalog **out, const char *path,
                                        const msched_catalog_options *options, msched_error *err)
{
    msched_catalog_options known;
    msched__section_file file;
    if (out == NULL || path == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "path");
    *out = NULL;
    msched_result result = msched__catalog_options_read(&known, options, err);
    const char *name = known.source_name != NULL ? known.source_name : path;
    if (result == MSCHED_OK)
        result = check_options(&known, name, err);
    if (result != MSCHED_OK)
        return result;
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return msched__fail_to_read(path, errno, err);
    if (msched__is_saved_catalog(path))
        result = msched__section_file_map(&file, descriptor, name, err);
    else
        result = msched__fail(err, MSCHED_ERROR_SYNTAX,
                              "%.120s: not a saved catalog: load it as a song file", name);
    close(descriptor);
    return result == MSCHED_OK ? msched__catalog_open_sections(out, &file, &known, name, err)
                               : result;
}
