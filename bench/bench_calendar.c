/*
 * Time reading a calendar and asking it for a day.
 *
 * usage: bench_calendar [EVENTS]      default 50,000, spread over the year 2026; every 50th one
 * recurs every week
 */
#include <musicsched/musicsched.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 9

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static size_t write_events(char *out, size_t capacity, int events)
{
    size_t size = (size_t)snprintf(out, capacity, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    uint32_t state = 1;
    for (int i = 0; i < events && size < capacity; i++) {
        state = state * 1664525u + 1013904223u;
        int month = (int)(state >> 24) % 12 + 1, day = (int)(state >> 16 & 255) % 28 + 1,
            hour = (int)(state >> 8 & 255) % 23;
        size += (size_t)snprintf(
            out + size, capacity - size,
            "BEGIN:VEVENT\r\nUID:%d@example.com\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Meeting "
            "%d\r\n"
            "DESCRIPTION:What it is about and who takes part\r\nLOCATION:Room\r\n"
            "DTSTART;TZID=Europe/Berlin:2026%02d%02dT%02d0000\r\nDTEND;TZID=Europe/"
            "Berlin:2026%02d%02dT%02d3000\r\n%s"
            "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\n",
            i, i, month, day, hour, month, day, hour, i % 50 == 0 ? "RRULE:FREQ=WEEKLY\r\n" : "");
    }
    return size + (size_t)snprintf(out + size, capacity - size, "END:VCALENDAR\r\n");
}

int main(int argc, char **argv)
{
    int events = argc > 1 ? atoi(argv[1]) : 50000;
    size_t capacity = (size_t)events * 400 + 1000;
    char *text = malloc(capacity);
    if (events < 1 || text == NULL)
        return 1;
    size_t size = write_events(text, capacity, events);
    double read_ms = 1e9, day_ms = 1e9;
    uint32_t found = 0;
    for (int run = 0; run < RUNS; run++) {
        msched_calendar *calendar = NULL;
        msched_agenda *agenda = NULL;
        msched_agenda_options options;
        msched_error err;
        msched_agenda_options_init(&options, sizeof options);
        options.date = "2026-11-24";
        options.timezone = "Europe/Berlin";
        double start = now_ms();
        if (msched_calendar_read(&calendar, text, size, NULL, &err) != MSCHED_OK)
            return fprintf(stderr, "%s\n", err.message), 1;
        double between = now_ms();
        if (msched_agenda_make(&agenda, &calendar, 1, &options, &err) != MSCHED_OK)
            return fprintf(stderr, "%s\n", err.message), 1;
        double end = now_ms();
        read_ms = between - start < read_ms ? between - start : read_ms;
        day_ms = end - between < day_ms ? end - between : day_ms;
        found = msched_agenda_event_count(agenda);
        msched_agenda_unref(agenda);
        msched_calendar_unref(calendar);
    }
    printf("%d events, %.1f MB: read in %.1f ms, a day (%u events) in %.1f ms\n", events,
           (double)size / 1e6, read_ms, found, day_ms);
    free(text);
    return 0;
}
