/* cli/cli_suggest.h: what may have been meant by an option or a command that does not exist. */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include "cli.h"

/* Report an option that the command does not have, with the nearest one. Returns 0. */
int cli_unknown_option(const cli_request *request, const char *given);
/* Report a command that does not exist, with the nearest one, or the command for a file. */
void cli_unknown_command(const char *given);

#endif
