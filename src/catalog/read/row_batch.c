#include "catalog/read/row_batch.h"

#include "base/alloc.h"
#include "base/meeting.h"
#include "base/thread.h"
#include "catalog/cells/row.h"

#include <string.h>

/* Rows of a batch, which should stay in the cache of a processor; ROWS_ALONE: without a thread. */
#define BATCH_ROWS ((size_t)256)
#define ROWS_ALONE ((size_t)128)
#define TEXT_BYTES ((size_t)256) /* for each row, unless one row has more than all together */
#define ROW_FIELDS ((size_t)24)  /* the same */
#define BATCHES    2u            /* at once for each of several workers, which then rarely wait */
#define PLACES     (BATCHES * MSCHED__LOAD_WORKERS)

typedef struct batches batches;
typedef struct worker worker;

/* The caller's thread, or another. */
struct worker {
    batches *all;
    msched__row_reader reader;
    msched__csv *csv;           /* of `reader`; splits lines of a batch */
    msched__file_report report; /* of `reader` */
    /* of the batch that it splits and reads */
    msched__csv_row rows[BATCH_ROWS];
    msched__slice *fields;
    size_t field_count, field_capacity;
    msched__csv_lines lines; /* of the batch; if there are any, its rows are not yet split */
    uint64_t done_bytes;     /* of the input, by the batch that it read or took last */
};

/* Room for a batch, which the next one takes as soon as its rows are added. */
typedef struct place {
    msched__row_batch batch;
    _Atomic(worker *) reader; /* who read it */
    atomic_size_t filled;     /* 1 more than the number of the batch, once it can be taken */
} place;

/*
 * Each batch is split, then read, then taken. One worker at a time splits and one takes, both in
 * the order of the batches. Splitting finds lines, or rows where lines do not suffice. Reading
 * needs no turn: it finds the rows of lines, and reads rows. A worker waits if it can do nothing.
 */
struct batches {
    msched__row_reader *reader;
    const msched__batch_taker *taker;
    msched_allocator allocator;
    msched__csv_row held; /* did not fit into the last batch */
    int holds;
    size_t place_count, most_rows;
    place places[PLACES];
    atomic_size_t begun, taken;         /* batches; of the worker that splits, and that takes */
    atomic_int is_splitting, is_taking; /* a worker is */
    atomic_int is_split;                /* the last batch is */
    atomic_int stopped;                 /* nothing more is taken */
    /* of the taking that failed, written in its turn; read when all workers have ended */
    msched_result result;
    msched_error reason;
    msched__meeting meeting;
    worker workers[MSCHED__LOAD_WORKERS];
};

static int grow(const batches *all, void *items, size_t *capacity, size_t count, size_t size)
{
    return msched__grow(&all->allocator, items, capacity, count, size);
}

/* Make room for one more row. 1, 0 if the batch is full, -1 when out of memory. */
static int make_room(worker *w, msched__row_batch *batch, const msched__csv_row *row)
{
    if (row->bytes.size <= batch->text_capacity - batch->text_size &&
        row->field_count <= w->field_capacity - w->field_count)
        return 1;
    if (batch->row_count > 0)
        return 0;
    return grow(w->all, (void **)&batch->text, &batch->text_capacity, row->bytes.size, 1) &&
                   grow(w->all, (void **)&w->fields, &w->field_capacity, row->field_count,
                        sizeof *w->fields)
               ? 1
               : -1;
}

/* Copy a row, because the next one takes its memory. */
static void keep_row(worker *w, msched__row_batch *batch, const msched__csv_row *row)
{
    msched__slice *fields = w->fields + w->field_count;
    char *bytes = batch->text + batch->text_size;
    memcpy(bytes, row->bytes.data, row->bytes.size);
    for (size_t i = 0; i < row->field_count; i++)
        fields[i] = (msched__slice){bytes + (row->fields[i].data - row->bytes.data),
                                    row->fields[i].size};
    msched__csv_row *kept = &w->rows[batch->row_count++];
    *kept = *row;
    kept->fields = fields;
    kept->bytes.data = bytes;
    w->field_count += row->field_count;
    batch->text_size += row->bytes.size;
}

