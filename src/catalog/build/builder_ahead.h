/*
 * catalog/build/builder_ahead.h: a thread that lets the system map the memory of long columns
 * shortly before the builder writes it. New memory is cleared when it is first used, which for
 * millions of rows takes as long as all that the builder does itself.
 *
 * It stays a bounded way ahead: fewer than three steps of each column and of the texts are mapped
 * that may never be written, and nothing beyond their capacity. A step is 32,768 rows of about 130
 * bytes, and 2 MiB of text: 19 MB in all, which the builder gives back when it is finished.
 */
#ifndef MSCHED_CATALOG_BUILD_BUILDER_AHEAD_H
#define MSCHED_CATALOG_BUILD_BUILDER_AHEAD_H

#include "catalog/build/builder_data.h"

/*
 * Start it if the columns, whose capacity is known now, are long enough, and if threads may be
 * used. Until msched__ahead_stop, the columns and the texts stay where they are.
 */
void msched__ahead_start(msched_catalog_builder *builder);
/* So many tracks and entries were added. */
void msched__ahead_tell(msched_catalog_builder *builder);
/* End the thread if there is one. */
void msched__ahead_stop(msched_catalog_builder *builder);

#endif
