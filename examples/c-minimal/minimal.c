/*
 * The least a program needs: load songs, ask what is popular, plan a day.
 *   cc minimal.c $(pkg-config --cflags --libs musicsched) -o minimal && ./minimal SONGS.csv
 */
#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

static const char DAY[] = "date: 2026-11-24\n"
                          "9:00-17:00 Work\n"
                          "Gym 1h after 17:00 #workout\n"
                          "fill: 20m\n";

static int print_top(const msched_catalog *catalog, msched_error *err)
{
    msched_top_options options;
    msched_top *top = NULL;

    msched_top_options_init(&options, sizeof options);
    options.count = MSCHED_COUNT_RECORDINGS;
    options.limit = 3;
    if (msched_top_compute(&top, catalog, &options, err) != MSCHED_OK)
        return 0;
    for (uint32_t i = 0; i < msched_top_count(top); i++) {
        msched_track track = {.struct_size = sizeof track};
        uint32_t index;

        if (msched_top_get(top, i, &index, NULL) == MSCHED_OK &&
            msched_catalog_get_track(catalog, index, &track) == MSCHED_OK)
            printf("%3u  %s - %s\n", (unsigned)track.popularity, track.name, track.artist);
    }
    msched_top_unref(top);
    return 1;
}

static int print_day(const msched_catalog *catalog, msched_error *err)
{
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    msched_text *text = NULL;
    int ok = msched_plan_parse_text(&plan, NULL, DAY, strlen(DAY), catalog, NULL, err) ==
                 MSCHED_OK &&
             msched_schedule_build(&schedule, catalog, plan, NULL, err) == MSCHED_OK &&
             msched_schedule_to_text(schedule, &text, err) == MSCHED_OK;

    if (ok)
        fputs(msched_text_data(text), stdout);
    msched_text_unref(text);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    return ok;
}

int main(int argc, char **argv)
{
    msched_error err;
    msched_catalog *catalog = NULL;
    int ok;

    if (argc != 2) {
        fprintf(stderr, "usage: minimal SONGS.csv\n");
        return 2;
    }
    ok = msched_catalog_load_path(&catalog, argv[1], NULL, &err) == MSCHED_OK &&
         print_top(catalog, &err) && print_day(catalog, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    msched_catalog_unref(catalog);
    return ok ? 0 : 1;
}
