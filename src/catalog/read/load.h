/* catalog/read/load.h: files into a builder. */
#ifndef MSCHED_CATALOG_READ_LOAD_H
#define MSCHED_CATALOG_READ_LOAD_H

#include "catalog/build/builder.h"

/* Add the rows of a file. If it is one of many, it is a playlist named after the file. */
msched_result msched__load_file(msched_catalog_builder *builder, const char *path,
                                int is_one_of_many, msched_error *err);
/* A file's name without folders and endings: "Road trip" of "lists/Road trip.csv.gz". */
msched__slice msched__file_stem(const char *path);

#endif
