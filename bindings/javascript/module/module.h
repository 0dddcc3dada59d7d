/*
 * module.h: what the WebAssembly module exports, flat functions over numbers and addresses, called
 * by lib/core.js only. There is one thread and one call at a time, so what a call needs besides its
 * arguments, and how it failed, are globals of the module.
 */
#ifndef MUSICSCHED_JAVASCRIPT_MODULE_H
#define MUSICSCHED_JAVASCRIPT_MODULE_H

#include <musicsched/musicsched.h>

#define EXPORT __attribute__((visibility("default"), used))

/* How the last call failed; its code is MSCHED_OK where it did not. */
extern msched_error module_error;

/* Names that an option takes several of, kept until option_reset. */
typedef struct option_list {
    const char **names;
    uint32_t count, capacity;
} option_list;

/* The count of a question that names none. */
#define MODULE_NOT_GIVEN UINT32_MAX

/* Options of the next call, as option_reset, option_text and option_number left them. */
typedef struct module_options {
    msched_filter filter;
    option_list genres, subgenres, artists, playlists, columns;
    uint32_t count, by, order, min_n, limit, bins, no_typos;
    uint32_t delimiter, skip_bad_rows, strict, default_duration_ms;
    uint32_t lenient, what, now_s;
    uint32_t days, cancelled, alarm, alarm_s, sequence, refresh_s;
    uint32_t no_reasons, lazy_reasons, assume_done, time_limit_ms;
    double seed, work_limit;
    const char *name, *encoding, *only, *date, *timezone, *timestamp;
} module_options;

extern module_options module_asked;

/* A text of the library, or NULL after a failure; the caller drops it by text_free. */
typedef msched_text *module_text;

#endif
