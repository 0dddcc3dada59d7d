/* Load an input into a builder: rows are read and added, by several threads if that pays. */
#include "catalog/read/load_job.h"

#include "base/alloc.h"
#include "catalog/build/left_out.h"
#include "catalog/build/settle.h"
#include "catalog/cells/row.h"
#include "catalog/read/row_batch.h"
#include "catalog/read/row_form.h"
#include "catalog/read/sniff.h"
#include "format/source.h"

#include <string.h>
#include <unistd.h>

#define WORKER_BYTES ((uint64_t)1 << 19) /* starting a thread takes longer than reading less */
#define REPORT_BYTES ((uint64_t)32 * 1024)

typedef struct load_job {
    const msched__load_input *input;
    msched_catalog_builder *builder;
    const msched_catalog_options *options; /* the builder's, with defaults */
    msched__row_reader reader;
    msched__source *source; /* NULL with strict, which reads plain CSV only */
    msched__csv *csv;
    msched__layout layout;
    msched__no_header no_header;
    unsigned workers;     /* threads that read and add rows, with the caller's */
    uint64_t next_report; /* of progress, then */
    int expects;          /* the builder knows how many rows to expect */
} load_job;

/*
 * Several only if no code of the caller runs in the other threads: no allocator, and no read
 * callback, whose size is unknown.
 */
static unsigned wanted_workers(const load_job *job)
{
    const uint64_t most = job->input->total_bytes / WORKER_BYTES;
    uint64_t workers = job->options->threads;
    if (workers == 0) {
        const long processors = sysconf(_SC_NPROCESSORS_ONLN);
        workers = processors < 1 ? 1 : (uint64_t)processors;
    }
    if (workers > MSCHED__LOAD_WORKERS)
        workers = MSCHED__LOAD_WORKERS;
    if (workers > most)
        workers = most;
    return job->options->allocator != NULL || workers == 0 ? 1 : (unsigned)workers;
}

/*
 * With further threads, progress and cancel are called here, in the caller's thread; otherwise, the
 * CSV reader calls them.
 */
static msched_result report(void *ctx, uint64_t done_bytes, int is_end, msched_error *err)
{
    load_job *job = ctx;
    const msched_catalog_options *options = job->options;
    if (job->workers == 1 || (done_bytes < job->next_report && !is_end))
        return MSCHED_OK;
    job->next_report = done_bytes + REPORT_BYTES;
    if (options->progress != NULL)
        options->progress(options->progress_ctx, done_bytes, job->input->total_bytes);
    if (options->cancel != NULL && options->cancel(options->cancel_ctx) != 0)
        return msched__fail(err, MSCHED_ERROR_CANCELLED, "%s: loading was canceled",
                            job->reader.source);
    return MSCHED_OK;
}

/*
 * Before row `i` of a batch is added: the rows after it are announced, step by step. Reading memory
 * takes about as long as adding a row.
 */
static void announce(const load_job *job, const msched__row_batch *batch, size_t i)
{
    static const struct {
        size_t ahead;
        enum msched__announcement step;
    } steps[] = {
        {6, MSCHED__ANNOUNCE_SLOTS}, {4, MSCHED__ANNOUNCE_OFFSETS}, {2, MSCHED__ANNOUNCE_TEXTS}};
    for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++)
        if (i + steps[s].ahead < batch->row_count)
            msched__builder_announce(job->builder, &batch->rows[i + steps[s].ahead].values,
                                     steps[s].step);
}

/* Handle a row that is not GOOD, because of `reason` unless it is BLANK. */
static msched_result leave_out(load_job *job, enum msched__row_outcome outcome,
                               const msched_error *reason, msched_error *err)
{
    if (outcome == MSCHED__ROW_BLANK) {
        job->builder->report.last_file->blank_rows++;
        return MSCHED_OK;
    }
    *err = *reason;
    if (outcome == MSCHED__ROW_BAD)
        return msched__builder_refuse(job->builder, err);
    err->code = MSCHED_ERROR_VALUE;
    return msched__builder_lose(job->builder, err);
}

static msched_result add_rows(load_job *job, const msched__row_batch *batch, msched_error *err)
{
    msched_result result = MSCHED_OK;
    const msched_error *error = batch->errors;
    for (size_t i = 0; result == MSCHED_OK && i < batch->row_count; i++) {
        const msched__checked_row *row = &batch->rows[i];
        const msched__row_place place = {job->reader.source, row->line, job->reader.map.fields};
        announce(job, batch, i);
        if (row->outcome != MSCHED__ROW_GOOD) {
            result = leave_out(job, row->outcome, error, err);
            error += row->outcome != MSCHED__ROW_BLANK;
            continue;
        }
        result = msched__builder_add_values(job->builder, &row->values, &place, err);
        if (result == MSCHED_ERROR_CONFLICT)
            result = msched__builder_refuse(job->builder, err);
    }
    return result;
}

