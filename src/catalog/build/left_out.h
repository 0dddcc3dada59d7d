/*
 * catalog/build/left_out.h: rows of the input that do not become songs. The loader counts and
 * reports them, and refuses the input only if they are most of its rows.
 */
#ifndef MSCHED_CATALOG_BUILD_LEFT_OUT_H
#define MSCHED_CATALOG_BUILD_LEFT_OUT_H

#include "base/error.h"
#include "catalog/catalog_data.h"

/* A row that holds no song: count it, and keep `reason`. MSCHED_OK or MEMORY. */
msched_result msched__builder_lose(msched_catalog_builder *builder, msched_error *reason);
/*
 * A row that cannot be read: count it and keep `reason`, MSCHED_OK (or MEMORY). With strict, unless
 * bad rows are skipped, nothing is counted and the code of `reason` is returned. *reason may be
 * changed.
 */
msched_result msched__builder_refuse(msched_catalog_builder *builder, msched_error *reason);
/* Count a row that a caller added and that cannot be read. The options do not matter. */
msched_result msched__builder_leave_out(msched_catalog_builder *builder, msched_error *reason);
/*
 * At the end of an input: if more of its rows were left out than became songs, fail with the first
 * reason and the counts, unless bad rows are skipped. Such an input is hardly a table of songs.
 */
msched_result msched__builder_check_losses(const msched_catalog_builder *builder,
                                           const char *source, msched_error *err);

#endif
