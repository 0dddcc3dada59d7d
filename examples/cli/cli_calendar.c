/* cli/cli_calendar.c: calendars from files, and the date and zone of this machine. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int cli_read_calendars(msched_calendar **calendars, const char *const *paths, uint32_t count)
{
    int status = CLI_DONE;

    for (uint32_t i = 0; i < count && status == CLI_DONE; i++) {
        msched_calendar_options options;
        msched_error err;
        size_t size;
        char *data = cli_read(paths[i], MSCHED_CALENDAR_MAX_BYTES, &size);
        const char *slash = strrchr(paths[i], '/');

        if (data == NULL)
            return CLI_BAD_INPUT;
        msched_calendar_options_init(&options, sizeof options);
        options.name = slash == NULL ? paths[i] : slash + 1;
        if (msched_calendar_read(&calendars[i], data, size, &options, &err) != MSCHED_OK)
            status = cli_report(paths[i], &err);
        free(data);
    }
    return status;
}

/* What follows "zoneinfo/" in a path; NULL if nothing does. */
static const char *after_zoneinfo(const char *path)
{
    const char *found = strstr(path, "zoneinfo/");

    return found == NULL ? NULL : found + strlen("zoneinfo/");
}

const char *cli_local_zone(void)
{
    static char link[256];
    const char *tz = getenv("TZ");
    ssize_t size;

    if (tz != NULL && *tz == ':')
        tz++;
    if (tz != NULL && *tz != '\0')
        return *tz == '/' ? (after_zoneinfo(tz) != NULL ? after_zoneinfo(tz) : "") : tz;
    size = readlink("/etc/localtime", link, sizeof link - 1);
    if (size <= 0)
        return "";
    link[size] = '\0';
    return after_zoneinfo(link) != NULL ? after_zoneinfo(link) : "";
}

const char *cli_today(char out[11])
{
    time_t now = time(NULL);
    struct tm local;

    if (localtime_r(&now, &local) == NULL || strftime(out, 11, "%Y-%m-%d", &local) != 10)
        return NULL;
    return out;
}

void cli_tell_remarks(const msched_agenda *agenda)
{
    for (uint32_t i = 0; i < msched_agenda_remark_count(agenda); i++) {
        msched_agenda_remark remark = {.struct_size = sizeof remark};

        if (msched_agenda_get_remark(agenda, i, &remark) != MSCHED_OK)
            continue;
        fprintf(stderr, "%s", remark.calendar_name);
        if (remark.line != 0)
            fprintf(stderr, ":%llu", (unsigned long long)remark.line);
        fprintf(stderr, ": note: %s", remark.reason);
        fprintf(stderr, *remark.uid != '\0' ? " (UID %s)\n" : "%s\n", remark.uid);
    }
}
