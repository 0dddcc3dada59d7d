/* catalog/read/row_form.h: the form of a CSV row: how many fields, how long, in which encoding. */
#ifndef MSCHED_CATALOG_READ_ROW_FORM_H
#define MSCHED_CATALOG_READ_ROW_FORM_H

#include "catalog/read/row_state.h"

/* Prefix a message with source and place if it lacks them. */
void msched__name_source(const msched__row_reader *reader, msched_error *err);
/* The name of a field's column, for messages. */
const char *msched__column_of_field(const msched__row_reader *reader, size_t field);
/*
 * Fields that are not UTF-8 are read as Windows-1252; with strict they are an error. ENCODING,
 * MEMORY or MSCHED_OK.
 */
msched_result msched__make_utf8(msched__row_reader *reader, msched__csv_row *row,
                                msched_error *err);
/*
 * As msched__make_utf8, and check the number and size of the fields. MSCHED_OK, SYNTAX, ENCODING,
 * LIMIT or MEMORY; the row may receive other fields.
 */
msched_result msched__check_form(msched__row_reader *reader, msched__csv_row *row,
                                 msched_error *err);
/* 1 if every field is empty. */
int msched__row_is_blank(const msched__csv_row *row);
/* 1 if the row is a line of dashes, such as the one under the header of a table in Markdown. */
int msched__row_is_rule(const msched__csv_row *row);

#endif
