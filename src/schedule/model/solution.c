#include "schedule/model/solution.h"

const uint8_t msched__level_of_priority[5] = {0, MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2, MSCHED_LEVEL_TASKS_3,
                                              MSCHED_LEVEL_TASKS_4};

void msched__day_values(msched__day *day)
{
    for (int p = 1; p <= 4; p++)
        day->value[msched__level_of_priority[p]] = day->tasks.base[p] + day->answer.best.count[p];
    day->value[MSCHED_LEVEL_MUST_SONGS] = day->placement.must;
    day->value[MSCHED_LEVEL_SONG_WEIGHT] = day->placement.weight;
}
