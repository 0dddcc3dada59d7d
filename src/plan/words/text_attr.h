/* plan/words/text_attr.h: one attribute of plan text. */
#ifndef MSCHED_PLAN_WORDS_TEXT_ATTR_H
#define MSCHED_PLAN_WORDS_TEXT_ATTR_H

#include "plan/words/text_scan.h"

/* 1 if the whole slice is one attribute (also a wrong one). */
int msched__attr_match(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

#endif