/* Split the next bytes into the rows of a batch. */
static void split_rows(worker *w, msched__row_batch *batch)
{
    batches *all = w->all;
    while (batch->row_count < all->most_rows) {
        if (!all->holds)
            batch->end = msched__row_reader_next(all->reader, &all->held, &batch->error);
        if (batch->end != MSCHED__ROW_GOOD)
            break;
        const int room = make_room(w, batch, &all->held);
        all->holds = room == 0;
        if (room < 0) {
            msched__fail_memory(&batch->error);
            batch->end = MSCHED__ROW_FAILED;
        }
        if (room <= 0)
            break;
        keep_row(w, batch, &all->held);
    }
}

/* Take lines for a batch, or rows if the next lines cannot be split by themselves. */
static void split(worker *w, msched__row_batch *batch)
{
    batches *all = w->all;
    batch->row_count = batch->text_size = w->field_count = 0;
    batch->end = MSCHED__ROW_GOOD;
    w->lines.count = 0;
    w->reader.rows_read = all->reader->rows_read - (all->holds != 0);
    if (!all->holds &&
        msched__row_reader_take_lines(all->reader, all->most_rows, &batch->text,
                                      &batch->text_capacity, &w->lines, &batch->error) != MSCHED_OK)
        batch->end = MSCHED__ROW_FAILED;
    else if (w->lines.count == 0)
        split_rows(w, batch);
    batch->done_bytes = msched__csv_position(all->reader->csv);
}

/* Keep texts of a row that were made of its cells. 0 when out of memory. */
static int keep_made(msched__row_batch *batch, msched__values *values, msched__slice bytes)
{
    const char *copy = msched__arena_copy(&batch->made, bytes.data, bytes.size);
    if (copy == NULL)
        return 0;
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        /* large: not the row's */
        const size_t at = (size_t)((uintptr_t)values->text[column].data - (uintptr_t)bytes.data);
        if (values->text[column].size > 0 && at < bytes.size)
            values->text[column].data = copy + at;
    }
    return 1;
}

/* Keep why a row is left out. 0 when out of memory. */
static int keep_error(const batches *all, msched__row_batch *batch, const msched_error *error)
{
    if (!grow(all, (void **)&batch->errors, &batch->error_capacity, batch->error_count + 1,
              sizeof *batch->errors))
        return 0;
    batch->errors[batch->error_count++] = *error;
    return 1;
}

/* 1 if bytes are where the batch keeps them. */
static int is_kept(const worker *w, const msched__row_batch *batch, const char *bytes)
{
    const msched__slice kept = w->lines.count > 0 ? w->lines.text
                                                  : (msched__slice){batch->text, batch->text_size};
    return (uintptr_t)bytes - (uintptr_t)kept.data < kept.size; /* large: before it */
}

/* Read a row. 0: the batch ends before it, with an error. */
static int read_row(worker *w, msched__row_batch *batch, const msched__csv_row *from,
                    msched__checked_row *row)
{
    msched_error error;
    row->outcome = msched__row_reader_read(&w->reader, from, row, &error);
    if (row->outcome == MSCHED__ROW_FAILED) {
        batch->error = error;
        return 0;
    }
    if (row->outcome == MSCHED__ROW_LOST || row->outcome == MSCHED__ROW_BAD)
        msched__row_reader_forget(&w->reader); /* the row is not added */
    const msched__slice bytes = w->reader.row.bytes;
    const int kept = row->outcome == MSCHED__ROW_BLANK ||
                     (row->outcome != MSCHED__ROW_GOOD
                          ? keep_error(w->all, batch, &error)
                          : is_kept(w, batch, bytes.data) || keep_made(batch, &row->values, bytes));
    if (!kept)
        msched__fail_memory(&batch->error);
    return kept;
}

/* Read the rows of a batch that are split. 0: it ends before one, with an error. */
static int read_split(worker *w, msched__row_batch *batch)
{
    const size_t count = batch->row_count;
    for (batch->row_count = 0; batch->row_count < count; batch->row_count++) {
        msched__checked_row *row = &batch->rows[batch->row_count];
        if (!read_row(w, batch, &w->rows[batch->row_count], row))
            return 0;
    }
    return 1;
}

/* Keep a row that could not be split. 0 when out of memory. */
static int keep_bad(const worker *w, msched__row_batch *batch, msched__checked_row *row)
{
    row->outcome = MSCHED__ROW_BAD;
    row->line = batch->error.line;
    const msched_error error = batch->error;
    if (keep_error(w->all, batch, &error))
        return 1;
    msched__fail_memory(&batch->error);
    return 0;
}

