/*
 * catalog/read/row_batch.h: batches of checked rows, read in a separate thread on request, so that
 * one thread reads and checks while the other builds.
 */
#ifndef MSCHED_CATALOG_READ_ROW_BATCH_H
#define MSCHED_CATALOG_READ_ROW_BATCH_H

#include "catalog/read/row_reader.h"

typedef struct msched__row_batch {
    msched__checked_row *rows;
    size_t row_count;
    char *text; /* what the texts of the rows point into */
    size_t text_size, text_capacity;
    enum msched__row_outcome end; /* what follows the rows; GOOD: the next batch */
    msched_error error;           /* of BAD and FAILED */
    uint64_t done_bytes;          /* of the input, after this batch */
} msched__row_batch;

typedef struct msched__row_batches msched__row_batches;

/*
 * Batches of the rows that `reader`, which has begun, reads from here on; nothing else may use the
 * reader until the close. With own_thread, that thread also calls the allocator. If no thread can
 * be started, the caller's thread reads the batches. NULL when out of memory.
 */
msched__row_batches *msched__row_batches_open(msched__row_reader *reader,
                                              const msched_allocator *allocator, int own_thread);
/* The next batch, valid until the next call; none after one that ends in FAILED or END. */
const msched__row_batch *msched__row_batches_next(msched__row_batches *batches);
void msched__row_batches_close(msched__row_batches *batches);

#endif