/* Handle what follows the rows of a batch. */
static msched_result take_end(load_job *job, const msched__row_batch *batch, msched_error *err)
{
    if (batch->end == MSCHED__ROW_GOOD || batch->end == MSCHED__ROW_END)
        return MSCHED_OK;
    *err = batch->error;
    return batch->end == MSCHED__ROW_BAD ? msched__builder_refuse(job->builder, err) : err->code;
}

/* After the first rows, announce to the builder how many rows the whole input will have. */
#define LEAST_EXPECTED_ROWS 1000
#define MOST_EXPECTED_ROWS  16000000 /* beyond this, growing is cheap compared with reading */
#define LEAST_ROW_BYTES     32       /* on average; so that the room is no more than the input */
static void expect_rows(load_job *job, const msched__row_batch *batch)
{
    uint64_t total = job->input->total_bytes;
    if (job->expects || total == 0 || batch->row_count == 0)
        return;
    job->expects = 1;
    uint64_t rows = total / (batch->text_size / batch->row_count + 1) + batch->row_count;
    if (rows >= LEAST_EXPECTED_ROWS && rows <= MOST_EXPECTED_ROWS &&
        rows <= total / LEAST_ROW_BYTES)
        msched__builder_expect(job->builder, (uint32_t)(rows + rows / 32));
}

static msched_result take_batch(void *ctx, const msched__row_batch *batch, msched_error *err)
{
    load_job *job = ctx;
    msched_result result = add_rows(job, batch, err);
    if (result == MSCHED_OK)
        result = take_end(job, batch, err);
    if (result == MSCHED_OK)
        expect_rows(job, batch);
    return result;
}

static msched_result read_rows(load_job *job, msched_error *err)
{
    const msched__batch_taker taker = {take_batch, report, job};
    return msched__row_batches_take(&job->reader, &job->builder->allocator, job->workers, &taker,
                                    err);
}

/* Report the detected encoding. */
static void note_encoding(load_job *job)
{
    const msched__charset *charset = msched__source_charset(job->source);
    msched__report *all = &job->builder->report;
    msched__file_report *file = all->last_file;
    const unsigned share = charset->characters == 0
                               ? 0
                               : (unsigned)(UINT64_C(100) * charset->common / charset->characters);
    if (charset->name != NULL && job->options->encoding == NULL)
        msched__report_note(
            all, file,
            "the text is not UTF-8 and was read as %s, because %u of the %u first non-ASCII "
            "characters are common in it (%u %%)%s%s%s: if this is wrong, set the encoding",
            charset->name, (unsigned)charset->common, (unsigned)charset->characters, share,
            charset->next == NULL ? "" : ", although ", charset->next == NULL ? "" : charset->next,
            charset->next == NULL ? "" : " fits nearly as well");
    else if (charset->doubtful)
        msched__report_note(all, file,
                            "the text is not UTF-8 and its encoding is uncertain: read as "
                            "Windows-1252, it has symbols within words: set the encoding");
}

/* No line is a header: use what the cells show. */
static msched_result look_without_header(load_job *job, const msched__header_names *names,
                                         msched_error *err)
{
    const msched__csv_options options = {.delimiter = (char)job->options->delimiter,
                                         .max_row_bytes = job->options->max_row_bytes,
                                         .max_bytes = UINT64_MAX,
                                         .skip_lines = job->layout.skip_lines,
                                         .lenient = 1,
                                         .allocator = job->builder->allocator};
    msched_result result = msched__no_header_find(&job->no_header, job->reader.head, &options,
                                                  names, err);
    if (result != MSCHED_OK)
        return result;
    job->reader.no_header = &job->no_header;
    if (job->no_header.is_found)
        job->layout.delimiter = job->no_header.delimiter;
    return MSCHED_OK;
}

/* Examine the first text: its kind, header and delimiter. */
static msched_result look(load_job *job, msched_error *err)
{
    const msched_catalog_options *options = job->options;
    msched__file_report *report = job->builder->report.last_file;
    msched__header_names names;
    msched__slice head;
    job->layout = (msched__layout){(char)options->delimiter, 0, 0};
    report->encoding = "UTF-8";
    msched_result result = msched__header_names_read(&names, options, err);
    if (result != MSCHED_OK || (options->strict && options->encoding == NULL))
        return result;
    job->source = msched__source_open(&job->builder->allocator, job->input->read,
                                      job->input->read_ctx, job->input->memory);
    if (job->source == NULL)
        return msched__fail_memory(err);
    msched__source_name_encoding(job->source, options->encoding);
    result = msched__source_head(job->source, &head, err);
    if (result != MSCHED_OK)
        return result;
    const char *encoding = msched__source_encoding(job->source);
    report->encoding = msched__arena_copy(&job->builder->report.arena, encoding, strlen(encoding));
    if (report->encoding == NULL)
        return msched__fail_memory(err);
    if (options->strict)
        return MSCHED_OK;
    note_encoding(job);
    job->reader.head = head;
    job->layout = msched__sniff(head, job->input->has_names ? ',' : (char)options->delimiter,
                                &names);
    report->compression = msched__source_compression(job->source);
    report->skipped_lines = job->layout.skip_lines;
    if (!msched__csv_delimiter_ok((unsigned char)job->layout.delimiter))
        job->layout.delimiter = ',';
    return job->layout.found || job->input->has_names ? MSCHED_OK
                                                      : look_without_header(job, &names, err);
}

