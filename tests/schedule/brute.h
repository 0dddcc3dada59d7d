/*
 * tests/schedule/brute.h: the best schedule of a small plan by exhaustive search, from the public
 * headers and the rules of docs/scheduling-model.md alone.
 *
 * Time is cut into slots of BRUTE_SLOT_S seconds and every time and length of the plan and of its
 * songs must be a multiple of that. Searching starts on slots only loses nothing: a schedule that
 * keeps the rules still keeps them when every start and end is rounded down to a slot, because each
 * rule is of the form "x >= y + c", "x >= c" or "x <= c" with c a multiple of the slot, once it is
 * decided which of two things comes first. Cut tasks are the exception: that their pieces sum to
 * their length is not a rule of that form, and so a plan with two or more cut tasks might, in
 * theory, have a better schedule between the slots. A test that meets one finds the scheduler
 * better than this search, never worse.
 */
#ifndef TESTS_BRUTE_H
#define TESTS_BRUTE_H

#include <musicsched/schedule.h>

#define BRUTE_SLOT_S      300
#define BRUTE_MAX_SLOTS   60
#define BRUTE_MAX_TASKS   8
#define BRUTE_MAX_EVENTS  8
#define BRUTE_MAX_WISHES  4
#define BRUTE_MAX_FILL    4
#define BRUTE_MAX_ARTISTS 4

/*
 * The best values of all levels; of level 7 only where at most BRUTE_MAX_FILL tracks pass the
 * fill's filter, else -1. 1 on success, 0 where the plan is not of the kind that can be searched,
 * -1 where it has more than `max_states` states in one slot.
 */
int brute_best(const msched_catalog *catalog, const msched_plan *plan, size_t max_states,
               int64_t best[MSCHED_LEVEL_COUNT]);

#endif
