/* The contents of a report; report_write.c shows it. */
#include "catalog/build/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void msched__report_init(msched__report *report, const msched_allocator *allocator)
{
    memset(report, 0, sizeof *report);
    msched__arena_init(&report->arena, allocator, 8192);
}

void msched__report_free(msched__report *report)
{
    msched__arena_reset(&report->arena);
    report->files = report->last_file = NULL;
}

msched__file_report *msched__report_add_file(msched__report *report)
{
    msched__file_report *file = msched__arena_alloc(&report->arena, 1, sizeof *file);
    if (file == NULL)
        return NULL;
    memset(file, 0, sizeof *file);
    if (report->last_file == NULL)
        report->files = file;
    else
        report->last_file->next = file;
    report->last_file = file;
    return file;
}

int msched__report_keep_header(msched__report *report, msched__file_report *file,
                               const msched__slice *fields, size_t count)
{
    const char **copies = msched__arena_alloc(&report->arena, count, sizeof *copies);
    if (copies == NULL)
        return 0;
    for (size_t i = 0; i < count; i++) {
        char *copy = msched__arena_copy(&report->arena, fields[i].data,
                                        fields[i].size < 200 ? fields[i].size : 0);
        if (copy == NULL)
            return 0;
        for (char *at = copy; *at != '\0'; at++) /* one line, whatever the input's header is */
            *at = (unsigned char)*at < ' ' ? ' ' : *at;
        copies[i] = copy;
    }
    file->fields = copies;
    file->field_count = (uint32_t)count;
    return 1;
}

void msched__report_note(msched__report *report, msched__file_report *file, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    msched__note *note = msched__arena_alloc(&report->arena, 1, sizeof *note);
    char *copy = size < 0 ? NULL : msched__arena_copy(&report->arena, text, strlen(text));
    if (note == NULL || copy == NULL) {
        file->failed = 1;
        return;
    }
    *note = (msched__note){NULL, copy};
    if (file->last_note == NULL)
        file->notes = note;
    else
        file->last_note->next = note;
    file->last_note = note;
}

void msched__report_unknown(msched__column_report *column, uint64_t line, const char *quoted)
{
    column->unknown++;
    if (quoted == NULL)
        return;
    if (column->unreadable++ == 0) {
        column->first_line = line;
        snprintf(column->first_text, sizeof column->first_text, "%s", quoted);
    }
}

const char *msched__without_place(const msched_error *reason, const char *source)
{
    char place[120];
    int size = reason->column == 0
                   ? snprintf(place, sizeof place, "%s:%llu: ", source,
                              (unsigned long long)reason->line)
                   : snprintf(place, sizeof place, "%s:%llu:%u: ", source,
                              (unsigned long long)reason->line, (unsigned)reason->column);
    const size_t length = size < 0 ? 0 : (size_t)size;
    return length < sizeof place && strncmp(reason->message, place, length) == 0
               ? reason->message + length
               : reason->message;
}
