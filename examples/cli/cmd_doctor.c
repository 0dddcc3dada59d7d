/* cli/cmd_doctor.c: what is installed and found, for someone who wonders why it does not work. */
#include "cli_config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void tell(const char *what, const char *found, const char *remark)
{
    printf("%-16s %s%s%s\n", what, found, *remark != '\0' ? ": " : "", remark);
}

/* A zone that every database has. */
static int has_zones(void)
{
    static const char text[] = "date: 2026-11-24\ntimezone: Europe/Berlin\n";
    msched_plan *plan = NULL;
    int found = msched_plan_parse_text(&plan, NULL, text, sizeof text - 1, NULL, NULL, NULL) ==
                MSCHED_OK;

    msched_plan_unref(plan);
    return found;
}

static int check_zones(void)
{
    const char *zone = cli_local_zone();

    if (!has_zones()) {
        tell("time zones", "missing", "install the zone database (Debian: tzdata)");
        return 0;
    }
    tell("time zones", "found", *zone != '\0' ? zone : "the zone of this machine has no name");
    return 1;
}

static int check_config(void)
{
    const char *path = cli_config_path();

    if (path == NULL || access(path, F_OK) != 0) {
        tell("configuration", "none", path != NULL ? path : "");
        return 1;
    }
    if (cli_config_read() == NULL) /* which has reported why */
        return 0;
    tell("configuration", "read", path);
    return 1;
}

static void check_calendars(void)
{
    if (msched_calendar_can_recur())
        tell("calendars", "read", "with recurring events");
    else
        tell("calendars", "read",
             "without recurring events; libical was not available at build time");
}

static int check_catalog(const cli_request *request, const msched_catalog *catalog)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    char text[96];

    if (request->catalog_path == NULL) {
        tell("catalog", "none", "add --catalog FILE, or set it in the configuration");
        return 1;
    }
    if (msched_catalog_get_info(catalog, &info) != MSCHED_OK)
        return 0;
    snprintf(text, sizeof text, "%llu tracks of %llu artists", (unsigned long long)info.tracks,
             (unsigned long long)info.artists);
    tell("catalog", request->catalog_path, text);
    return 1;
}

int cmd_doctor(cli_request *request, const msched_catalog *catalog)
{
    int good;

    cli_print_version();
    putchar('\n');
    tell("characters", setlocale(LC_CTYPE, NULL), "");
    tell("terminal", isatty(STDOUT_FILENO) ? "yes" : "no",
         cli_is_colored() ? "with colors" : "without colors");
    check_calendars();
    good = check_zones();
    good = check_config() && good;
    return check_catalog(request, catalog) && good ? CLI_DONE : CLI_BAD_INPUT;
}
