/* cli/cli_options.c: a command line and the configuration turned into a request. */
#include "cli_config.h"
#include "cli_option_table.h"
#include "cli_option_values.h"
#include "cli_suggest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the library counts for the question of this command. */
static uint32_t default_count(const cli_command *command)
{
    msched_top_options top;
    msched_groups_options groups;

    msched_top_options_init(&top, sizeof top);
    msched_groups_options_init(&groups, sizeof groups);
    return command->run == cmd_top ? top.count : groups.count;
}

static void init_request(cli_request *request, const cli_command *command)
{
    const char *catalog = getenv("MUSICSCHED_CATALOG");

    memset(request, 0, sizeof *request);
    request->command = command;
    request->catalog_path = catalog != NULL && *catalog != '\0' ? catalog : NULL;
    request->count = default_count(command);
    request->now_s = request->alarm_s = MSCHED_UNSET;
    msched_filter_init(&request->filter, sizeof request->filter);
}

static void link_names(cli_request *request)
{
    msched_filter *filter = &request->filter;

    filter->genres = request->genres.name;
    filter->genre_count = request->genres.count;
    filter->subgenres = request->subgenres.name;
    filter->subgenre_count = request->subgenres.count;
    filter->artists = request->artists.name;
    filter->artist_count = request->artists.count;
    filter->playlists = request->playlists.name;
    filter->playlist_count = request->playlists.count;
}

static int add_calendars(cli_request *request, const cli_names *paths, int music)
{
    for (uint32_t i = 0; i < paths->count; i++) {
        if (!cli_add_calendar(request, paths->name[i], music))
            return 0;
    }
    return 1;
}

int cli_apply_config(cli_request *request)
{
    uint32_t takes = request->command->takes;
    const cli_config *config = cli_config_read();

    if (config == NULL)
        return request->command->run == cmd_doctor ? CLI_DONE : CLI_BAD_INPUT;
    if ((takes & CLI_TAKES_CATALOG) != 0 && request->catalog_path == NULL &&
        config->catalogs.count > 0) {
        request->catalogs = config->catalogs;
        request->catalog_path = config->catalogs.name[0];
    }
    if ((takes & (CLI_TAKES_PLAN | CLI_TAKES_AGENDA | CLI_TAKES_HISTORY)) != 0 &&
        request->timezone == NULL)
        request->timezone = config->timezone;
    if ((takes & CLI_TAKES_PLAN) == 0)
        return CLI_DONE;
    if (request->argument_count == 0 && config->plan != NULL) {
        request->plan_argument = (char *)config->plan;
        request->arguments = &request->plan_argument;
        request->argument_count = 1;
    }
    if (request->argument_count == 0) {
        cli_usage_error(request, "needs PLAN, - for standard input, or a plan in the configuration",
                        NULL, "");
        return CLI_BAD_USAGE;
    }
    return request->calendars.count > 0 || (add_calendars(request, &config->calendars, 0) &&
                                            add_calendars(request, &config->music_calendars, 1))
               ? CLI_DONE
               : CLI_BAD_USAGE;
}

/*
 * The arguments of a command of CLI_CATALOG_ARGUMENTS are catalogs. So are those of another command
 * after "--catalog A B C", as a shell writes --catalog *.json, if it has no argument for them.
 */
static int take_catalogs(cli_request *request)
{
    int most = request->command->argument_max;

    if ((request->command->takes & CLI_CATALOG_ARGUMENTS) != 0) {
        while (request->argument_count > 0) {
            if (!cli_set_option(request, OPTION_CATALOG, *request->arguments))
                return 0;
            request->arguments++;
            request->argument_count--;
        }
    }
    while (request->catalogs.count > 0 && request->argument_count > most &&
           request->catalogs.count < CLI_MAX_NAMES && access(request->arguments[most], R_OK) == 0) {
        request->catalogs.name[request->catalogs.count++] = request->arguments[most];
        memmove(&request->arguments[most], &request->arguments[most + 1],
                (size_t)(request->argument_count - most - 1) * sizeof *request->arguments);
        request->argument_count--;
    }
    return 1;
}

static int check_arguments(const cli_request *request)
{
    const cli_command *command = request->command;

    if (request->argument_count < command->argument_min ||
        (command->run == cmd_agenda && request->argument_count == 0 &&
         request->calendars.count == 0))
        return command->run == cmd_agenda
                   ? cli_usage_error(request, "needs a calendar: name an .ics file", NULL,
                                     ", or set calendar in the configuration file")
                   : cli_usage_error(request, "missing argument", command->arguments, "");
    if (request->write && !request->fix)
        return cli_usage_error(request, "--write", NULL, " needs --fix");
    if (request->plan_text && request->fix)
        return cli_usage_error(request, "--plan-text", NULL, " and --fix cannot be combined");
    if (request->argument_count > command->argument_max)
        return cli_usage_error(request, "unexpected argument",
                               request->arguments[command->argument_max], "");
    return 1;
}

static void print_help(const cli_command *command)
{
    printf("usage: musicsched %s %s%s[OPTION]...\n\n%s.\n", command->name, command->arguments,
           *command->arguments != '\0' ? " " : "", command->summary);
    if (*command->details != '\0')
        printf("\n%s", command->details);
    printf("\nOptions:\n");
    cli_print_options(stdout, command->takes);
    printf("\nExamples:\n%s", command->examples);
}

int cli_parse(cli_request *request, const cli_command *command, int argc, char **argv,
              int *finished)
{
    struct option options[CLI_MAX_OPTIONS];
    char letters[CLI_MAX_OPTIONS];
    int id;

    cli_option_lists(command->takes, options, letters);
    init_request(request, command);
    *finished = 0;
    opterr = 0;
    while ((id = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        id = cli_option_of_letter(id);
        if (id == OPTION_HELP) {
            print_help(command);
            *finished = 1;
            return CLI_DONE;
        }
        if (id == ':') {
            cli_usage_error(request, argv[optind - 1], NULL, " needs a value");
            return CLI_BAD_USAGE;
        }
        if (id == '?') {
            cli_unknown_option(request, argv[optind - 1]);
            return CLI_BAD_USAGE;
        }
        if (!cli_set_option(request, id, optarg))
            return CLI_BAD_USAGE;
    }
    request->arguments = argv + optind;
    request->argument_count = argc - optind;
    link_names(request);
    return take_catalogs(request) && check_arguments(request) ? CLI_DONE : CLI_BAD_USAGE;
}
