/*
 * schedule/tasks/tasks_pace.h: timetables with pauses between the to-dos (level 8), if all tasks
 * can be placed.
 */
#ifndef MSCHED_TASKS_PACE_H
#define MSCHED_TASKS_PACE_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#define MSCHED__PAUSE_S     300  /* wished between two to-dos */
#define MSCHED__PAUSE_RUN_S 7200 /* longest run of to-dos, if a day has time for fewer pauses */

/* The pauses that a day should have. */
typedef struct msched__pace {
    int32_t pause_s; /* between any two to-dos; 0: none */
    int32_t break_s; /* after at most after_s seconds of to-dos; 0: none */
    int32_t after_s;
    uint8_t usual; /* 1: meals and errands are at their usual hours (tasks_usual.h) */
} msched__pace;

/*
 * Place all tasks as early as the pauses allow, those with the earliest due times first. *placed is
 * 0 if a task finds no place. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__tasks_pace(msched__arena *arena, const msched__tasks *tasks,
                                 const msched__pace *pace, msched__arrangement *out, int *placed);

/* The shortfalls of the pauses of a day. */
typedef struct msched__pauses {
    int64_t lacking_s; /* seconds that pauses between neighbors are short of MSCHED__PAUSE_S */
    /* the longest run of to-dos without a pause of pace.break_s, and where it begins and ends */
    int32_t longest_s, longest_start, longest_end;
    int64_t over_s; /* excess of all runs over pace.after_s */
} msched__pauses;

/* Measure the to-dos of a day, given in order of start. */
msched__pauses msched__pauses_rate(const msched__interval *todos, uint32_t count,
                                   const msched__pace *pace);
/* The to-dos of a timetable in order of start; NULL when out of memory. */
msched__interval *msched__pauses_todos(msched__arena *arena, const msched__tasks *tasks,
                                       const msched__arrangement *timetable, uint32_t *count);
/* The pauses that a plan asks for, or the default: a pause of 5 minutes after 2 hours. */
msched__pace msched__pace_of(const msched_plan *plan);

#endif
