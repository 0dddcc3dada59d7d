/*
 * catalog/read/row_features.h: read the feature cells of a row, which are most of its numbers. A
 * thread can leave them until it has read a whole batch of rows, from when on another thread may
 * read the next batch.
 */
#ifndef MSCHED_CATALOG_READ_ROW_FEATURES_H
#define MSCHED_CATALOG_READ_ROW_FEATURES_H

#include "catalog/cells/cells.h"
#include "catalog/read/row_state.h"

/*
 * What a thread found out about feature cells. Both threads count for themselves, and the counts
 * are added at the end.
 */
typedef struct msched__feature_notes {
    msched__evidence evidence;
    msched__column_report columns[MSCHED__FEATURES];
} msched__feature_notes;

/* Count a cell without a value in the report of its column, if the input has that column. */
void msched__note_cell(const msched__row_reader *reader, msched__column_report *report,
                       uint64_t line, enum msched__cell outcome, uint32_t column,
                       msched__slice text);
/* Prepare for the cells of a reader whose header is known. */
void msched__begin_features(msched__row_reader *reader);
/* Read the features of the reader's row. */
void msched__read_features(msched__row_reader *reader, msched__values *values);
/* Record where the features of the reader's row are. */
void msched__place_features(const msched__row_reader *reader,
                            msched__cell_place places[MSCHED__FEATURES]);
/* Read features later; `bytes` is a copy of the row's bytes. */
void msched__read_placed_features(const msched__row_reader *reader, msched__feature_notes *notes,
                                  const msched__cell_place places[MSCHED__FEATURES],
                                  const char *bytes, uint64_t line, msched__values *values);
/* Add the notes of a thread to the reader's after both threads have finished. */
void msched__add_feature_notes(msched__row_reader *reader, const msched__feature_notes *notes);

#endif
