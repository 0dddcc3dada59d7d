/* plan/text/text_negation.h: negations of times and dates. */
#ifndef MSCHED_PLAN_TEXT_TEXT_NEGATION_H
#define MSCHED_PLAN_TEXT_TEXT_NEGATION_H

#include "plan/text/plan_text.h"

/* 1 if a word before the attribute, which begins at word `first`, says its opposite. */
int msched__text_is_negated(const msched__text_reader *in, uint32_t first,
                            const msched__attr *attr);
/* Make the attribute of `n` words an error. */
void msched__text_refuse_negation(const msched__text_reader *in, uint32_t first, uint32_t n,
                                  msched__attr *attr);
/* Warn of "except 26 Nov" that is left in the title of a to-do with dates. */
void msched__text_tell_exception(msched__text_reader *in, const char *title, uint32_t column);

/* A warning if "no domingo", which was read as a date, may also mean "not on Sunday". */
void msched__text_tell_no(msched__text_reader *in, const msched__text_values *values);

#endif
