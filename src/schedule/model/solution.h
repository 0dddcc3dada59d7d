/* schedule/model/solution.h: a day: to-dos and songs at their times, what they are worth and what could be. */
#ifndef MSCHED_SOLUTION_H
#define MSCHED_SOLUTION_H

#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#include <musicsched/schedule.h>

/* The tasks' part of the answer. */
typedef struct msched__task_answer {
    msched__arrangement best;
    int32_t bound[5]; /* per priority: no arrangement as good on the priorities before has more */
    int proved;       /* best meets the bound on all priorities */
    int32_t first[5]; /* counts that the bounds were made for */
} msched__task_answer;

/* The answer. */
typedef struct msched__day {
    msched__tasks tasks;
    msched__task_answer answer;
    msched__songs_problem songs;
    msched__songs_placement placement;
    msched__fill_problem fill_problem;
    msched__fill fill;
    msched__timed_song *timed; /* all songs, by start */
    uint32_t timed_count;
    int64_t value[MSCHED_LEVEL_COUNT], bound[MSCHED_LEVEL_COUNT];
    uint32_t proved_levels;
    uint8_t exact; /* tasks and songs were searched together to the end */
} msched__day;

/* The level in which the tasks of priority 1 .. 4 count. */
extern const uint8_t msched__level_of_priority[5];

/* Write levels 0 to 5 of what is placed. */
void msched__day_values(msched__day *day);

#endif
