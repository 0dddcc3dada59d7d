/* schedule/model/timetable.h: the times of the pieces of tasks. */
#ifndef MSCHED_TIMETABLE_H
#define MSCHED_TIMETABLE_H

#include "schedule/model/tasks.h"

/* The times of the pieces. */
typedef struct msched__arrangement {
    uint32_t piece_count;
    msched__piece *pieces; /* by start */
    uint8_t *placed;       /* per task */
    int32_t count[5];      /* per priority, of `tasks`, without the frozen */
} msched__arrangement;

/* An empty arrangement for these tasks. 0 when out of memory. */
int msched__arrangement_make(msched__arena *arena, const msched__tasks *tasks,
                             msched__arrangement *out);
void msched__arrangement_clear(const msched__tasks *tasks, msched__arrangement *out);
void msched__arrangement_copy(const msched__tasks *tasks, msched__arrangement *to,
                              const msched__arrangement *from);
/*
 * Place a task at the earliest time where it fits between the others, in pieces if it may and must
 * be split. 1 if it fits.
 */
int msched__arrangement_insert(const msched__tasks *tasks, msched__arrangement *arrangement,
                               uint32_t task);
/*
 * As insert, with exactly these pieces, in ascending order and with the total length of the task.
 * They must not start before the predecessors have ended, nor end after a successor starts.
 */
int msched__arrangement_insert_at(const msched__tasks *tasks, msched__arrangement *arrangement,
                                  uint32_t task, const msched__interval *pieces, uint32_t count);
/* Move a task that is in one piece, given by its index, to a start. 1 if it fits there. */
int msched__arrangement_move(const msched__tasks *tasks, msched__arrangement *arrangement,
                             uint32_t piece, int32_t start);
/* 1 if no pieces overlap, and each task follows its predecessors; for assertions. */
int msched__arrangement_in_order(const msched__tasks *tasks,
                                 const msched__arrangement *arrangement);
/* Remove a task. */
void msched__arrangement_remove(const msched__tasks *tasks, msched__arrangement *arrangement,
                                uint32_t task);
/* Lexicographic by priority: < 0, 0, > 0. */
int msched__arrangement_compare(const msched__arrangement *a, const msched__arrangement *b);

/* A fixed item or a piece of a task, and where the walk through them has come. */
typedef struct msched__walk {
    uint32_t fixed, piece; /* the next ones; 0 at first */
    uint32_t todo;
    msched__interval span;
} msched__walk;

/* The next fixed item or piece in order of start. 0 if there is none. */
int msched__walk_next(const msched__tasks *tasks, const msched__arrangement *timetable,
                      msched__walk *walk);

/*
 * The spans of a to-do as a set: its times or, without an arrangement (NULL), its possible times.
 * NULL when out of memory.
 */
msched__interval *msched__todo_spans(msched__arena *arena, const msched__tasks *tasks,
                                     const msched__arrangement *best, uint32_t todo,
                                     uint32_t *count);

#endif
