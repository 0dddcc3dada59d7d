/*
 * format/source.h: the bytes of an input as text for the CSV reader: gzip is unpacked, other
 * encodings are converted to UTF-8, and a byte order mark is dropped. The first bytes can be
 * examined before they are read.
 */
#ifndef MSCHED_FORMAT_SOURCE_H
#define MSCHED_FORMAT_SOURCE_H

#include "format/charset.h"

#include <musicsched/catalog.h>

#define MSCHED__SOURCE_HEAD_BYTES ((size_t)64 * 1024)

typedef struct msched__source msched__source;

/*
 * Read from a callback, or (read NULL) from memory that stays until the close. NULL when out of
 * memory.
 */
msched__source *msched__source_open(const msched_allocator *allocator, msched_read_fn read,
                                    void *read_ctx, msched__slice memory);
void msched__source_close(msched__source *source);
/*
 * Set the encoding of the text before its head is read; the name must last. A byte order mark still
 * has precedence.
 */
void msched__source_name_encoding(msched__source *source, const char *name);

/*
 * The first bytes of the text, at most MSCHED__SOURCE_HEAD_BYTES, which are still to be read. IO,
 * MEMORY, ENCODING (invalid UTF-16) or SYNTAX: the input is not text; the message names what it is
 * and what to do.
 */
msched_result msched__source_head(msched__source *source, msched__slice *head, msched_error *err);
/* As msched__source_head, for text of any kind: JSON and XML too. */
msched_result msched__source_text(msched__source *source, msched__slice *head, msched_error *err);
/*
 * After either of them: 1 if the text is the memory that was given, without its first *skip
 * bytes.
 */
int msched__source_is_memory(const msched__source *source, size_t *skip);
/*
 * A msched_read_fn over the text; ctx is the source. Its failure is kept for
 * msched__source_failure.
 */
int64_t msched__source_read(void *source, void *buffer, size_t size);
/* Why reading failed: 1 and err, or 0 if the caller's callback failed. */
int msched__source_failure(const msched__source *source, msched_error *err);

/* "UTF-8", "UTF-16" ..; and "gzip" or NULL. The name lives as long as the source does. */
const char *msched__source_encoding(const msched__source *source);
/* Why it is that one, if it was detected from the text. */
const msched__charset *msched__source_charset(const msched__source *source);
/* The number of bytes so far that are invalid in the encoding, each of which became U+FFFD. */
uint64_t msched__source_lost(const msched__source *source);
const char *msched__source_compression(const msched__source *source);

/* Whether raw bytes must be unpacked (gzip) or decoded (UTF-16) before they are text. */
int msched__source_is_coded(msched__slice head);
/*
 * The kind of an input that is not CSV, with what to do: "an Excel workbook (XLSX): save it as CSV
 * .."; NULL if it is not known. By its first raw bytes, and by its first text.
 */
const char *msched__source_kind_of_bytes(msched__slice head);
const char *msched__source_kind_of_text(msched__slice head);

#endif
