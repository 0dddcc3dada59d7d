/* base/options.h: structs with struct_size, as older and newer callers pass them. */
#ifndef MSCHED_BASE_OPTIONS_H
#define MSCHED_BASE_OPTIONS_H

#include <musicsched/base.h>

/*
 * Copy a caller's sized struct into `known` (known_size bytes, already filled with defaults).
 * `given` starts with a uint32_t struct_size; NULL keeps the defaults. A smaller size overwrites
 * only the front; a larger one must end in zero bytes. `name` is for the message. Returns MSCHED_OK
 * or MSCHED_ERROR_ARGUMENT.
 */
msched_result msched__options_read(void *known, size_t known_size, const void *given,
                                   const char *name, msched_error *err);

/*
 * Fill the caller's sized output struct from `known`: its struct_size stays, bytes beyond ours
 * become zero. Returns MSCHED_OK, or MSCHED_ERROR_ARGUMENT when `out` is NULL or its struct_size is
 * below 8.
 */
msched_result msched__options_write(void *out, const void *known, size_t known_size);

/*
 * Zero the caller's struct of struct_size bytes, copy the defaults into what fits, and set
 * struct_size. For _init functions.
 */
void msched__options_init(void *out, uint32_t struct_size, const void *defaults, size_t known_size);

#endif