/* Split and read the lines of a batch. 0: it ends before a row, with an error. */
static int read_lines(worker *w, msched__row_batch *batch)
{
    msched__csv_row *from = &w->reader.row;
    msched__csv_set_lines(w->csv, &w->lines);
    batch->text_size = w->lines.text.size;
    for (;; batch->row_count++) {
        msched__checked_row *row = &batch->rows[batch->row_count];
        const enum msched__row_outcome next = msched__row_reader_next(&w->reader, from,
                                                                      &batch->error);
        if (next == MSCHED__ROW_END)
            return 1;
        if (next == MSCHED__ROW_FAILED || (next == MSCHED__ROW_BAD && !keep_bad(w, batch, row)) ||
            (next == MSCHED__ROW_GOOD && !read_row(w, batch, from, row)))
            return 0;
    }
}

static void read_rows(worker *w, msched__row_batch *batch)
{
    batch->error_count = 0;
    msched__arena_reuse(&batch->made);
    msched__row_reader_forget(&w->reader);
    if (!(w->lines.count > 0 ? read_lines(w, batch) : read_split(w, batch)))
        batch->end = MSCHED__ROW_FAILED;
}

static int can_split(batches *all)
{
    return !atomic_load(&all->is_splitting) && !atomic_load(&all->is_split) &&
           atomic_load(&all->begun) - atomic_load(&all->taken) < all->place_count;
}

/* The place of the next batch, if it can be taken; else NULL. */
static place *next_to_take(batches *all)
{
    const size_t number = atomic_load(&all->taken);
    place *at = &all->places[number % all->place_count];
    return !atomic_load(&all->is_taking) && atomic_load(&at->filled) == number + 1 ? at : NULL;
}

static int is_done(batches *all)
{
    return atomic_load(&all->stopped) ||
           (atomic_load(&all->is_split) && atomic_load(&all->taken) == atomic_load(&all->begun));
}

static int has_work(void *all)
{
    return next_to_take(all) != NULL || can_split(all) || is_done(all);
}

/* 1 if the flag is now set by this worker. */
static int claim(atomic_int *flag)
{
    int idle = 0;
    return atomic_compare_exchange_strong(flag, &idle, 1);
}

static void give_back(batches *all, atomic_int *flag)
{
    atomic_store(flag, 0);
    msched__meeting_tell(&all->meeting);
}

/* Split and read the next batch. 0 if that cannot be done now. */
static int read_batch(worker *w)
{
    batches *all = w->all;
    if (!can_split(all) || !claim(&all->is_splitting))
        return 0;
    const size_t number = atomic_load(&all->begun);
    place *at = &all->places[number % all->place_count];
    const int is_free = !atomic_load(&all->is_split) &&
                        number - atomic_load(&all->taken) < all->place_count;
    if (is_free) {
        split(w, &at->batch);
        w->done_bytes = at->batch.done_bytes;
        atomic_store(&all->begun, number + 1);
        if (at->batch.end == MSCHED__ROW_FAILED || at->batch.end == MSCHED__ROW_END)
            atomic_store(&all->is_split, 1);
    }
    give_back(all, &all->is_splitting);
    if (!is_free)
        return 0;
    read_rows(w, &at->batch);
    atomic_store(&at->reader, w);
    atomic_store(&at->filled, number + 1);
    msched__meeting_tell(&all->meeting);
    return 1;
}

/* Take the next batch, only if `reader`, unless NULL, read it. 0 if that cannot be done now. */
static int take_batch(worker *w, const worker *reader)
{
    batches *all = w->all;
    place *at = next_to_take(all);
    if (at == NULL || (reader != NULL && reader != atomic_load(&at->reader)) ||
        !claim(&all->is_taking))
        return 0;
    const size_t number = atomic_load(&all->taken);
    at = &all->places[number % all->place_count];
    const int is_filled = atomic_load(&at->filled) == number + 1 && !atomic_load(&all->stopped);
    if (is_filled) {
        const msched_result result = all->taker->take(all->taker->ctx, &at->batch, &all->reason);
        w->done_bytes = at->batch.done_bytes;
        if (result != MSCHED_OK) {
            all->result = result;
            atomic_store(&all->stopped, 1);
        }
        atomic_store(&all->taken, number + 1);
    }
    give_back(all, &all->is_taking);
    return is_filled;
}

