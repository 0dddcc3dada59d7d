/* A catalog out of CSV: from a path, from memory or from a callback. */
#include "base/alloc.h"
#include "base/options.h"
#include "catalog/row_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define THREAD_BYTES ((uint64_t)1 << 20) /* smaller inputs are read sooner than a thread is made */
#define REPORT_BYTES ((uint64_t)32 * 1024)

typedef struct load_input {
    const char *name;     /* where the options give none */
    msched__slice memory; /* used when read is NULL */
    msched_read_fn read;
    void *read_ctx;
    uint64_t total_bytes; /* 0: not known */
} load_input;

typedef struct load_job {
    const load_input *input;
    msched_catalog_builder *builder;
    const msched_catalog_options *options; /* the builder's, with defaults */
    msched__row_reader reader;
    int own_thread;       /* rows are read by a thread of their own */
    uint64_t next_report; /* of progress, then */
    int expects;          /* the builder knows how many rows to expect */
} load_job;

void msched_catalog_options_init(msched_catalog_options *options, uint32_t struct_size)
{
    static const msched_catalog_options defaults;
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* Only where the caller's code is not called there: not its allocator, and not its read callback, whose size is not known. */
static int wants_thread(const load_job *job)
{
    return job->options->threads != 1 && job->options->allocator == NULL && job->input->total_bytes >= THREAD_BYTES &&
           sysconf(_SC_NPROCESSORS_ONLN) > 1;
}

/* With an own thread progress and cancel are asked here, in the caller's; else by the CSV reader. */
static msched_result report(load_job *job, const msched__row_batch *batch, msched_error *err)
{
    const msched_catalog_options *options = job->options;
    if (!job->own_thread || (batch->done_bytes < job->next_report && batch->end != MSCHED__ROW_END))
        return MSCHED_OK;
    job->next_report = batch->done_bytes + REPORT_BYTES;
    if (options->progress != NULL)
        options->progress(options->progress_ctx, batch->done_bytes, job->input->total_bytes);
    if (options->cancel != NULL && options->cancel(options->cancel_ctx) != 0)
        return msched__fail(err, MSCHED_ERROR_CANCELLED, "%s: loading was cancelled", job->reader.source);
    return MSCHED_OK;
}

static msched_result add_rows(load_job *job, const msched__row_batch *batch, msched_error *err)
{
    msched_result result = MSCHED_OK;
    for (size_t i = 0; result == MSCHED_OK && i < batch->row_count; i++) {
        const msched__checked_row *row = &batch->rows[i];
        const msched__row_place place = {job->reader.source, row->line, job->reader.fields};
        if (i + 1 < batch->row_count)
            msched__builder_announce(job->builder, &row[1].values);
        result = msched__builder_add_values(job->builder, &row->values, &place, err);
        if (result == MSCHED_ERROR_CONFLICT)
            result = msched__builder_refuse(job->builder, err);
    }
    return result;
}

/* The rows of a batch and what follows them. */
static msched_result take_batch(load_job *job, const msched__row_batch *batch, msched_error *err)
{
    msched_result result = add_rows(job, batch, err);
    if (result != MSCHED_OK || batch->end == MSCHED__ROW_GOOD || batch->end == MSCHED__ROW_END)
        return result;
    *err = batch->error;
    return batch->end == MSCHED__ROW_BAD ? msched__builder_refuse(job->builder, err) : err->code;
}

/* After the first rows, tell the builder how many rows the whole input will have. */
#define LEAST_EXPECTED_ROWS 1000
#define MOST_EXPECTED_ROWS  4000000 /* beyond, growing step by step is cheap beside reading */
static void expect_rows(load_job *job, const msched__row_batch *batch)
{
    uint64_t total = job->input->total_bytes;
    if (job->expects || total == 0 || batch->row_count == 0)
        return;
    job->expects = 1;
    uint64_t rows = total / (batch->text_size / batch->row_count + 1) + batch->row_count;
    if (rows >= LEAST_EXPECTED_ROWS && rows <= MOST_EXPECTED_ROWS)
        msched__builder_expect(job->builder, (uint32_t)(rows + rows / 32));
}

static msched_result read_rows(load_job *job, msched_error *err)
{
    msched__row_batches *batches = msched__row_batches_open(&job->reader, &job->builder->allocator, job->own_thread);
    if (batches == NULL)
        return msched__fail_memory(err);
    msched_result result = MSCHED_OK;
    const msched__row_batch *batch;
    do {
        batch = msched__row_batches_next(batches);
        result = take_batch(job, batch, err);
        if (result == MSCHED_OK)
            result = report(job, batch, err);
        expect_rows(job, batch);
    } while (result == MSCHED_OK && batch->end != MSCHED__ROW_END);
    msched__row_batches_close(batches);
    return result;
}

static msched_result open_csv(load_job *job, msched__csv **csv, msched_error *err)
{
    const msched_catalog_options *options = job->options;
    if (!msched__csv_delimiter_ok(options->delimiter))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "delimiter must be a tab or a printable ASCII character other than a quote");
    msched__csv_options csv_options = {
        .delimiter = (char)options->delimiter,
        .max_row_bytes = options->max_row_bytes,
        .max_bytes = options->max_bytes,
        .total_bytes = job->input->total_bytes,
        .allocator = job->builder->allocator,
    };
    if (!job->own_thread) {
        csv_options.progress = options->progress;
        csv_options.progress_ctx = options->progress_ctx;
        csv_options.cancel = options->cancel;
        csv_options.cancel_ctx = options->cancel_ctx;
    }
    *csv = job->input->read != NULL ? msched__csv_open(&csv_options, job->input->read, job->input->read_ctx)
                                    : msched__csv_open_memory(&csv_options, job->input->memory);
    return *csv == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

static msched_result read_input(load_job *job, msched_error *err)
{
    msched__csv *csv = NULL;
    const char *source = job->options->source_name != NULL ? job->options->source_name : job->input->name;
    msched_result result = open_csv(job, &csv, err);
    if (result == MSCHED_OK)
        result = msched__row_reader_begin(&job->reader, job->options, source, csv, err);
    if (result == MSCHED_OK)
        result = read_rows(job, err);
    msched__csv_close(csv);
    return result;
}

static msched_result load(msched_catalog **out, const load_input *input, const msched_catalog_options *options, msched_error *err)
{
    load_job job = {.input = input, .next_report = REPORT_BYTES};
    msched_error local, reason;
    err = err == NULL ? &local : err;
    msched_result result = msched_catalog_builder_create(&job.builder, options, err);
    if (result != MSCHED_OK)
        return result;
    job.options = msched__builder_options(job.builder);
    job.own_thread = wants_thread(&job);
    result = read_input(&job, &reason);
    if (result == MSCHED_OK)
        return msched_catalog_builder_finish(out, job.builder, err);
    *err = reason;
    msched_catalog_builder_free(job.builder);
    return result;
}

msched_result msched_catalog_load_memory(msched_catalog **out, const void *data, size_t size_bytes,
                                         const msched_catalog_options *options, msched_error *err)
{
    if (out == NULL || (data == NULL && size_bytes > 0))
        return msched__fail_null(err, out == NULL ? "out" : "data");
    *out = NULL;
    const load_input input = {.name = "<memory>", .memory = {data, size_bytes}, .total_bytes = size_bytes};
    return load(out, &input, options, err);
}

msched_result msched_catalog_load_callback(msched_catalog **out, msched_read_fn read, void *read_ctx,
                                           const msched_catalog_options *options, msched_error *err)
{
    if (out == NULL || read == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "read");
    *out = NULL;
    const load_input input = {.name = "<callback>", .read = read, .read_ctx = read_ctx};
    return load(out, &input, options, err);
}

static int64_t read_file(void *ctx, void *buffer, size_t size)
{
    ssize_t got;
    do {
        got = read(*(const int *)ctx, buffer, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

static msched_result cannot_open(const char *path, int number, msched_error *err)
{
    char why[100];
    if (strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
    return msched__fail(err, MSCHED_ERROR_IO, "%.120s: cannot be read: %s", path, why);
}

msched_result msched_catalog_load_path(msched_catalog **out, const char *path, const msched_catalog_options *options,
                                       msched_error *err)
{
    if (out == NULL || path == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "path");
    *out = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return cannot_open(path, errno, err);
    struct stat status;
    msched_result result;
    if (fstat(file, &status) != 0)
        result = cannot_open(path, errno, err);
    else if (S_ISDIR(status.st_mode))
        result = cannot_open(path, EISDIR, err);
    else {
        const load_input input = {.name = path,
                                  .read = read_file,
                                  .read_ctx = &file,
                                  .total_bytes = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0};
        result = load(out, &input, options, err);
    }
    close(file);
    return result;
}
