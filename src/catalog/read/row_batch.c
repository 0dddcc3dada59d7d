#include "catalog/read/row_batch.h"

#include "base/alloc.h"
#include "base/meeting.h"
#include "base/thread.h"
#include "catalog/cells/row.h"

#include <string.h>

#define BATCH_ROWS ((size_t)128)       /* so that a batch stays in the cache of a processor */
#define TEXT_BYTES ((size_t)32 * 1024) /* of a batch, unless one row is longer */
#define WORKERS    2                   /* the caller, and the thread beside it */

typedef struct batches batches;

/* A thread, which fills a batch and then takes it. */
typedef struct worker {
    batches *all;
    msched__row_batch batch;
    msched__feature_notes notes;
} worker;

/*
 * Each worker reads rows into its batch, one worker at a time, then reads their features, and then
 * takes them when all batches before are taken. So the rows stay in the cache of one processor.
 */
struct batches {
    msched__row_reader *reader;
    const msched__batch_taker *taker;
    msched_allocator allocator;
    msched__checked_row held; /* was read, but did not fit into the last batch */
    int holds;
    unsigned begun;        /* batches that were read; of the worker that is reading */
    atomic_int is_reading; /* a worker is */
    atomic_int is_read;    /* the last batch is */
    atomic_uint taken;     /* batches */
    atomic_int stopped;    /* nothing more is taken */
    /* of the taking that failed, written in its turn; read when all workers have ended */
    msched_result result;
    msched_error reason;
    msched__meeting meeting;
    worker workers[WORKERS];
};

/* Make room for the texts of one more row. 1, 0 if the batch is full, -1 when out of memory. */
static int make_room(const batches *all, msched__row_batch *batch, size_t bytes)
{
    if (bytes <= batch->text_capacity - batch->text_size)
        return 1;
    if (batch->row_count > 0)
        return 0;
    return msched__grow(&all->allocator, (void **)&batch->text, &batch->text_capacity, bytes, 1)
               ? 1
               : -1;
}

/* Copy the memory of the row's texts, because the reader reuses it. */
static void keep_text(msched__row_batch *batch, msched__checked_row *row, msched__slice bytes)
{
    char *copy = batch->text + batch->text_size;
    row->at = batch->text_size;
    memcpy(copy, bytes.data, bytes.size);
    batch->text_size += bytes.size;
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        /* large: not the row's */
        const size_t at =
            (size_t)((uintptr_t)row->values.text[column].data - (uintptr_t)bytes.data);
        if (row->values.text[column].size > 0 && at < bytes.size)
            row->values.text[column].data = copy + at;
    }
}

static enum msched__row_outcome next_row(msched__row_reader *reader, msched__checked_row *row,
                                         msched_error *err)
{
    const enum msched__row_outcome outcome = msched__row_reader_next(reader, row, err);
    row->features_wait = outcome == MSCHED__ROW_GOOD && reader->features_wait;
    if (row->features_wait)
        msched__place_features(reader, row->places);
    return outcome;
}

static void fill(batches *all, msched__row_batch *batch)
{
    msched__row_reader *reader = all->reader;
    batch->row_count = batch->text_size = 0;
    batch->end = MSCHED__ROW_GOOD;
    while (batch->row_count < BATCH_ROWS) {
        msched__checked_row *row = &batch->rows[batch->row_count];
        if (all->holds)
            *row = all->held;
        else
            batch->end = next_row(reader, row, &batch->error);
        if (batch->end != MSCHED__ROW_GOOD)
            break;
        int room = make_room(all, batch, reader->row.bytes.size);
        if (room < 0) {
            msched__fail_memory(&batch->error);
            batch->end = MSCHED__ROW_FAILED;
            break;
        }
        all->holds = room == 0;
        if (all->holds) {
            all->held = *row;
            break;
        }
        keep_text(batch, row, reader->row.bytes);
        batch->row_count++;
    }
    batch->done_bytes = msched__csv_position(reader->csv);
}

/* 1 if playlist, genre and subgenre are the same. */
static int is_same_place(const msched__values *a, const msched__values *b)
{
    for (uint32_t column = MSCHED__COLUMN_PLAYLIST_ID; column <= MSCHED__COLUMN_SUBGENRE; column++)
        if (a->text[column].size != b->text[column].size)
            return 0;
    for (uint32_t column = MSCHED__COLUMN_PLAYLIST_ID; column <= MSCHED__COLUMN_SUBGENRE; column++)
        if (a->text[column].size > 0 &&
            memcmp(a->text[column].data, b->text[column].data, a->text[column].size) != 0)
            return 0;
    return 1;
}

/*
 * Do the work that needs no turn, so that it keeps no other worker waiting: compare each row with
 * the one before it, read the features that were left for later, and hash the texts. In strict
 * mode, the row before may be left out because of a conflict, so rows are not compared.
 */
static void prepare(worker *w)
{
    msched__row_batch *batch = &w->batch;
    const int compares = !w->all->reader->options->strict;
    for (size_t i = 0; i < batch->row_count; i++) {
        msched__checked_row *row = &batch->rows[i];
        row->values.same_place = compares && i > 0 &&
                                 is_same_place(&row->values, &batch->rows[i - 1].values);
        if (!row->features_wait)
            continue;
        msched__read_placed_features(w->all->reader, &w->notes, row->places, batch->text + row->at,
                                     row->line, &row->values);
        msched__hash_values(&row->values);
        row->features_wait = 0;
    }
}

