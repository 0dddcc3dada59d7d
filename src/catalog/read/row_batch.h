/*
 * catalog/read/row_batch.h: batches of checked rows, on request by several threads: while one adds
 * rows, the others read the next ones.
 */
#ifndef MSCHED_CATALOG_READ_ROW_BATCH_H
#define MSCHED_CATALOG_READ_ROW_BATCH_H

#include "base/arena.h"
#include "catalog/read/row_reader.h"

/* As many threads as help: adding rows, which one does at a time, is a third of the work. */
#define MSCHED__LOAD_WORKERS 4u

typedef struct msched__row_batch {
    msched__checked_row *rows;
    size_t row_count;
    char *text; /* what most texts of the rows point into, unless the input is in memory */
    size_t text_size, text_capacity;
    msched__arena made;   /* the others */
    msched_error *errors; /* of the LOST and BAD ones among the rows, in order */
    size_t error_count, error_capacity;
    enum msched__row_outcome end; /* what follows the rows; GOOD: the next batch */
    msched_error error;           /* of `end` BAD or FAILED */
    uint64_t done_bytes;          /* of the input, after this batch */
} msched__row_batch;

/* Where batches go. */
typedef struct msched__batch_taker {
    /* Called for each batch in order, by any of the threads but never by two at once. */
    msched_result (*take)(void *ctx, const msched__row_batch *batch, msched_error *err);
    /*
     * Called in the caller's thread now and then, while another may take a batch, and once when
     * all are taken.
     */
    msched_result (*tell)(void *ctx, uint64_t done_bytes, int is_end, msched_error *err);
    void *ctx;
} msched__batch_taker;

/*
 * Read all rows that `reader`, which has begun, has from here on, until it ends or fails, or a
 * function of the taker fails. `workers`, 1 to MSCHED__LOAD_WORKERS, are the caller's thread and
 * others, which also call the allocator; if none can be started, the caller's thread does all.
 * Returns what failed, or MSCHED_OK if all batches are taken. err must not be NULL.
 */
msched_result msched__row_batches_take(msched__row_reader *reader,
                                       const msched_allocator *allocator, unsigned workers,
                                       const msched__batch_taker *taker, msched_error *err);

#endif
