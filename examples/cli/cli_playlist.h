/* cli/cli_playlist.h: files of songs. */
#ifndef CLI_PLAYLIST_H
#define CLI_PLAYLIST_H

#include "cli.h"

/**
 * Read a playlist and look its songs up. "FILE#NAME" is the playlist NAME of a file that holds
 * several, unless there is a file of that name.
 * @return CLI_DONE, or the exit code after telling why
 */
int cli_match_playlist(msched_playlist_match **match, msched_playlist **playlist,
                       const msched_catalog *catalog, const char *path);
/** Say on standard error what was left out of a playlist. */
void cli_tell_playlist(const msched_playlist *playlist, const char *path);
/** The plan with the songs of --songs, in place of the plan. @return exit code */
int cli_add_songs(msched_plan **plan, const cli_request *request, const msched_catalog *catalog);

#define CLI_STANDARD_INPUT "<stdin>" /* in messages */

/** Songs from standard input or a named pipe, such as <(...) in a shell. */
typedef struct cli_input {
    const char *name; /**< in messages */
    const char *path; /**< of the file with its first bytes; NULL: there is none */
    FILE *file, *from;
    int is_whole; /**< the file has all bytes */
} cli_input;

/** 1 for "-" and a named pipe, which can be read only once. */
int cli_input_is_stream(const char *path);
/**
 * Keep an input in a file; only its beginning if it is large, and standard input or the only file.
 * @return 0 after telling why
 */
int cli_input_open(cli_input *input, const char *path, int is_only);
/** As msched_read_fn, with the input: all of it, also what the file does not have. */
int64_t cli_input_read(void *ctx, void *buffer, size_t size);
/** Close inputs and remove their files. A signal that ends the program removes them, too. */
void cli_input_close(cli_input *inputs, uint32_t input_count);

/** Read files as one history. @return CLI_DONE, or the exit code after telling why */
int cli_load_history(msched_history **history, const char *const *paths, uint32_t count);
/** Say on standard error what was left out of a history. */
void cli_tell_history(const msched_history *history);
/**
 * A catalog whose popularity is how often a song was played: of `songs`, or of the histories alone
 * where it is NULL.
 * @return NULL after telling why
 */
msched_catalog *cli_catalog_of_history(const cli_names *histories, msched_catalog *songs);
/** The plan that avoids what --history has of the last days. @return exit code */
int cli_avoid_history(msched_plan **plan, const cli_request *request,
                      const msched_catalog *catalog);

#endif
