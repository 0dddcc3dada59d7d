/* cli/cmd_plan.c: a plan in, a schedule out. */
#include "plan_run.h"

static int show_fixes(const cli_request *request, const msched_catalog *catalog)
{
    plan_input input = {.plan = NULL};
    int status = plan_input_read(&input, request, catalog);

    if (status == CLI_DONE)
        status = plan_input_fix(&input, request);
    plan_input_free(&input);
    return status;
}

/* The plan with what the options add to it, as plan text. */
static int write_plan(const plan_run *run, const cli_request *request,
                      const msched_catalog *catalog)
{
    msched_text *text = NULL;
    msched_error err;
    int status;

    if (msched_plan_to_text(run->input.plan, catalog, &text, &err) != MSCHED_OK)
        return cli_report(request->arguments[0], &err);
    status = cli_write(request->output_path, msched_text_data(text), msched_text_size(text));
    msched_text_unref(text);
    return status == CLI_DONE ? plan_input_tell(&run->input) : status;
}

int cmd_plan(cli_request *request, const msched_catalog *catalog)
{
    plan_run run = {.schedule = NULL};
    msched_schedule *previous = NULL;
    int status;

    if (request->fix)
        return show_fixes(request, catalog);
    status = plan_run_read(&run, request, catalog);
    if (request->plan_text) {
        if (status == CLI_DONE)
            status = write_plan(&run, request, catalog);
        plan_run_free(&run);
        return status;
    }
    if (status == CLI_DONE)
        status = plan_run_previous(&previous, request);
    if (status == CLI_DONE)
        status = plan_run_build(&run, request, catalog, request->now_s, previous);
    if (status == CLI_DONE)
        status = plan_run_write(&run, request);
    if (status == CLI_DONE)
        plan_run_tell_calendar(&run, request);
    if (status == CLI_DONE)
        status = plan_run_tell(&run, catalog);
    msched_schedule_unref(previous);
    plan_run_free(&run);
    return status;
}
