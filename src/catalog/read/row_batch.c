#include "catalog/read/row_batch.h"

#include "base/alloc.h"
#include "base/meeting.h"
#include "base/thread.h"
#include "catalog/cells/row.h"

#include <string.h>

/* All batches together stay in the cache of a processor. */
#define BATCH_ROWS ((size_t)160)
#define TEXT_BYTES ((size_t)32 * 1024) /* of a batch, unless one row is longer */
#define RING       4
/* batches in the ring, among them the one that is being added */
#define ENOUGH_WAIT 2

struct msched__row_batches {
    msched__row_reader *reader;
    msched_allocator allocator;
    msched__checked_row held; /* was read, but did not fit into the last batch */
    int holds;
    msched__row_batch ring[RING]; /* without a thread the first alone is used */
    int own_thread;
    pthread_t thread;
    atomic_uint filled, emptied; /* batches in all */
    int given;                   /* the caller has the batch after the emptied ones */
    atomic_int stopped;
    msched__meeting meeting;
    /* of the thread that takes the batches, and of the one that reads them */
    msched__feature_notes notes, own_notes;
};

/* Make room for the texts of one more row. 1, 0 if the batch is full, -1 when out of memory. */
static int make_room(msched__row_batches *batches, msched__row_batch *batch, size_t bytes)
{
    if (bytes <= batch->text_capacity - batch->text_size)
        return 1;
    if (batch->row_count > 0)
        return 0;
    return msched__grow(&batches->allocator, (void **)&batch->text, &batch->text_capacity, bytes, 1)
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

static void fill(msched__row_batches *batches, msched__row_batch *batch)
{
    msched__row_reader *reader = batches->reader;
    batch->row_count = batch->text_size = 0;
    batch->end = MSCHED__ROW_GOOD;
    while (batch->row_count < BATCH_ROWS) {
        msched__checked_row *row = &batch->rows[batch->row_count];
        if (batches->holds)
            *row = batches->held;
        else
            batch->end = next_row(reader, row, &batch->error);
        if (batch->end != MSCHED__ROW_GOOD)
            break;
        int room = make_room(batches, batch, reader->row.bytes.size);
        if (room < 0) {
            msched__fail_memory(&batch->error);
            batch->end = MSCHED__ROW_FAILED;
            break;
        }
        batches->holds = room == 0;
        if (batches->holds) {
            batches->held = *row;
            break;
        }
        keep_text(batch, row, reader->row.bytes);
        batch->row_count++;
    }
    batch->done_bytes = msched__csv_position(reader->csv);
}

/*
 * Read the features that were left for later, and hash the texts. The thread that has the batch
 * calls this.
 */
static void read_features(msched__row_batches *batches, msched__row_batch *batch,
                          msched__feature_notes *notes)
{
    for (size_t i = 0; i < batch->row_count; i++) {
        msched__checked_row *row = &batch->rows[i];
        if (!row->features_wait)
            continue;
        msched__read_placed_features(batches->reader, notes, row->places, batch->text + row->at,
                                     row->line, &row->values);
        msched__hash_values(&row->values);
        row->features_wait = 0;
    }
}

static int is_last(const msched__row_batch *batch)
{
    return batch->end == MSCHED__ROW_FAILED || batch->end == MSCHED__ROW_END;
}

static int can_fill(void *ctx)
{
    msched__row_batches *batches = ctx;
    return atomic_load(&batches->stopped) ||
           atomic_load(&batches->filled) - atomic_load(&batches->emptied) < RING;
}

static int can_empty(void *ctx)
{
    msched__row_batches *batches = ctx;
    return atomic_load(&batches->filled) != atomic_load(&batches->emptied);
}

static void *run(void *argument)
{
    msched__row_batches *batches = argument;
    for (unsigned filled = 0;; filled++) {
        msched__meeting_wait(&batches->meeting, can_fill, batches);
        if (atomic_load(&batches->stopped))
            return NULL;
        msched__row_batch *batch = &batches->ring[filled % RING];
        fill(batches, batch);
        /* the other thread is slower: this one reads the features instead of waiting */
        if (filled - atomic_load(&batches->emptied) >= ENOUGH_WAIT)
            read_features(batches, batch, &batches->own_notes);
        int last = is_last(batch); /* from here on, the batch belongs to the other thread */
        atomic_store(&batches->filled, filled + 1);
        msched__meeting_tell(&batches->meeting);
        if (last)
            return NULL;
    }
}

static int allocate(msched__row_batches *batches)
{
    for (int i = 0; i < (batches->own_thread ? RING : 1); i++) {
        msched__row_batch *batch = &batches->ring[i];
        batch->rows = msched__alloc_array(&batches->allocator, BATCH_ROWS, sizeof *batch->rows);
        if (batch->rows == NULL || !msched__grow(&batches->allocator, (void **)&batch->text,
                                                 &batch->text_capacity, TEXT_BYTES, 1))
            return 0;
    }
    return 1;
}

msched__row_batches *msched__row_batches_open(msched__row_reader *reader,
                                              const msched_allocator *allocator, int own_thread)
{
    msched__row_batches *batches = msched__alloc_zero(allocator, 1, sizeof *batches);
    if (batches == NULL)
        return NULL;
    batches->reader = reader;
    batches->allocator = *allocator;
    batches->own_thread = own_thread;
    msched__meeting_init(&batches->meeting);
    int allocated = allocate(batches);
    reader->lets_features_wait = own_thread;
    batches->own_thread = allocated && own_thread &&
                          msched__thread_start(&batches->thread, run, batches);
    if (allocated)
        return batches;
    msched__row_batches_close(batches);
    return NULL;
}

const msched__row_batch *msched__row_batches_next(msched__row_batches *batches)
{
    msched__row_batch *batch = &batches->ring[0];
    if (!batches->own_thread) {
        fill(batches, batch);
        read_features(batches, batch, &batches->notes);
        return batch;
    }
    if (batches->given) {
        atomic_fetch_add(&batches->emptied, 1);
        msched__meeting_tell(&batches->meeting);
    }
    msched__meeting_wait(&batches->meeting, can_empty, batches);
    batches->given = 1;
    batch = &batches->ring[atomic_load(&batches->emptied) % RING];
    read_features(batches, batch, &batches->notes);
    return batch;
}

void msched__row_batches_close(msched__row_batches *batches)
{
    if (batches == NULL)
        return;
    if (batches->own_thread) {
        atomic_store(&batches->stopped, 1);
        msched__meeting_tell(&batches->meeting);
        pthread_join(batches->thread, NULL);
    }
    batches->reader->lets_features_wait = 0;
    msched__add_feature_notes(batches->reader, &batches->notes);
    msched__add_feature_notes(batches->reader, &batches->own_notes);
    msched__meeting_end(&batches->meeting);
    msched_allocator allocator = batches->allocator;
    for (int i = 0; i < RING; i++) {
        msched__free(&allocator, batches->ring[i].rows);
        msched__free(&allocator, batches->ring[i].text);
    }
    msched__free(&allocator, batches);
}
