#include "schedule/level_eight.h"

#include "schedule/joint/joint_fills.h"
#include "schedule/songs/songs_repeats.h"
#include "schedule/songs/songs_spread.h"
#include "schedule/tasks/tasks_pace.h"
#include "schedule/tasks/tasks_usual.h"

static int32_t seconds(int64_t value)
{
    return (int32_t)(value < INT32_MAX ? value : INT32_MAX);
}

static msched_result rate_songs(const msched__solver *solver, msched_objective *out)
{
    const msched__solution *day = &solver->best;
    msched__fill_problem problem = msched__solution_fill(day);
    problem.hosts = msched__fill_hosts(solver->arena, solver->model, day);
    if (problem.hosts == NULL)
        return MSCHED_ERROR_MEMORY;
    const msched__spread spread = msched__songs_spread_rate(&problem, day->timed, day->timed_count);
    out->repeats_s =
        seconds(msched__songs_repeats_lacking(&day->songs, day->timed, day->timed_count));
    out->spread_s = spread.spread_s;
    out->mood_s = spread.mood_s;
    out->silence_s = spread.silence_s;
    return MSCHED_OK;
}

msched_result msched__level_eight(const msched__solver *solver, msched_objective *out)
{
    const msched__pace pace = msched__pace_of(solver->model->plan);
    const msched__pace pause = {MSCHED__PAUSE_S, MSCHED__PAUSE_S, MSCHED__PAUSE_RUN_S, 0};
    uint32_t count;
    const msched__interval *todos = msched__pauses_todos(solver->arena, &solver->model->tasks,
                                                         &solver->best.timetable, &count);
    if (todos == NULL)
        return MSCHED_ERROR_MEMORY;
    const msched__pauses pauses = msched__pauses_rate(todos, count, &pause);
    out->pauses_s = seconds(pauses.lacking_s);
    out->longest_run_s = pauses.longest_s;
    out->usual_s =
        seconds(msched__tasks_usual_missed(&solver->model->tasks, &solver->best.timetable));
    out->breaks_s = solver->model->plan->break_s > 0
                        ? seconds(msched__pauses_rate(todos, count, &pace).over_s)
                        : 0;
    return solver->model->catalog == NULL || solver->best.timed_count == 0
               ? MSCHED_OK
               : rate_songs(solver, out);
}
