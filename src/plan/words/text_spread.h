/* plan/words/text_spread.h: how a to-do is spread over several days. */
#ifndef MSCHED_PLAN_WORDS_TEXT_SPREAD_H
#define MSCHED_PLAN_WORDS_TEXT_SPREAD_H

#include "plan/words/text_scan.h"

/* "apart:2d", "max:2h/day", "max 2h a day". 1 if the whole slice matches. */
int msched__match_spread(msched__slice slice, msched__attr *attr);

/*
 * "split 2h", "in 45 min blocks": the minimum length of a piece. 1 if the whole slice matches. Only
 * after the length of the to-do, because "Banana split 20m" lasts 20 minutes.
 */
int msched__match_pieces(msched__slice slice, msched__attr *attr);

#endif
