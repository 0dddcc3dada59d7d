#include "handle.h"

#include <stdlib.h>
#include <string.h>

/* A load, from a path or from memory. */
typedef struct load {
    msched_catalog_options options;
    const char *data;
    size_t size;
    char *path_lines, *column_lines; /* what `paths` and `columns` point into */
    const char **paths, **columns;
    uint32_t path_count;
    msched_catalog *catalog;
    msched_error *err;
} load;

static void read_options(load *self, const char *delimiter, int skip_bad_rows, const char *columns,
                         int strict, int64_t default_duration_ms, const char *encoding)
{
    msched_catalog_options *options = &self->options;
    msched_error *err = self->err;
    msched_catalog_options_init(options, sizeof *options);
    options->column_count = split_lines(columns, &self->column_lines, &self->columns, err);
    options->columns = self->columns;
    options->strict = strict != 0;
    options->encoding = encoding == NULL || encoding[0] == '\0' ? NULL : encoding;
    if (default_duration_ms < 0 || default_duration_ms > 86400000)
        fail(err, MSCHED_ERROR_ARGUMENT, "default_duration_ms: 0 to 86,400,000 is needed", "");
    else
        options->default_duration_ms = (uint32_t)default_duration_ms;
    options->skip_bad_rows = skip_bad_rows != 0;
    options->cancel = msched_swig_cancel;
    options->cancel_ctx = err;
    if (delimiter == NULL || delimiter[0] == '\0')
        return;
    if (delimiter[1] != '\0')
        fail(err, MSCHED_ERROR_ARGUMENT, "delimiter: one ASCII character is needed", "");
    options->delimiter = (unsigned char)delimiter[0];
}

static void run_load(void *argument)
{
    load *self = argument;
    if (self->paths != NULL)
        msched_catalog_read_files(&self->catalog, self->paths, self->path_count, &self->options,
                                  self->err);
    else
        msched_catalog_load_memory(&self->catalog, self->data, self->size, &self->options,
                                   self->err);
}

static Catalog *load_catalog(load *self)
{
    if (self->err->code == MSCHED_OK)
        msched_swig_run(run_load, self, self->err);
    free(self->path_lines);
    free(self->column_lines);
    free(self->paths);
    free(self->columns);
    return Catalog_wrap(self->catalog, self->err);
}

Catalog *read_csv(const char *paths, const char *delimiter, int skip_bad_rows, const char *columns,
                  int strict, int64_t default_duration_ms, const char *encoding, msched_error *err)
{
    load job = {.err = err};
    read_options(&job, delimiter, skip_bad_rows, columns, strict, default_duration_ms, encoding);
    job.path_count = split_lines(paths, &job.path_lines, &job.paths, err);
    if (job.path_count == 0)
        fail(err, MSCHED_ERROR_ARGUMENT, "no path was given", "");
    return load_catalog(&job);
}

Catalog *read_csv_text(const char *data, size_t size, const char *delimiter, int skip_bad_rows,
                       const char *columns, int strict, int64_t default_duration_ms,
                       const char *encoding, msched_error *err)
{
    load job = {.data = data, .size = size, .err = err};
    read_options(&job, delimiter, skip_bad_rows, columns, strict, default_duration_ms, encoding);
    return load_catalog(&job);
}

static void run_prepare(void *argument)
{
    load *self = argument;
    msched_catalog_prepare(self->catalog, self->err);
}

void Catalog_prepare(Catalog *self, msched_error *err)
{
    load job = {.catalog = Catalog_take(self, err), .err = err};
    if (job.catalog != NULL)
        msched_swig_run(run_prepare, &job, err);
    msched_catalog_unref(job.catalog);
}

/* A catalog and the file that it is saved to. */
typedef struct save {
    msched_catalog *catalog;
    const char *path;
    msched_error *err;
} save;

static void run_save(void *argument)
{
    save *self = argument;
    msched_catalog_save(self->catalog, self->path, self->err);
}

void Catalog_save(Catalog *self, const char *path, msched_error *err)
{
    save job = {.catalog = Catalog_take(self, err), .path = path, .err = err};
    if (job.catalog != NULL)
        msched_swig_run(run_save, &job, err);
    msched_catalog_unref(job.catalog);
}

int64_t Catalog_info(Catalog *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"entries",      "tracks",      "recordings", "artists",
                                        "albums",       "playlists",   "genres",     "subgenres",
                                        "rows_skipped", "memory_bytes"};
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_catalog *catalog = Catalog_take(self, err);
    if (catalog == NULL)
        return 0;
    if (msched_catalog_get_info(catalog, &info) != MSCHED_OK)
        fail(err, MSCHED_ERROR_MEMORY, "out of memory", "");
    msched_catalog_unref(catalog);
    const uint64_t values[] = {info.entries,      info.tracks,      info.recordings, info.artists,
                               info.albums,       info.playlists,   info.genres,     info.subgenres,
                               info.rows_skipped, info.memory_bytes};
    return (int64_t)values[choose("info", name, names, 10, err)];
}

Table *Catalog_tracks(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    if (catalog == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_catalog_export_tracks(catalog, &stream, err), &stream, err);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_entries(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    if (catalog == NULL)
        return NULL;
    struct ArrowArrayStream stream;
    Table *result = take_stream(msched_catalog_export_entries(catalog, &stream, err), &stream, err);
    msched_catalog_unref(catalog);
    return result;
}

Table *Catalog_skipped(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    if (catalog == NULL)
        return NULL;
    uint32_t rows = msched_catalog_skipped_count(catalog);
    Table *result = table_create(rows, 4);
    double *lines = table_add_numbers(result, "line", 1),
           *columns = table_add_numbers(result, "column", 1);
    char **codes = table_add_texts(result, "code"), **messages = table_add_texts(result, "message");
    for (uint32_t r = 0; lines != NULL && columns != NULL && r < rows; r++) {
        msched_error reason = {0};
        msched_catalog_skipped_get(catalog, r, &reason);
        lines[r] = (double)reason.line;
        columns[r] = reason.column;
        table_set_text(result, codes, r, msched_result_name(reason.code));
        table_set_text(result, messages, r, reason.message);
    }
    msched_catalog_unref(catalog);
    return table_finish(result, err);
}

char *Catalog_report(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    msched_text *text = NULL;
    if (catalog != NULL)
        msched_catalog_report_to_text(catalog, &text, err);
    msched_catalog_unref(catalog);
    return take_text(err->code, text, err);
}

char *Catalog_report_json(Catalog *self, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    msched_text *text = NULL;
    if (catalog != NULL)
        msched_catalog_report_to_json(catalog, &text, err);
    msched_catalog_unref(catalog);
    return take_text(err->code, text, err);
}

char *Catalog_track_json(Catalog *self, const char *track_id, msched_error *err)
{
    msched_catalog *catalog = Catalog_take(self, err);
    uint32_t index = 0;
    msched_text *text = NULL;
    if (catalog != NULL && msched_catalog_find_id(catalog, track_id, &index, err) == MSCHED_OK)
        msched_track_to_json(catalog, index, &text, err);
    msched_catalog_unref(catalog);
    return take_text(err->code, text, err);
}
