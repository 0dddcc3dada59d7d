/* cli/plan_input.h: a plan from a file, with the diagnostics of its text. */
#ifndef CLI_PLAN_INPUT_H
#define CLI_PLAN_INPUT_H

#include "cli.h"

typedef struct plan_input {
    const char *source; /**< for messages */
    char *data;         /**< the text, ended by a NUL */
    size_t size;
    msched_plan *plan;
    msched_diagnostics *diagnostics; /**< NULL for JSON */
} plan_input;

/**
 * Load request->arguments[0], at most `most` bytes; plan_input_read then reads it.
 * @return exit code
 */
int plan_input_load(plan_input *input, const cli_request *request, size_t most);
/** 1 if the loaded text is JSON. */
int plan_input_is_json(const plan_input *input);
/**
 * Read request->arguments[0]. Lines of a text with an error are left out, unless --strict is given.
 * @return exit code
 */
int plan_input_read(plan_input *input, const cli_request *request, const msched_catalog *catalog);
/**
 * Write the diagnostics of the text to standard error, with equal notes and warnings combined.
 * @return CLI_BAD_INPUT if it has errors
 */
int plan_input_tell(const plan_input *input);
/**
 * --fix: show the text's edits as a diff, or make them with --write.
 * @return exit code: CLI_BAD_INPUT while errors are left
 */
int plan_input_fix(const plan_input *input, const cli_request *request);
void plan_input_free(plan_input *input);

#endif
