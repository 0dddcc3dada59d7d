/*
 * musicsched/base.h: what every other header uses: results, errors, the allocator, text results.
 *
 * Conventions that hold in the whole library
 *  - A function that can fail returns msched_result and takes a msched_error (NULL allowed) last.
 *    It writes the error only on failure and its outputs only on success (*out is NULL on failure).
 *  - Objects are immutable once built and may be used from many threads at once. `_ref` and
 *    `_unref` count references with atomics; `_unref` of NULL does nothing. Builders belong to one
 *    thread.
 *  - Strings in are UTF-8 and end with a NUL. Strings out are borrowed: they live as long as the
 *    object that they came from.
 *  - Structs that start with `struct_size` are filled by their `_init` function first. A smaller
 *    struct_size (an older caller) gets defaults for what it lacks; a larger one (a newer caller)
 *    is accepted only if the bytes unknown to this library are all zero.
 *  - Enum values are stored in uint32_t, and new ones are only appended. Unknown values are
 *    refused with MSCHED_ERROR_ARGUMENT.
 *  - Times of day are clock times, as whole seconds from midnight of the plan's date (`_s`), 0
 *    to 129,600 (36:00). Where clocks go back and show a time twice, it means the first of the two,
 *    or with MSCHED_TIME_SECOND added the second. Lengths are real seconds. Intervals are
 *    half-open: [start, end).
 *  - The library has no global state, reads no clock unless a time limit is set, and no
 *    environment.
 */
#ifndef MUSICSCHED_BASE_H
#define MUSICSCHED_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define MSCHED_API __attribute__((visibility("default")))
#else
#define MSCHED_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Added to a time of day in an hour that clocks show twice: its second moment. "02:30 (second)" in
 * texts and JSON.
 */
#define MSCHED_TIME_SECOND 0x1000000
/** A moment that is not known, because the plan has no time zone. */
#define MSCHED_NO_UTC INT64_MIN

/** Outcome of a call: one of enum msched_result_code. */
typedef uint32_t msched_result;

enum msched_result_code {
    MSCHED_OK = 0,
    MSCHED_ERROR_ARGUMENT = 1,  /**< an argument or option is NULL, out of range or unknown */
    MSCHED_ERROR_MEMORY = 2,    /**< the allocator returned NULL */
    MSCHED_ERROR_IO = 3,        /**< a file or a read callback failed */
    MSCHED_ERROR_CANCELLED = 4, /**< the cancel callback asked to stop */
    MSCHED_ERROR_LIMIT = 5,     /**< the input is larger than an option or the library allows */
    MSCHED_ERROR_ENCODING = 6,  /**< the bytes are not UTF-8, or hold a NUL */
    MSCHED_ERROR_SYNTAX = 7,    /**< the CSV, JSON, plan text or saved state breaks its grammar */
    MSCHED_ERROR_HEADER = 8,    /**< a CSV header lacks a required column or names one twice */
    MSCHED_ERROR_VALUE = 9,     /**< a value is not of its type or out of its range */
    MSCHED_ERROR_CONFLICT = 10, /**< two parts of the input contradict each other */
    MSCHED_ERROR_NOT_FOUND = 11 /**< a requested object does not exist */
};

/**
 * What went wrong and where. Frozen size; owned by the caller; the library keeps no pointer to it.
 */
typedef struct msched_error {
    msched_result code; /**< enum msched_result_code */
    /** 1-based column in characters, or field number of a CSV row; 0: does not apply */
    uint32_t column;
    uint64_t line; /**< 1-based line; 0: does not apply */
    /** one line of UTF-8, always ended; says what to do about it where that is known */
    char message[240];
} msched_error;

/**
 * Name of a result code, for logs.
 * @return for example "MSCHED_ERROR_VALUE"; "unknown" for a value this library does not know.
 *         Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_result_name(msched_result result);

/**
 * Where an object takes its memory from. NULL in an option struct means malloc, realloc and free.
 * The functions must be callable from every thread that uses or drops the object.
 */
typedef struct msched_allocator {
    void *ctx; /**< handed to each function */
    /** size > 0; NULL when out of memory */
    void *(*allocate)(void *ctx, size_t size);
    /** block may be NULL; on NULL the old block stays */
    void *(*reallocate)(void *ctx, void *block, size_t size);
    void (*release)(void *ctx, void *block); /**< block may be NULL */
} msched_allocator;

/**
 * Asked now and then during long work; a result other than 0 stops it. Called on the calling
 * thread.
 */
typedef int32_t (*msched_cancel_fn)(void *ctx);

/**
 * Told of progress now and then: `done` of `total` units; total 0 means that it is not known.
 * Calling thread.
 */
typedef void (*msched_progress_fn)(void *ctx, uint64_t done, uint64_t total);

/**
 * Bytes made by the library: JSON, iCalendar, plain text, saved states. Immutable,
 * reference-counted.
 */
typedef struct msched_text msched_text;

/**
 * The bytes of a text. Always ended by a NUL that _size does not count.
 * @return borrowed from `text`; never NULL.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_text_data(const msched_text *text);

/**
 * Number of bytes without the ending NUL.
 * @return bytes.
 * @thread any
 * @since 0.1
 */
MSCHED_API size_t msched_text_size(const msched_text *text);

/**
 * One more owner of `text`.
 * @return `text`; drop it with msched_text_unref.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_text *msched_text_ref(msched_text *text);

/**
 * One owner less; the last one frees it. NULL does nothing.
 * @thread any
 * @since 0.1
 */
MSCHED_API void msched_text_unref(msched_text *text);

#ifdef __cplusplus
}
#endif
#endif
