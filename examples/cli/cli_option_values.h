/* cli/cli_option_values.h: the value of an option checked and put into the request. */
#ifndef CLI_OPTION_VALUES_H
#define CLI_OPTION_VALUES_H

#include "cli.h"

/*
 * Print `what`, the text in quotes unless it is NULL, and `wanted`, then how to get help. Returns
 * 0, so that a check can return it.
 */
int cli_usage_error(const cli_request *request, const char *what, const char *text,
                    const char *wanted);
/* Add a calendar file. 0 after an error was printed. */
int cli_add_calendar(cli_request *request, const char *path, int music);
/* Set the option of that id (cli_option_table.h). 0 after an error was printed. */
int cli_set_option(cli_request *request, int id, const char *text);

#endif
