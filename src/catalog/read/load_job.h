/* catalog/read/load_job.h: load an input into a builder. */
#ifndef MSCHED_CATALOG_READ_LOAD_JOB_H
#define MSCHED_CATALOG_READ_LOAD_JOB_H

#include "catalog/build/builder.h"

typedef struct msched__load_input {
    const char *name;     /* if the options give none */
    msched__slice memory; /* used when read is NULL */
    msched_read_fn read;
    void *read_ctx;
    uint64_t total_bytes;   /* 0: not known */
    msched__slice playlist; /* for rows whose input names no playlist */
    int is_one_of_many;
    int has_names; /* the first row has the names of the columns, between commas */
    /* of a table made from another file: where each row is there; 0: not known. NULL: as read */
    const uint64_t *lines;
    uint64_t line_count;
} msched__load_input;

/* Add the rows of an input. err must not be NULL. */
msched_result msched__load(msched_catalog_builder *builder, const msched__load_input *input,
                           msched_error *err);

#endif
