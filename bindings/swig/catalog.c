#include "handle.h"

#include <stdlib.h>
#include <string.h>

/* A load, from a path or from memory. */
typedef struct load {
    msched_catalog_options options;
    const char *path, *data;
    size_t size;
    char *lines;          /* of `columns`, one a text */
    const char **columns; /* these texts */
    msched_catalog *catalog;
    msched_error *err;
} load;

/* "track_artist=artists", a line each, into the options. */
static void read_columns(load *self, const char *columns)
{
    uint32_t count = 1;
    if (columns == NULL || columns[0] == '\0')
        return;
    self->lines = copy_text(columns, strlen(columns), self->err);
    for (const char *at = columns; *at != '\0'; at++)
        count += *at == '\n';
    self->columns = calloc(count, sizeof *self->columns);
    if (self->lines == NULL || self->columns == NULL) {
        fail(self->err, MSCHED_ERROR_MEMORY, "out of memory", "");
        return;
    }
    char *at = self->lines;
    for (uint32_t i = 0; i < count; i++) {
        self->columns[i] = at;
        at += strcspn(at, "\n");
        *at++ = '\0';
    }
    self->options.columns = self->columns;
    self->options.column_count = count;
}

static void read_options(load *self, const char *delimiter, int skip_bad_rows, const char *columns)
{
    msched_catalog_options *options = &self->options;
    msched_error *err = self->err;
    msched_catalog_options_init(options, sizeof *options);
    read_columns(self, columns);
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
    if (self->path != NULL)
        msched_catalog_load_path(&self->catalog, self->path, &self->options, self->err);
    else
        msched_catalog_load_memory(&self->catalog, self->data, self->size, &self->options, self->err);
}

static Catalog *load_catalog(load *self)
{
    if (self->err->code == MSCHED_OK)
        msched_swig_run(run_load, self, self->err);
    free(self->lines);
    free(self->columns);
    return Catalog_wrap(self->catalog, self->err);
}

Catalog *read_csv(const char *path, const char *delimiter, int skip_bad_rows, const char *columns, msched_error *err)
{
    load job = {.path = path, .err = err};
    read_options(&job, delimiter, skip_bad_rows, columns);
    if (path == NULL)
        fail(err, MSCHED_ERROR_ARGUMENT, "there is no path", "");
    return load_catalog(&job);
}

Catalog *read_csv_text(const char *data, size_t size, const char *delimiter, int skip_bad_rows, const char *columns,
                       msched_error *err)
{
    load job = {.data = data, .size = size, .err = err};
    read_options(&job, delimiter, skip_bad_rows, columns);
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

int64_t Catalog_info(Catalog *self, const char *name, msched_error *err)
{
    static const char *const names[] = {"entries",   "tracks", "recordings", "artists",      "albums",
                                        "playlists", "genres", "subgenres",  "rows_skipped", "memory_bytes"};
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_catalog *catalog = Catalog_take(self, err);
    if (catalog == NULL)
        return 0;
    msched_catalog_get_info(catalog, &info);
    msched_catalog_unref(catalog);
    const uint64_t values[] = {info.entries,   info.tracks, info.recordings, info.artists,      info.albums,
                               info.playlists, info.genres, info.subgenres,  info.rows_skipped, info.memory_bytes};
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
    double *lines = table_add_numbers(result, "line", 1), *columns = table_add_numbers(result, "column", 1);
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
