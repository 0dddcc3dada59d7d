/* Plan a day with one event and one task, and check that the task begins after a pause of 5 min. */
#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char day[] = "date: 2026-11-24\n9:00-17:00 Work\nGym 1h after 17:00\n";
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    msched_error err;
    msched_result result = msched_plan_parse_text(&plan, NULL, day, strlen(day), NULL, NULL, &err);
    if (result == MSCHED_OK)
        result = msched_schedule_build(&schedule, NULL, plan, NULL, &err);
    if (result == MSCHED_OK)
        result = msched_schedule_get_entry(schedule, 1, &entry);
    if (result != MSCHED_OK)
        fprintf(stderr, "%s\n", err.message);
    else
        printf("%s begins at second %d\n", entry.title, (int)entry.start_s);
    const int right = result == MSCHED_OK && entry.start_s == 17 * 3600 + 300;
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    return right ? 0 : 1;
}
