/* cli/plan_run.h: from what the request names to a schedule; for plan, watch and next. */
#ifndef PLAN_RUN_H
#define PLAN_RUN_H

#include "plan_input.h"

/** A plan that is read and what it became. */
typedef struct plan_run {
    plan_input input;
    msched_schedule *schedule;
} plan_run;

/** The plan with its calendars, playlists and histories. @return exit code */
int plan_run_read(plan_run *run, const cli_request *request, const msched_catalog *catalog);
/**
 * The schedule, from `now_s` on; MSCHED_UNSET: of the whole day. `previous` may be NULL.
 * @return exit code
 */
int plan_run_build(plan_run *run, const cli_request *request, const msched_catalog *catalog,
                   int32_t now_s, const msched_schedule *previous);
/** Write the schedule as the request wants it. @return exit code */
int plan_run_write(const plan_run *run, const cli_request *request);
/** What --previous names; *previous stays NULL without it. @return exit code */
int plan_run_previous(msched_schedule **previous, const cli_request *request);
/** Say that events of other plans may have the same UIDs, where a calendar is written. */
void plan_run_tell_calendar(const plan_run *run, const cli_request *request);
/** Report the diagnostics of the plan text, and if a catalog is missing. @return exit code */
int plan_run_tell(const plan_run *run, const msched_catalog *catalog);
void plan_run_free(plan_run *run);

#endif
