/*
 * tests/project/test_locale.c: what the library writes is the same bytes in every locale.
 * usage: test_locale CATALOG.csv PLAN.txt, under a locale with a decimal comma.
 */
#include <musicsched/musicsched.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OUTPUT (4u << 20)

static void append(char *out, const msched_text *text)
{
    size_t used = strlen(out);

    if (text != NULL && used + msched_text_size(text) + 1 < MAX_OUTPUT)
        memcpy(out + used, msched_text_data(text), msched_text_size(text) + 1);
}

static void append_statistics(char *out, const msched_catalog *catalog, msched_error *err)
{
    msched_correlations *correlations = NULL;
    msched_groups *groups = NULL;
    msched_text *text = NULL;

    if (msched_groups_compute(&groups, catalog, NULL, err) == MSCHED_OK &&
        msched_groups_to_state(groups, &text, err) == MSCHED_OK)
        append(out, text);
    msched_text_unref(text);
    text = NULL;
    if (msched_correlations_compute(&correlations, catalog, NULL, err) == MSCHED_OK &&
        msched_correlations_to_state(correlations, &text, err) == MSCHED_OK)
        append(out, text);
    msched_text_unref(text);
    msched_groups_unref(groups);
    msched_correlations_unref(correlations);
}

static void append_schedule(char *out, const msched_catalog *catalog, const char *day,
                            msched_error *err)
{
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    msched_text *texts[4] = {NULL};

    if (msched_plan_parse_text(&plan, NULL, day, strlen(day), catalog, NULL, err) == MSCHED_OK &&
        msched_plan_to_json(plan, &texts[0], err) == MSCHED_OK &&
        msched_schedule_build(&schedule, catalog, plan, NULL, err) == MSCHED_OK &&
        msched_schedule_to_json(schedule, &texts[1], err) == MSCHED_OK &&
        msched_schedule_to_text(schedule, &texts[2], err) == MSCHED_OK &&
        msched_schedule_to_ical(schedule, &texts[3], NULL, err) == MSCHED_OK) {
        for (int i = 0; i < 4; i++)
            append(out, texts[i]);
    }
    for (int i = 0; i < 4; i++)
        msched_text_unref(texts[i]);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

/* Everything, from the file to the day, as one text; NULL on failure. */
static char *run_all(const char *path, const char *day)
{
    msched_error err = {.code = MSCHED_OK};
    msched_catalog *catalog = NULL;
    char *out = calloc(1, MAX_OUTPUT);

    if (out != NULL && msched_catalog_load_path(&catalog, path, NULL, &err) == MSCHED_OK) {
        append_statistics(out, catalog, &err);
        append_schedule(out, catalog, day, &err);
    }
    msched_catalog_unref(catalog);
    if (err.code == MSCHED_OK)
        return out;
    fprintf(stderr, "%s\n", err.message);
    free(out);
    return NULL;
}

static int read_day(const char *path, char *day, size_t size)
{
    FILE *file = fopen(path, "rb");
    size_t got = file != NULL ? fread(day, 1, size - 1, file) : 0;

    if (file != NULL)
        fclose(file);
    day[got] = '\0';
    return got > 0;
}

int main(int argc, char **argv)
{
    char day[8192];
    char *plain, *local;
    int same;

    if (argc != 3 || !read_day(argv[2], day, sizeof day)) {
        fprintf(stderr, "usage: test_locale CATALOG.csv PLAN.txt\n");
        return 2;
    }
    plain = run_all(argv[1], day);
    if (setlocale(LC_ALL, "") == NULL || strcmp(localeconv()->decimal_point, ",") != 0) {
        fprintf(stderr, "not under a locale with a decimal comma\n");
        free(plain);
        return 77;
    }
    local = run_all(argv[1], day);
    same = plain != NULL && local != NULL && strlen(plain) > 1000 && strcmp(plain, local) == 0;
    if (!same)
        fprintf(stderr, "the outputs differ\n");
    free(plain);
    free(local);
    return same ? 0 : 1;
}
