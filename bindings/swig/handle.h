/*
 * handle.h: what the files of the facade share. Only they include it.
 */
#ifndef MUSICSCHED_SWIG_HANDLE_H
#define MUSICSCHED_SWIG_HANDLE_H

#include "facade.h"

/*
 * An object of the caller's own, to be dropped by it, so that it outlives a close in another
 * thread; NULL with err written.
 */
msched_catalog *Catalog_take(Catalog *self, msched_error *err);
msched_plan *Plan_take(Plan *self, msched_error *err);
msched_schedule *Schedule_take(Schedule *self, msched_error *err);
msched_calendar *Calendar_take(Calendar *self, msched_error *err);
msched_history *History_take(History *self, msched_error *err);
/* A handle that owns the object, which is dropped on failure. NULL gives NULL. */
Catalog *Catalog_wrap(msched_catalog *object, msched_error *err);
Plan *Plan_wrap(msched_plan *object, msched_error *err);
Schedule *Schedule_wrap(msched_schedule *object, msched_error *err);
Calendar *Calendar_wrap(msched_calendar *object, msched_error *err);
History *History_wrap(msched_history *object, msched_error *err);

void fail(msched_error *err, msched_result code, const char *what, const char *text);
/*
 * The index of `value` in `names`, or an error that lists them; does nothing where there is an
 * error already.
 */
uint32_t choose(const char *what, const char *value, const char *const *names, uint32_t count,
                msched_error *err);
/* A number from 0 to `most`; one that does not fit is refused, never cut. */
int64_t to_range(const char *what, int64_t value, int64_t most, msched_error *err);
uint32_t to_uint32(const char *what, int64_t value, msched_error *err);
/*
 * The lines of a text as texts of their own, which point into a copy, both to be freed; how many
 * there are, 0 with err written when out of memory.
 */
uint32_t split_lines(const char *text, char **copy, const char ***lines, msched_error *err);
/*
 * The bytes of a file, to be freed; over `most`, more than that but not all. NULL with err written
 * on failure.
 */
char *read_file(const char *path, size_t most, size_t *size, msched_error *err);
char *copy_text(const char *text, size_t size, msched_error *err);
/* The bytes of a text as the caller's own string, and the text dropped. */
char *take_text(msched_result result, msched_text *text, msched_error *err);
Table *take_stream(msched_result result, struct ArrowArrayStream *stream, msched_error *err);

#endif