static msched_result open_csv(load_job *job, msched_error *err)
{
    const msched_catalog_options *options = job->options;
    const msched__load_input *input = job->input;
    msched__csv_options csv_options = {
        .delimiter = job->layout.delimiter,
        .max_row_bytes = options->max_row_bytes,
        .max_bytes = options->max_bytes,
        .total_bytes = input->total_bytes,
        .skip_lines = job->layout.skip_lines,
        .lenient = !options->strict,
        .allocator = job->builder->allocator,
    };
    if (job->workers == 1) {
        csv_options.progress = options->progress;
        csv_options.progress_ctx = options->progress_ctx;
        csv_options.cancel = options->cancel;
        csv_options.cancel_ctx = options->cancel_ctx;
    }
    size_t skip = 0;
    if (input->read == NULL &&
        (job->source == NULL || msched__source_is_memory(job->source, &skip)))
        job->csv = msched__csv_open_memory(&csv_options, input->memory);
    else if (job->source == NULL)
        job->csv = msched__csv_open(&csv_options, input->read, input->read_ctx);
    else
        job->csv = msched__csv_open(&csv_options, msched__source_read, job->source);
    job->builder->report.last_file->delimiter = job->layout.delimiter;
    return job->csv == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

/* Bytes that are invalid in the encoding. */
static msched_result check_lost_bytes(load_job *job, msched_error *err)
{
    const uint64_t lost = msched__source_lost(job->source);
    msched__report *all = &job->builder->report;
    if (lost == 0)
        return MSCHED_OK;
    if (job->options->strict)
        return msched__fail(err, MSCHED_ERROR_ENCODING,
                            "%s: %llu bytes are not %s: set the encoding of the file",
                            job->reader.source, (unsigned long long)lost, all->last_file->encoding);
    msched__report_note(all, all->last_file,
                        "%llu bytes are not %s and became U+FFFD (\xEF\xBF\xBD)",
                        (unsigned long long)lost, all->last_file->encoding);
    return MSCHED_OK;
}

/* Check the size of a file without reading it. */
static msched_result check_size(const load_job *job, msched_error *err)
{
    const unsigned long long limit = job->options->max_bytes, bytes = job->input->total_bytes;
    if (bytes <= limit)
        return MSCHED_OK;
    return msched__fail(err, MSCHED_ERROR_LIMIT,
                        "the input is larger than %llu bytes, it has %llu: raise max_bytes to "
                        "load it",
                        limit, bytes);
}

static msched_result read_input(load_job *job, msched_error *err)
{
    const char *source = job->options->source_name != NULL && !job->input->is_one_of_many
                             ? job->options->source_name
                             : job->input->name;
    msched__report *all = &job->builder->report;
    if (msched__report_add_file(all) == NULL)
        return msched__fail_memory(err);
    if (job->options->delimiter != 0 && !msched__csv_delimiter_ok(job->options->delimiter))
        return msched__fail(
            err, MSCHED_ERROR_ARGUMENT,
            "delimiter must be a tab or a printable ASCII character other than a quote");
    msched__row_reader_init(&job->reader, job->options, source, all);
    job->reader.playlist = job->input->playlist;
    job->reader.lines = job->input->lines;
    job->reader.line_count = job->input->line_count;
    msched_result result = check_size(job, err);
    if (result == MSCHED_OK)
        result = look(job, err);
    if (result != MSCHED_OK && result != MSCHED_ERROR_ARGUMENT && result != MSCHED_ERROR_MEMORY)
        msched__name_source(&job->reader, err);
    if (result == MSCHED_OK)
        result = open_csv(job, err);
    if (result == MSCHED_OK)
        result = msched__row_reader_begin(&job->reader, job->csv, all, err);
    if (result == MSCHED_OK)
        result = read_rows(job, err);
    if (job->csv != NULL)
        job->builder->report.last_file->loose_quotes = msched__csv_loose_rows(job->csv);
    if (result == MSCHED_OK && job->source != NULL)
        result = check_lost_bytes(job, err);
    if (result == MSCHED_OK)
        result = msched__builder_check_losses(job->builder, job->reader.source, err);
    if (result == MSCHED_OK)
        result = msched__builder_settle(job->builder, &job->reader.evidence, err);
    else if (result == MSCHED_ERROR_IO && job->source != NULL &&
             msched__source_failure(job->source, err)) {
        msched__name_source(&job->reader, err);
        result = err->code;
    }
    msched__csv_close(job->csv);
    msched__source_close(job->source);
    msched__row_reader_free(&job->reader);
    return result;
}

msched_result msched__load(msched_catalog_builder *builder, const msched__load_input *input,
                           msched_error *err)
{
    load_job job = {.input = input, .builder = builder, .next_report = REPORT_BYTES};
    job.options = msched__builder_options(builder);
    job.workers = wanted_workers(&job);
    job.expects = builder->entry_count > 0; /* by the first input */
    return read_input(&job, err);
}