/*
 * A worker prefers batches that it read itself: they are in the cache of its processor. To move a
 * batch to another costs about as much as to read it, so that comes last.
 */
static int work_once(worker *w)
{
    return take_batch(w, w) || read_batch(w) || take_batch(w, NULL);
}

/*
 * Read and take batches until nothing is left. The caller's thread, which alone passes `err`, tells
 * what is done after each.
 */
static msched_result work(worker *w, msched_error *err)
{
    batches *all = w->all;
    msched_result result = MSCHED_OK;
    while (result == MSCHED_OK && !is_done(all)) {
        if (!work_once(w))
            msched__meeting_wait(&all->meeting, has_work, all);
        else if (err != NULL)
            result = all->taker->tell(all->taker->ctx, w->done_bytes, 0, err);
    }
    return result;
}

static void *run(void *argument)
{
    (void)work(argument, NULL);
    return NULL;
}

/* The work of the caller, beside those of the other workers that can be started. */
static msched_result work_together(batches *all, unsigned workers, msched_error *err)
{
    pthread_t threads[MSCHED__LOAD_WORKERS];
    unsigned started = 1;
    while (started < workers &&
           msched__thread_start(&threads[started], run, &all->workers[started]))
        started++;
    msched_result result = work(&all->workers[0], err);
    if (result != MSCHED_OK) {
        atomic_store(&all->stopped, 1);
        msched__meeting_tell(&all->meeting);
    }
    for (unsigned i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    if (all->result != MSCHED_OK) {
        *err = all->reason;
        result = all->result;
    }
    return result == MSCHED_OK
               ? all->taker->tell(all->taker->ctx, msched__csv_position(all->reader->csv), 1, err)
               : result;
}

static int begin(batches *all, unsigned workers)
{
    int done = 1;
    for (size_t i = 0; i < all->place_count; i++) {
        msched__row_batch *batch = &all->places[i].batch;
        msched__arena_init(&batch->made, &all->allocator, 0);
        batch->rows = msched__alloc_array(&all->allocator, all->most_rows, sizeof *batch->rows);
        done &= batch->rows != NULL && grow(all, (void **)&batch->text, &batch->text_capacity,
                                            all->most_rows * TEXT_BYTES, 1);
    }
    for (unsigned i = 0; i < workers; i++) {
        worker *w = &all->workers[i];
        w->all = all;
        w->csv = msched__csv_share(all->reader->csv);
        msched__row_reader_share(&w->reader, all->reader, w->csv, &w->report);
        done &= w->csv != NULL;
        done &= grow(all, (void **)&w->fields, &w->field_capacity, all->most_rows * ROW_FIELDS,
                     sizeof *w->fields);
    }
    return done;
}

static void end(batches *all, unsigned workers)
{
    for (unsigned i = 0; i < workers; i++) {
        msched__csv_join(all->reader->csv, all->workers[i].csv);
        msched__row_reader_join(all->reader, &all->workers[i].reader);
        msched__free(&all->allocator, all->workers[i].fields);
    }
    for (size_t i = 0; i < all->place_count; i++) {
        msched__row_batch *batch = &all->places[i].batch;
        msched__arena_reset(&batch->made);
        msched__free(&all->allocator, batch->rows);
        msched__free(&all->allocator, batch->text);
        msched__free(&all->allocator, batch->errors);
    }
}

msched_result msched__row_batches_take(msched__row_reader *reader,
                                       const msched_allocator *allocator, unsigned workers,
                                       const msched__batch_taker *taker, msched_error *err)
{
    batches *all = msched__alloc_zero(allocator, 1, sizeof *all);
    if (all == NULL)
        return msched__fail_memory(err);
    all->reader = reader;
    all->taker = taker;
    all->allocator = *allocator;
    all->place_count = workers > 1 ? BATCHES * workers : 1;
    all->most_rows = workers > 1 ? BATCH_ROWS : ROWS_ALONE;
    msched__meeting_init(&all->meeting);
    const msched_result result = begin(all, workers) ? work_together(all, workers, err)
                                                     : msched__fail_memory(err);
    end(all, workers);
    msched__meeting_end(&all->meeting);
    msched__free(allocator, all);
    return result;
}
