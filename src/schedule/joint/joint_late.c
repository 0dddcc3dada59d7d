/*
 * A late task moves to the latest start at which it touches the end of its windows or the next
 * task, from the last task of the day to the first, so that a task follows those that it is before.
 * Then the other tasks move earlier, from the first to the last. Split tasks, and in replanning
 * tasks at their previous times, stay where they are.
 */
#include "schedule/joint/joint_late.h"

#include "algo/min_max.h"
#include "schedule/joint/joint_beside.h"

typedef struct mover {
    const msched__tasks *tasks;
    msched__arrangement *now;
    const msched__solution *songs; /* the wanted songs that are in the way; NULL: none */
    msched__budget *budget;
    int moved;
} mover;

/* The latest start below `below` worth trying; INT32_MIN: none. */
static int32_t next_start(const mover *m, const msched__task *task, int32_t below)
{
    int32_t best = INT32_MIN;
    for (uint32_t r = 0; r < task->window_count; r++) {
        int32_t start = task->windows[r].end - task->length;
        best = start < below ? larger(best, start) : best;
    }
    for (uint32_t i = 0; i < m->now->piece_count; i++) {
        const msched__piece *next = &m->now->pieces[i];
        int32_t start = next->start - task->length -
                        msched__tasks_gap(task, &m->tasks->tasks[next->task]);
        best = start < below ? larger(best, start) : best;
    }
    for (uint32_t i = 0; m->songs != NULL && i < m->songs->songs.play_count; i++) {
        int32_t song = m->songs->placement.start[i], start = song - task->after - task->length;
        if (song != MSCHED_UNSET && start < below)
            best = larger(best, start);
    }
    return best;
}

/* 1 if a wanted song plays while the task needs silence. */
static int disturbs(const mover *m, const msched__task *task, msched__interval whole)
{
    const msched__songs_problem *songs = m->songs == NULL ? NULL : &m->songs->songs;
    for (uint32_t i = 0; songs != NULL && task->silent && i < songs->play_count; i++) {
        int32_t start = m->songs->placement.start[i];
        if (start != MSCHED_UNSET && start < whole.end + task->after &&
            start + songs->plays[i].length_s > whole.start - task->before)
            return 1;
    }
    return 0;
}

/* Move a task to the latest start after its current one. */
static void move_late(mover *m, uint32_t index, int32_t was)
{
    const msched__task *task = &m->tasks->tasks[index];
    int32_t start = INT32_MAX;
    msched__arrangement_remove(m->tasks, m->now, index);
    while ((start = next_start(m, task, start)) > was) {
        msched__interval whole = {start, start + task->length};
        msched__budget_spend(m->budget, 1);
        if (!disturbs(m, task, whole) &&
            msched__arrangement_insert_at(m->tasks, m->now, index, &whole, 1)) {
            m->moved = 1;
            return;
        }
    }
    msched__arrangement_insert_at(m->tasks, m->now, index,
                                  &(msched__interval){was, was + task->length}, 1);
}

/* Move a task to its earliest start, if that is before its current one. */
static void move_early(mover *m, uint32_t index, int32_t was)
{
    const msched__task *task = &m->tasks->tasks[index];
    msched__arrangement_remove(m->tasks, m->now, index);
    msched__budget_spend(m->budget, 1);
    if (msched__arrangement_insert(m->tasks, m->now, index)) {
        for (uint32_t i = 0; i < m->now->piece_count; i++) {
            const msched__piece *piece = &m->now->pieces[i];
            if (piece->task == index && piece->start <= was &&
                piece->end - piece->start == task->length)
                return;
        }
        msched__arrangement_remove(m->tasks, m->now, index);
    }
    msched__arrangement_insert_at(m->tasks, m->now, index,
                                  &(msched__interval){was, was + task->length}, 1);
}

/* Move late tasks, last to first; then, with `compact`, the others move earlier. 1 if one moved. */
static int move_all(mover *m, int compact)
{
    for (uint32_t i = m->now->piece_count; i-- > 0;) {
        msched__piece piece = m->now->pieces[i];
        if (msched__task_is_late(m->tasks, piece.task) && msched__piece_may_move(m->tasks, &piece))
            move_late(m, piece.task, piece.start);
    }
    for (uint32_t i = 0; compact && m->moved && i < m->now->piece_count; i++) {
        msched__piece piece = m->now->pieces[i];
        if (!msched__task_is_late(m->tasks, piece.task) && msched__piece_may_move(m->tasks, &piece))
            move_early(m, piece.task, piece.start);
    }
    return m->moved;
}

static int has_late(const msched__tasks *tasks)
{
    for (uint32_t i = 0; i < tasks->count; i++)
        if (msched__task_is_late(tasks, i))
            return 1;
    return 0;
}

msched_result msched__late_tasks(msched__solver *s)
{
    mover m = {&s->model->tasks, &s->best.timetable, NULL, s->budget, 0};
    if (has_late(m.tasks))
        move_all(&m, 1);
    return MSCHED_OK;
}

/* How a day with songs is tried, boldest first. */
enum attempt { MOVE_ALL, MOVE_LATE, BESIDE_SONGS, ATTEMPTS };

/* *kept is 1 if nothing is left to gain: the day was accepted, or nothing moved. */
static msched_result try_day(msched__solver *s, enum attempt attempt, int *kept)
{
    const msched__tasks *tasks = &s->model->tasks;
    msched__solution trial = {0};
    mover m = {tasks, &trial.timetable, attempt == BESIDE_SONGS ? &s->best : NULL, s->budget, 0};
    if (!msched__arrangement_make(s->arena, tasks, &trial.timetable))
        return MSCHED_ERROR_MEMORY;
    msched__arrangement_copy(tasks, &trial.timetable, &s->best.timetable);
    *kept = !move_all(&m, attempt == MOVE_ALL);
    return *kept ? MSCHED_OK : msched__try_timetable(s, &trial, kept);
}

msched_result msched__late_day(msched__solver *s)
{
    msched_result result = MSCHED_OK;
    int kept = !has_late(&s->model->tasks);
    for (int attempt = MOVE_ALL; attempt < ATTEMPTS && !kept && result == MSCHED_OK; attempt++)
        result = try_day(s, (enum attempt)attempt, &kept);
    return result;
}
