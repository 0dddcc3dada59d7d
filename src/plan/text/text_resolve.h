/*
 * plan/text/text_resolve.h: a time that can be read in several ways, and its readings
 * (text_resolve.c), and the day around it, which may decide (text_resolve_day.c).
 */
#ifndef MSCHED_PLAN_TEXT_TEXT_RESOLVE_H
#define MSCHED_PLAN_TEXT_TEXT_RESOLVE_H

#include "plan/text/plan_text.h"
#include "plan/words/text_meal_words.h"

#define MSCHED__HALF_DAY     43200
#define MSCHED__DAY          86400
#define MSCHED__READINGS_MAX 8

typedef struct msched__reading {
    int32_t start, end; /* for a single time, both are that time */
} msched__reading;

/* Something to resolve: an attribute of a line. */
typedef struct msched__question {
    msched__text_reader *in;
    msched__text_values *values;
    enum msched__attr_kind kind;
    uint32_t line;
    const msched__meal_hours *meal; /* NULL: the title is not a meal */
    int is_appointment;
    int is_early; /* "Early shift" */
    msched__reading readings[MSCHED__READINGS_MAX];
    uint32_t count;
} msched__question;

int msched__is_range(const msched__question *q);
int msched__fits_day(const msched__question *q, int32_t start, int32_t end);
void msched__add_reading(msched__question *q, int32_t start, int32_t end);
/* The readings as they would be written, with "or" before the last. */
void msched__list_readings(const msched__question *q, char *out, size_t room);
/*
 * The only reading, and the reason `why`: NULL if it was written so. Another one is offered, too.
 * Returns 1.
 */
int msched__accept_told(msched__question *q, msched__reading r, const char *why,
                        const msched__reading *other);

/*
 * Before the day, by its title, by an event that goes on after midnight: 1 if one of these decides
 * (text_resolve_day.c).
 */
int msched__resolve_shift(msched__question *q);
int msched__resolve_latest(msched__question *q);
int msched__resolve_office(msched__question *q, const char *title);
/* Warn about a time before the day, such as "2:30 Call" in a day that begins at 7:00. */
void msched__warn_before_day(msched__question *q);

#endif
