/* cli/cli_option_table.h: every option of every command, with what --help says of it. */
#ifndef CLI_OPTION_TABLE_H
#define CLI_OPTION_TABLE_H

#include "cli.h"

#include <getopt.h>

enum cli_option_id {
    OPTION_CATALOG = 256,
    OPTION_DELIMITER,
    OPTION_ENCODING,
    OPTION_COLUMN,
    OPTION_COLUMNS_FROM,
    OPTION_EXPLAIN,
    OPTION_STRICT,
    OPTION_VERIFY,
    OPTION_LENGTH,
    OPTION_SKIP,
    OPTION_ROW_BYTES,
    OPTION_FIELD_BYTES,
    OPTION_COUNT,
    OPTION_BY,
    OPTION_ORDER,
    OPTION_MIN_N,
    OPTION_LIMIT,
    OPTION_BINS,
    OPTION_GENRE,
    OPTION_SUBGENRE,
    OPTION_ARTIST,
    OPTION_PLAYLIST,
    OPTION_YEARS,
    OPTION_POPULARITY,
    OPTION_FEATURE,
    OPTION_NO_ZERO,
    OPTION_NO_JANUARY,
    OPTION_TEXT,
    OPTION_ICS,
    OPTION_JSON,
    OPTION_FORMAT,
    OPTION_DATE,
    OPTION_TIMEZONE,
    OPTION_NOW,
    OPTION_PREVIOUS,
    OPTION_ASSUME_DONE,
    OPTION_SEED,
    OPTION_TIME_LIMIT,
    OPTION_CALENDAR,
    OPTION_MUSIC_CALENDAR,
    OPTION_BLOCK_ALL_DAY,
    OPTION_SONGS,
    OPTION_HISTORY,
    OPTION_AVOID_DAYS,
    OPTION_FROM,
    OPTION_TO,
    OPTION_MIN_PLAY,
    OPTION_BY_TIME,
    OPTION_DAYS,
    OPTION_PLAN_DAYS,
    OPTION_PLAN_FROM,
    OPTION_CALENDAR_NAME,
    OPTION_ALARM,
    OPTION_CANCELLED,
    OPTION_SEQUENCE,
    OPTION_REFRESH,
    OPTION_OUTPUT,
    OPTION_POLL,
    OPTION_MOVE,
    OPTION_FIX,
    OPTION_PLAN_TEXT,
    OPTION_WRITE,
    OPTION_HELP
};

/* More than there are options. */
#define CLI_MAX_OPTIONS 80

/*
 * The options of a command as getopt_long() takes them: `options` ends with an empty one, and
 * `short_options` gets the letters with their colons.
 */
void cli_option_lists(uint32_t takes, struct option options[CLI_MAX_OPTIONS],
                      char short_options[CLI_MAX_OPTIONS]);
/* The option_id of a letter; anything else stays as it is. */
int cli_option_of_letter(int letter);

#endif
