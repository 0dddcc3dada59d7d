/* base/error.h: filling in msched_error. */
#ifndef MSCHED_BASE_ERROR_H
#define MSCHED_BASE_ERROR_H

#include <musicsched/base.h>
#include <stdarg.h>

#if defined(__GNUC__) || defined(__clang__)
#define MSCHED__PRINTF(format_index, first) __attribute__((format(printf, format_index, first)))
#else
#define MSCHED__PRINTF(format_index, first)
#endif

/*
 * Write an error without a place and return its code. A message that is too long is cut between
 * characters and ends in "..."; control characters become "?", so that it stays one line. err may
 * be NULL.
 */
msched_result msched__fail(msched_error *err, msched_result code, const char *format, ...)
    MSCHED__PRINTF(3, 4);
/* As msched__fail, with a place. */
msched_result msched__fail_at(msched_error *err, msched_result code, uint64_t line, uint32_t column,
                              const char *format, ...) MSCHED__PRINTF(5, 6);
/*
 * A message that becomes a part of another: printf into `capacity` bytes, cut before a character
 * that does not fit or is not UTF-8.
 */
void msched__message_format(char *message, size_t capacity, const char *format, va_list args)
    MSCHED__PRINTF(3, 0);
/* MSCHED_ERROR_MEMORY with its message. */
msched_result msched__fail_memory(msched_error *err);
/* MSCHED_ERROR_ARGUMENT: "NAME must not be NULL". */
msched_result msched__fail_null(msched_error *err, const char *name);
/* IO: a file cannot be read, and why: `number` is an errno. */
msched_result msched__fail_to_read(const char *path, int number, msched_error *err);

#endif
