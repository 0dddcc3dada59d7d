/*
 * musicsched/base.h: what every other header uses: results, errors, the allocator, text results.
 *
 * Conventions of the whole library
 *  - A function that can fail returns msched_result and takes a msched_error (NULL allowed) last.
 *    It writes the error only on failure and its outputs only on success (*out is NULL on failure).
 *    If the function reads a saved catalog that is damaged, it returns MSCHED_ERROR_SYNTAX.
 *  - Objects are immutable once built and may be used from many threads at once. `_ref` and
 *    `_unref` count references with atomics; `_unref` of NULL does nothing. An object that a
 *    function creates belongs to the caller, who drops it with `_unref`. Builders belong to one
 *    thread.
 *  - Strings in are UTF-8 and end with a NUL. Strings out are borrowed: they live as long as the
 *    object that they came from.
 *  - Structs that start with `struct_size` are filled by their `_init` function first. If
 *    struct_size is smaller (an older caller), the missing fields get defaults. If it is larger (a
 *    newer caller), the bytes unknown to this library must be zero. Options may be NULL for the
 *    defaults, unless a field is required.
 *  - Enum values are stored in uint32_t, and new ones are only appended. Unknown values are
 *    refused with MSCHED_ERROR_ARGUMENT.
 *  - Times of day are clock times, as whole seconds from midnight of the plan's date (`_s`), 0 to
 *    129,600 (36:00). If clocks go back and show a time twice, it means the first occurrence, or
 *    the second with MSCHED_TIME_SECOND added. Lengths are real seconds. Intervals are half-open:
 *    [start, end).
 *  - The library has no global state and does not read the environment. It reads the clock only if
 *    a time limit is set.
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
 * Added to a time of day in a repeated hour: its second occurrence. In texts and JSON, "02:30
 * (second)".
 */
#define MSCHED_TIME_SECOND 0x1000000
/** An unknown UTC time, because the plan has no time zone. */
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
    MSCHED_ERROR_ENCODING = 6,  /**< the bytes are not UTF-8, or contain a NUL */
    MSCHED_ERROR_SYNTAX = 7,    /**< the input breaks its grammar, or a saved file is damaged */
    MSCHED_ERROR_HEADER = 8,    /**< the columns of a table lack a required one, or repeat one */
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
    /** one line of UTF-8, NUL-terminated; includes the remedy if it is known */
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
 * The memory functions of an object. NULL in an option struct means malloc, realloc and free. Every
 * thread that uses or frees the object must be able to call them.
 */
typedef struct msched_allocator {
    void *ctx; /**< passed to each function */
    /** size > 0; NULL when out of memory */
    void *(*allocate)(void *ctx, size_t size);
    /** block may be NULL; on NULL the old block stays */
    void *(*reallocate)(void *ctx, void *block, size_t size);
    void (*release)(void *ctx, void *block); /**< block may be NULL */
} msched_allocator;

/**
 * Called regularly during long work, on the calling thread. A result other than 0 stops the work.
 */
typedef int32_t (*msched_cancel_fn)(void *ctx);

/**
 * Called regularly with the progress, on the calling thread: `done` of `total` units. A total of 0
 * is unknown.
 */
typedef void (*msched_progress_fn)(void *ctx, uint64_t done, uint64_t total);

/**
 * Bytes that the library writes: JSON, iCalendar, plain text, plan text, saved states. Immutable,
 * reference-counted.
 */
typedef struct msched_text msched_text;

/**
 * The bytes of a text, followed by a NUL that _size does not count.
 * @return borrowed from `text`; never NULL.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_text_data(const msched_text *text);

/**
 * Number of bytes without the terminating NUL.
 * @return bytes.
 * @thread any
 * @since 0.1
 */
MSCHED_API size_t msched_text_size(const msched_text *text);

/**
 * Add a reference to `text`.
 * @return `text`; drop it with msched_text_unref.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_text *msched_text_ref(msched_text *text);

/**
 * Remove a reference; the last owner frees the text. NULL does nothing.
 * @thread any
 * @since 0.1
 */
MSCHED_API void msched_text_unref(msched_text *text);

#ifdef __cplusplus
}
#endif
#endif
