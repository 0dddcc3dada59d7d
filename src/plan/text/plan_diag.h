/* plan/text/plan_diag.h: diagnostics of a plan text. */
#ifndef MSCHED_PLAN_TEXT_PLAN_DIAG_H
#define MSCHED_PLAN_TEXT_PLAN_DIAG_H

#include "base/arena.h"
#include "base/error.h"
#include "base/refcount.h"

#include <musicsched/plan.h>

#define MSCHED__DIAG_MAX 10000

typedef struct msched__diag_item {
    msched_diagnostic shown;
    msched_result result; /* of an error */
    uint32_t order;       /* of adding */
    uint32_t span; /* number of characters that it is about, from its column on; 0: unknown */
} msched__diag_item;

struct msched_diagnostics {
    msched__refcount refs;
    msched__arena arena;
    msched__diag_item *items; /* own block, grows */
    size_t capacity;
    uint32_t count, error_count;
    int failed; /* out of memory */
};

msched_diagnostics *msched__diag_create(const msched_allocator *allocator);
/*
 * Add one; repair is copied. Candidates, if any, are copied too. The result is useful only for
 * errors.
 */
void msched__diag_add(msched_diagnostics *diag, uint32_t severity, uint32_t line, uint32_t column,
                      msched_result result, const char *code, const char *repair,
                      const char *format, ...) MSCHED__PRINTF(8, 9);
/* Give the last diagnostic its candidates; they are in diag->arena. */
void msched__diag_candidates(msched_diagnostics *diag, const char *const *candidates,
                             uint32_t count);
/*
 * Offer texts for columns [column, end) of a line as fixes of the last diagnostic; the texts are
 * copied.
 */
void msched__diag_edit(msched_diagnostics *diag, uint32_t line, uint32_t column, uint32_t end,
                       const char *const *texts, uint32_t count);
/* Set the number of characters that the last diagnostic is about. */
void msched__diag_span(msched_diagnostics *diag, size_t characters);
/* Remove the diagnostics added since there were `count`. */
void msched__diag_rewind(msched_diagnostics *diag, uint32_t count, uint32_t error_count);
/* Order by line, column and order of adding. */
void msched__diag_sort(msched_diagnostics *diag);
/* The first error as err; MSCHED_OK if there is none. */
msched_result msched__diag_result(const msched_diagnostics *diag, msched_error *err);

#endif