static int is_last(const msched__row_batch *batch)
{
    return batch->end == MSCHED__ROW_FAILED || batch->end == MSCHED__ROW_END;
}

static int can_read(void *ctx)
{
    return !atomic_load(&((batches *)ctx)->is_reading);
}

/* The worker's batch and its number. */
typedef struct turn {
    batches *all;
    unsigned number;
} turn;

static int can_take(void *ctx)
{
    const turn *t = ctx;
    return atomic_load(&t->all->taken) == t->number || atomic_load(&t->all->stopped);
}

/* Read the next batch and set *number to its number. 0 if there is none. */
static int read_batch(worker *w, unsigned *number)
{
    batches *all = w->all;
    for (int idle = 0; !atomic_compare_exchange_strong(&all->is_reading, &idle, 1); idle = 0)
        msched__meeting_wait(&all->meeting, can_read, all);
    const int is_more = !atomic_load(&all->is_read) && !atomic_load(&all->stopped);
    if (is_more) {
        *number = all->begun++;
        fill(all, &w->batch);
        atomic_store(&all->is_read, is_last(&w->batch));
    }
    atomic_store(&all->is_reading, 0);
    msched__meeting_tell(&all->meeting);
    return is_more;
}

/* 0 if nothing more is to be taken. */
static int take_batch(worker *w, unsigned number)
{
    batches *all = w->all;
    turn t = {all, number};
    msched__meeting_wait(&all->meeting, can_take, &t);
    if (atomic_load(&all->stopped))
        return 0;
    const msched_result result = all->taker->take(all->taker->ctx, &w->batch, &all->reason);
    if (result != MSCHED_OK) {
        all->result = result;
        atomic_store(&all->stopped, 1);
    }
    atomic_store(&all->taken, number + 1);
    msched__meeting_tell(&all->meeting);
    return result == MSCHED_OK && !is_last(&w->batch);
}

/*
 * Read and take batches until nothing is left. The caller's thread, which alone passes `err`, tells
 * what is done after each of its batches.
 */
static msched_result work(worker *w, msched_error *err)
{
    const msched__batch_taker *taker = w->all->taker;
    msched_result result = MSCHED_OK;
    unsigned number;
    while (result == MSCHED_OK && read_batch(w, &number)) {
        prepare(w);
        if (!take_batch(w, number))
            return MSCHED_OK;
        if (err != NULL)
            result = taker->tell(taker->ctx, w->batch.done_bytes, 0, err);
    }
    return result;
}

static void *run(void *argument)
{
    (void)work(argument, NULL);
    return NULL;
}

static int allocate(batches *all, int workers)
{
    for (int i = 0; i < workers; i++) {
        msched__row_batch *batch = &all->workers[i].batch;
        all->workers[i].all = all;
        batch->rows = msched__alloc_array(&all->allocator, BATCH_ROWS, sizeof *batch->rows);
        if (batch->rows == NULL || !msched__grow(&all->allocator, (void **)&batch->text,
                                                 &batch->text_capacity, TEXT_BYTES, 1))
            return 0;
    }
    return 1;
}

/* The work of the caller, beside a thread if one is wanted. */
static msched_result work_together(batches *all, int with_thread, msched_error *err)
{
    pthread_t thread;
    const int has_thread = with_thread && msched__thread_start(&thread, run, &all->workers[1]);
    msched_result result = work(&all->workers[0], err);
    if (result != MSCHED_OK) {
        atomic_store(&all->stopped, 1);
        msched__meeting_tell(&all->meeting);
    }
    if (has_thread)
        pthread_join(thread, NULL);
    if (all->result != MSCHED_OK) {
        *err = all->reason;
        result = all->result;
    }
    return result == MSCHED_OK
               ? all->taker->tell(all->taker->ctx, msched__csv_position(all->reader->csv), 1, err)
               : result;
}

msched_result msched__row_batches_take(msched__row_reader *reader,
                                       const msched_allocator *allocator, int with_thread,
                                       const msched__batch_taker *taker, msched_error *err)
{
    batches *all = msched__alloc_zero(allocator, 1, sizeof *all);
    if (all == NULL)
        return msched__fail_memory(err);
    all->reader = reader;
    all->taker = taker;
    all->allocator = *allocator;
    msched__meeting_init(&all->meeting);
    reader->lets_features_wait = with_thread;
    const msched_result result = allocate(all, with_thread ? WORKERS : 1)
                                     ? work_together(all, with_thread, err)
                                     : msched__fail_memory(err);
    reader->lets_features_wait = 0;
    for (int i = 0; i < WORKERS; i++) {
        msched__add_feature_notes(reader, &all->workers[i].notes);
        msched__free(allocator, all->workers[i].batch.rows);
        msched__free(allocator, all->workers[i].batch.text);
    }
    msched__meeting_end(&all->meeting);
    msched__free(allocator, all);
    return result;
}
