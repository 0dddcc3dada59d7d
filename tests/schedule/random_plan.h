/*
 * tests/schedule/random_plan.h: small random plans on a catalog of a few songs, all times multiples
 * of BRUTE_SLOT_S.
 */
#ifndef TESTS_RANDOM_PLAN_H
#define TESTS_RANDOM_PLAN_H

#include <musicsched/schedule.h>

/* A catalog of songs of one to three slots by four artists. NULL when out of memory. */
msched_catalog *random_plan_catalog(void);
/* The same catalog for a group of tests, created and freed by these group fixtures. */
extern msched_catalog *random_catalog;
int random_catalog_setup(void **state);
int random_catalog_teardown(void **state);

/*
 * The plan of a seed: up to 7 to-dos and 4 wanted songs, every feature of plans in some of them.
 * NULL where the draw is not a valid plan.
 */
msched_plan *random_plan(uint64_t seed);
/* The same with tasks that are before others or late, and a longest song of the fill. */
msched_plan *random_plan_wishes(uint64_t seed);

#endif
