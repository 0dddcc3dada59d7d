/*
 * Lines as people type them and their right reading, from a table: line, start, end, length, title,
 * labels, messages. A start ">=18:00" and an end "<=21:00" are the window of a task. The length
 * is in minutes; "30?" was assumed. Messages are the codes of errors ("!"), warnings ("?") and,
 * where they matter, notes. Below a heading that begins with "## In a week", the lines are of a
 * plan of seven days from Monday, 2026-11-23: line, the line as the plan writes it, messages.
 * With a third argument the readings of its lines are printed in that form.
 */
#include "../testing.h"

#include "plan/plan_data.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <stdlib.h>

#define FIELDS 7

static const char *table;

static msched_result parse(msched_plan **plan, msched_diagnostics **diagnostics, const char *text)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-28";
    return msched_plan_parse_text(plan, diagnostics, text, strlen(text), NULL, &options, NULL);
}

static void show_time(char *out, const char *before, int32_t seconds)
{
    sprintf(out, "%s%02d:%02d", before, (int)seconds / 3600, (int)seconds / 60 % 60);
}

/* Errors, warnings and the notes that are not said of most lines. */
static void show_codes(char *out, size_t room, const msched_diagnostics *diagnostics, int *assumed)
{
    static const char marks[] = "!?";
    *out = '\0';
    for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++) {
        msched_diagnostic d = {.struct_size = sizeof d};
        assert_int_equal(msched_diagnostics_get(diagnostics, i, &d), MSCHED_OK);
        if (strcmp(d.code, "default_duration") == 0) {
            *assumed = 1;
            continue;
        }
        if (strcmp(d.code, "label") == 0)
            continue;
        size_t used = strlen(out);
        char mark[2] = {d.severity < 2 ? marks[d.severity] : '\0', '\0'};
        snprintf(out + used, room - used, "%s%s%s", used > 0 ? "," : "", mark, d.code);
    }
}

/* "\\t", "\\r" and "\\n" of the table as the characters. */
static void unescape(char *out, const char *line)
{
    static const char names[] = "trn", values[] = "\t\r\n";
    for (; *line != '\0'; line++) {
        const char *name = *line == '\\' && line[1] != '\0' ? strchr(names, line[1]) : NULL;
        *out++ = name != NULL ? values[name - names] : *line;
        line += name != NULL;
    }
    *out = '\0';
}

/* The order in which to-dos stand to others, as they name them: "Gym after:lunch". */
static void show_orders(char *out, size_t room, const msched_plan *plan)
{
    size_t size = strlen(out);
    for (uint32_t k = 0; k < plan->todo_count; k++) {
        const msched__plan_todo *todo = &plan->todos[k];
        for (uint32_t i = 0; i < todo->after_id_count + todo->before_count && size < room; i++) {
            const int after = i < todo->after_id_count;
            size += (size_t)snprintf(out + size, room - size, "%s%s %s:%s", size > 0 ? "," : "",
                                     todo->title, after ? "after" : "before",
                                     after ? todo->after_ids[i]
                                           : todo->before_ids[i - todo->after_id_count]);
        }
    }
    assert_true(size < room);
}

/* The reading of a line in the form of the table. */
static void read_line(char *out, size_t room, const char *line)
{
    msched_plan *plan = NULL;
    msched_diagnostics *diagnostics = NULL;
    char text[1024];
    unescape(text, line);
    parse(&plan, &diagnostics, text);
    char codes[400], start[16] = "-", end[16] = "-", labels[400] = "";
    int assumed = 0;
    show_codes(codes, sizeof codes, diagnostics, &assumed);
    if (plan == NULL || plan->todo_count == 0) {
        snprintf(out, room, "%s\t-\t-\t-\t-\t\t%s", line, codes);
    } else {
        const msched__plan_todo *todo = &plan->todos[0];
        int is_event = todo->kind == MSCHED_TODO_EVENT;
        if (is_event || todo->has_earliest)
            show_time(start, is_event ? "" : ">=", is_event ? todo->start_s : todo->earliest_s);
        if (is_event || todo->has_latest)
            show_time(end, is_event ? "" : "<=", is_event ? todo->end_s : todo->latest_s);
        for (uint32_t i = 0; i < todo->label_count; i++)
            sprintf(labels + strlen(labels), "%s%s", i > 0 ? "," : "", todo->labels[i]);
        show_orders(labels, sizeof labels, plan);
        snprintf(out, room, "%s\t%s\t%s\t%d%s\t%s\t%s\t%s", line, start, end,
                 (int)todo->duration_s / 60, assumed ? "?" : "", todo->title, labels, codes);
    }
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
}

/* The reading of a line in a plan of a week. */
static void read_in_week(char *out, size_t room, const char *line)
{
    static const char head[] = "date: 2026-11-23\ndays: 7\n";
    msched_plan *plan = NULL;
    msched_diagnostics *diagnostics = NULL;
    msched_text *written = NULL;
    char text[1100], codes[400], body[600] = "-";
    int assumed = 0;
    snprintf(text, sizeof text, "%s%s", head, line);
    parse(&plan, &diagnostics, text);
    show_codes(codes, sizeof codes, diagnostics, &assumed);
    if (plan != NULL) {
        assert_int_equal(msched_plan_to_text(plan, NULL, &written, NULL), MSCHED_OK);
        snprintf(body, sizeof body, "%s", msched_text_data(written) + strlen(head));
        size_t size = strlen(body), start = strspn(body, "\n");
        while (size > start && body[size - 1] == '\n')
            body[--size] = '\0';
        memmove(body, body + start, size - start + 1);
    }
    for (char *at = body; (at = strchr(at, '\n')) != NULL;)
        *at = '/';
    snprintf(out, room, "%s\t%s\t%s", line, body, codes);
    msched_text_unref(written);
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
}

/* A heading of the table, which says what plan the lines below it are of. */
static int take_heading(const char *row, int *in_week)
{
    if (strncmp(row, "## ", 3) != 0)
        return 0;
    *in_week = strncmp(row, "## In a week", 12) == 0;
    return 1;
}

static void test_table(void **state)
{
    (void)state;
    FILE *file = fopen(table, "r");
    assert_non_null(file);
    char row[1024], got[2048];
    unsigned number = 0, lines = 0, wrong = 0;
    int in_week = 0;
    while (fgets(row, sizeof row, file) != NULL) {
        number++;
        row[strcspn(row, "\n")] = '\0';
        if (take_heading(row, &in_week) || row[0] == '\0')
            continue;
        char line[1024];
        size_t size = strcspn(row, "\t");
        memcpy(line, row, size);
        line[size] = '\0';
        (in_week ? read_in_week : read_line)(got, sizeof got, line);
        lines++;
        if (strcmp(got, row) != 0) {
            wrong++;
            print_error("%s:%u:\n  wanted %s\n  got    %s\n", table, number, row, got);
        }
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_true(lines >= 4000);
}

static int print_readings(const char *path)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    int in_week = 0;
    char row[1024], got[2048];
    while (file != NULL && fgets(row, sizeof row, file) != NULL) {
        row[strcspn(row, "\n")] = '\0';
        if (take_heading(row, &in_week) || row[0] == '\0') {
            puts(row);
            continue;
        }
        row[strcspn(row, "\t")] = '\0';
        (in_week ? read_in_week : read_line)(got, sizeof got, row);
        puts(got);
    }
    return 0;
}

int main(int argc, char **argv)
{
    table = argc > 1 ? argv[1] : "tests/plan/notation.tsv";
    if (argc > 2)
        return print_readings(argv[2]);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
