/*
 * schedule/model/solution.h: one candidate for the day: tasks and songs at their times.
 *
 * Invariant, checked in debug builds: value[] matches the contents. Only solution.c writes it. A
 * solution has no pointer into itself, so it can be copied.
 */
#ifndef MSCHED_SOLUTION_H
#define MSCHED_SOLUTION_H

#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#include <musicsched/schedule.h>

typedef struct msched__solution {
    msched__arrangement timetable;
    msched__songs_problem songs; /* the wanted plays around the timetable */
    msched__songs_placement placement;
    /* without its songs and placement: see msched__solution_fill */
    msched__fill_problem fill_problem;
    msched__fill fill;
    msched__timed_song *timed; /* all songs, by start */
    uint32_t timed_count;
    int64_t value[MSCHED_LEVEL_COUNT];
} msched__solution;

/* The level of the tasks of priority 1 .. 4. */
extern const uint8_t msched__level_of_priority[5];

/* Compute the value of the contents, level by level. */
void msched__solution_rate(const msched__tasks *tasks, msched__solution *solution);
/*
 * Copy the timetable and the placement of another candidate; the windows of plays, the fill and the
 * list of all songs do not change.
 */
void msched__solution_take(const msched__tasks *tasks, msched__solution *solution,
                           const msched__solution *from);
/* Values on levels 0 .. count - 1: < 0, 0, > 0. */
int msched__values_compare(const int64_t *a, const int64_t *b, uint32_t count);
/* The problem of the fill of this solution. */
msched__fill_problem msched__solution_fill(const msched__solution *solution);
/* 1 if tasks are in order (timetable.h) and the values match the contents; for assertions. */
int msched__solution_holds(const msched__tasks *tasks, const msched__solution *solution);
/*
 * 1 if every placed play is in one of its windows, which must be those around the timetable; for
 * assertions.
 */
int msched__solution_plays_hold(const msched__solution *solution);

#endif
