/* catalog/read/row_features.h: read the feature cells of a row, which are most of its numbers. */
#ifndef MSCHED_CATALOG_READ_ROW_FEATURES_H
#define MSCHED_CATALOG_READ_ROW_FEATURES_H

#include "catalog/cells/cells.h"
#include "catalog/read/row_state.h"

/* Count a cell without a value in the report of its column, if the input has that column. */
void msched__note_cell(const msched__row_reader *reader, msched__column_report *report,
                       uint64_t line, enum msched__cell outcome, uint32_t column,
                       msched__slice text);
/* Prepare for the cells of a reader whose header is known. */
void msched__begin_features(msched__row_reader *reader);
/*
 * Read the features of the reader's row. 1 if the length, too, was read, as a plain number that is
 * at least MSCHED__LEAST_WORD_MS.
 */
int msched__read_features(msched__row_reader *reader, msched__values *values);

#endif
