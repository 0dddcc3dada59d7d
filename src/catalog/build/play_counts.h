/*
 * catalog/build/play_counts.h: popularity from counts of plays, whose scale only the largest of an
 * input shows.
 */
#ifndef MSCHED_CATALOG_BUILD_PLAY_COUNTS_H
#define MSCHED_CATALOG_BUILD_PLAY_COUNTS_H

#include "catalog/build/builder_data.h"

/* 1 if the column of popularity of the last input has counts of plays. */
int msched__plays_are_counted(const msched_catalog_builder *builder);
/* Keep the count of the next entry, as in msched__values. 0 when out of memory. */
int msched__plays_add(msched_catalog_builder *builder, double count);
/* At the end of an input: make the popularities of its entries and tracks of the counts. */
void msched__plays_settle(msched_catalog_builder *builder, msched__file_report *file);
void msched__plays_free(msched_catalog_builder *builder);

#endif
