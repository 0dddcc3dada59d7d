/* plan/words/text_meal_words.h: titles that imply hours of the day: meals, bedtime, errands. */
#ifndef MSCHED_PLAN_WORDS_TEXT_MEAL_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_MEAL_WORDS_H

#include "base/slice.h"

#include <stdint.h>

/* Hours of the day, from the first to the last, in which a meal may begin. */
typedef struct msched__meal_hours {
    int32_t first, last;
} msched__meal_hours;

/* The words of a title up to the first of "with Ana", "at Luigi's", "(Zoom)". */
uint32_t msched__main_words(const msched__slice *words, uint32_t count);
/* "Bedtime story", "kids to bed", "put Leo to bed": 1, and the hours. */
int msched__goes_to_bed(const msched__slice *words, uint32_t count, msched__meal_hours *hours);
/* "Family dinner", "Lunch meeting": 1, and the hours. */
int msched__meal_of_words(const msched__slice *words, uint32_t count, msched__meal_hours *hours);
/* The same for a whole title. */
int msched__text_meal(const char *title, msched__meal_hours *hours);
/* The same for "Sleep" and "Go to sleep", which have no number but a time: "Sleep 8" lasts. */
/* sleeps_in: "Sleep in until 10", which ends then in the morning. early: "Early shift". */
int msched__sleeps_in(const char *title);
int msched__text_early(const char *title);
int msched__text_sleep(const char *title, msched__meal_hours *hours);
/* The hours of an evening out, such as "Movie", for times without am or pm. 0: another title. */
int msched__text_evening(const char *title, msched__meal_hours *hours);
/* "Dentist", "Haircut": an appointment in office hours. */
int msched__is_appointment(msched__slice word);
/* 1 for an appointment in office hours, such as "Dentist": "at 8" is in the morning. */
int msched__text_appointment(const char *title);
/* The same, or a meeting: in office hours. */
int msched__text_office(const char *title);
/* "flight", "train", "wake": what is early in the morning, too. */
int msched__is_early(msched__slice word);
/* 1 where the title has a word of what people do at night, such as "Sleep" or "Party". */
int msched__text_at_night(const char *title);
/* 1 if a time is within the hours of the meal. */
int msched__in_meal(const msched__meal_hours *hours, int32_t seconds);

/*
 * The seconds from midnight between which most people do what a title names, if it is a meal or an
 * errand. 0: it is neither.
 */
int msched__usual_hours(const char *title, int32_t *start_s, int32_t *end_s);

#endif
