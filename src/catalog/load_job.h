/* catalog/load_job.h: one input into a builder. */
#ifndef MSCHED_CATALOG_LOAD_JOB_H
#define MSCHED_CATALOG_LOAD_JOB_H

#include "catalog/builder.h"

typedef struct msched__load_input {
    const char *name;     /* where the options give none */
    msched__slice memory; /* used when read is NULL */
    msched_read_fn read;
    void *read_ctx;
    uint64_t total_bytes;   /* 0: not known */
    msched__slice playlist; /* of rows whose input names none */
    int is_one_of_many;
} msched__load_input;

/* Add the rows of an input. err must not be NULL. */
msched_result msched__load(msched_catalog_builder *builder, const msched__load_input *input,
                           msched_error *err);

/*
 * The same of a file. A path alone may have its playlist's name unknown; of many files, each is
 * one.
 */
msched_result msched__load_file(msched_catalog_builder *builder, const char *path,
                                int is_one_of_many, msched_error *err);
/* A file's name without folders and endings: "Road trip" of "lists/Road trip.csv.gz". */
msched__slice msched__file_stem(const char *path);

/* IO: a file cannot be read, and why: `number` is an errno. */
msched_result msched__fail_to_read(const char *path, int number, msched_error *err);
/* Whether a plain file begins like a saved catalog. */
int msched__is_saved_catalog(const char *path);

#endif
