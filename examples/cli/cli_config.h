/* cli/cli_config.h: what a person always wants, from a file: their songs, calendars and zone. */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "cli.h"

/** Values of the file; they live until the program ends. */
typedef struct cli_config {
    cli_names catalogs, calendars, music_calendars;
    const char *timezone, *plan; /**< NULL: not given */
} cli_config;

/**
 * The file: $MUSICSCHED_CONFIG, or musicsched/config.toml in $XDG_CONFIG_HOME or ~/.config; NULL if
 * $MUSICSCHED_CONFIG is empty or there is no home.
 */
const char *cli_config_path(void);
/**
 * Read it, once. Without a file everything is empty.
 * @return the values, or NULL after telling what is wrong with the file
 */
const cli_config *cli_config_read(void);

#endif
