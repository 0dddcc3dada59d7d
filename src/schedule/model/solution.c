#include "schedule/model/solution.h"

#include <string.h>

const uint8_t msched__level_of_priority[5] = {0, MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2,
                                              MSCHED_LEVEL_TASKS_3, MSCHED_LEVEL_TASKS_4};

void msched__solution_rate(const msched__tasks *tasks, msched__solution *solution)
{
    for (int p = 1; p <= 4; p++)
        solution->value[msched__level_of_priority[p]] = tasks->base[p] +
                                                        solution->timetable.count[p];
    solution->value[MSCHED_LEVEL_MUST_SONGS] = solution->placement.must;
    solution->value[MSCHED_LEVEL_SONG_WEIGHT] = solution->placement.weight;
    solution->value[MSCHED_LEVEL_FILL_S] = solution->fill.seconds;
}

void msched__solution_take(const msched__tasks *tasks, msched__solution *solution,
                           const msched__solution *from)
{
    msched__arrangement_copy(tasks, &solution->timetable, &from->timetable);
    if (from->songs.play_count > 0)
        memcpy(solution->placement.start, from->placement.start,
               from->songs.play_count * sizeof *from->placement.start);
    solution->placement.must = from->placement.must;
    solution->placement.weight = from->placement.weight;
    msched__solution_rate(tasks, solution);
}

int msched__values_compare(const int64_t *a, const int64_t *b, uint32_t count)
{
    for (uint32_t level = 0; level < count; level++)
        if (a[level] != b[level])
            return a[level] < b[level] ? -1 : 1;
    return 0;
}

msched__fill_problem msched__solution_fill(const msched__solution *solution)
{
    msched__fill_problem problem = solution->fill_problem;
    problem.songs = &solution->songs;
    problem.placement = &solution->placement;
    return problem;
}

int msched__solution_plays_hold(const msched__solution *solution)
{
    for (uint32_t i = 0; i < solution->songs.play_count; i++) {
        const msched__play *play = &solution->songs.plays[i];
        int32_t start = solution->placement.start[i];
        if (start == MSCHED_UNSET)
            continue;
        if (play->pinned_s != MSCHED_UNSET && start != play->pinned_s)
            return 0;
        if (!play->frozen && !msched__interval_covers(play->windows, play->window_count, start,
                                                      start + play->length_s))
            return 0;
    }
    return 1;
}

int msched__solution_holds(const msched__tasks *tasks, const msched__solution *solution)
{
    const msched__arrangement *timetable = &solution->timetable;
    msched__solution counted = *solution;
    counted.placement.must = counted.placement.weight = 0;
    memset(counted.timetable.count, 0, sizeof counted.timetable.count);
    if (!msched__arrangement_in_order(tasks, timetable))
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        counted.timetable.count[tasks->tasks[i].priority] += timetable->placed[i] != 0;
    for (uint32_t i = 0; i < solution->songs.play_count; i++) {
        const msched__play *play = &solution->songs.plays[i];
        int placed = solution->placement.start[i] != MSCHED_UNSET;
        counted.placement.must += placed && play->must;
        counted.placement.weight += placed && !play->must ? play->weight : 0;
    }
    msched__solution_rate(tasks, &counted);
    return msched__values_compare(counted.value, solution->value, MSCHED_LEVEL_COUNT) == 0;
}
