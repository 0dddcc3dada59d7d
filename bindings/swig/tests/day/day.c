/* Plans a day: day SONGS.csv PLAN.txt */
#include <musicsched/musicsched.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    static char day[65536];
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    size_t size = file == NULL ? 0 : fread(day, 1, sizeof day, file);
    msched_catalog *songs = NULL;
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    msched_text *text = NULL;
    msched_error error = {0};

    if (file == NULL)
        return 2;
    fclose(file);
    if (msched_catalog_load_path(&songs, argv[1], NULL, &error) == MSCHED_OK &&
        msched_plan_parse_text(&plan, NULL, day, size, songs, NULL, &error) == MSCHED_OK &&
        msched_schedule_build(&schedule, songs, plan, NULL, &error) == MSCHED_OK &&
        msched_schedule_to_json(schedule, &text, &error) == MSCHED_OK)
        fwrite(msched_text_data(text), 1, msched_text_size(text), stdout);
    else
        fprintf(stderr, "%s\n", error.message);
    const int failed = text == NULL;
    msched_text_unref(text);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(songs);
    return failed;
}
