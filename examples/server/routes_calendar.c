#include "calendar_source.h"
#include "request.h"

#include <stdio.h>
#include <string.h>

/* Say which calendar is meant, before what is wrong with it. */
static void name_it(const calendar_source *source, msched_error *err)
{
    char message[sizeof err->message];
    if (source->number == 0)
        return;
    memcpy(message, err->message, sizeof message);
    if (source->name != NULL && source->name[0] != '\0')
        snprintf(err->message, sizeof err->message, "calendar %u (%.60s): %.*s", source->number,
                 source->name, (int)sizeof message - 90, message);
    else
        snprintf(err->message, sizeof err->message, "calendar %u: %.*s", source->number,
                 (int)sizeof message - 30, message);
}

msched_result calendar_read(msched_calendar **out, const calendar_source *source,
                            const msched_allocator *memory, msched_error *err)
{
    msched_calendar_options options;
    msched_calendar_options_init(&options, sizeof options);
    options.allocator = memory;
    options.name = source->name != NULL && source->name[0] != '\0' ? source->name : NULL;
    msched_result result = msched_calendar_read(out, source->ics, source->size, &options, err);
    if (result != MSCHED_OK)
        name_it(source, err);
    /* The request is understood; that its text is not a calendar is about what it holds: 422. */
    return result == MSCHED_ERROR_SYNTAX ? MSCHED_ERROR_VALUE : result;
}

static int accepts(request *r)
{
    static const char *const offers[] = {"application/json"};
    if (http_accept(request_header(r, "Accept"), offers, 1) != 0) {
        problem(r, 406, "not_acceptable", "this address returns only application/json");
        return 0;
    }
    const char *type = request_header(r, "Content-Type");
    if (type != NULL && http_is_type(type, "text/calendar") > 0)
        return 1;
    problem_headers(r, 415, "unsupported_type", "send a calendar (.ics) as text/calendar, in UTF-8",
                    "Accept-Post: text/calendar\r\n");
    return 0;
}

static void send_agenda(request *r, msched_calendar *calendar, const msched_agenda_options *options)
{
    msched_error err = {0};
    msched_agenda *agenda = NULL;
    msched_text *text = NULL;
    msched_result result = msched_agenda_make(&agenda, &calendar, 1, options, &err);
    if (result == MSCHED_OK)
        result = msched_agenda_to_json(agenda, &text, &err);
    if (result == MSCHED_OK)
        respond_text(r, 200, "application/json", text, NULL);
    else
        problem_library(r, result, &err);
    msched_text_unref(text);
    msched_agenda_unref(agenda);
}

void route_calendar(request *r)
{
    msched_allocator memory = arena_allocator(&r->scratch->memory);
    msched_agenda_options options;
    msched_agenda_options_init(&options, sizeof options);
    if (!accepts(r) || !request_take_uint(r, "days", 1, MSCHED_AGENDA_MAX_DAYS, &options.days))
        return;
    options.allocator = &memory;
    options.date = query_take(&r->query, "date");
    options.timezone = query_take(&r->query, "timezone");
    calendar_source source = {.name = query_take(&r->query, "name")};
    if (!request_no_more_parameters(r) || !request_has_body(r))
        return;
    if (options.date == NULL) {
        problem(r, 400, "bad_parameter",
                "query parameter date: the first date is missing, such as 2026-11-24");
        return;
    }
    msched_error err = {0};
    msched_calendar *calendar = NULL;
    source.ics = r->x->body;
    source.size = r->x->body_size;
    msched_result result = calendar_read(&calendar, &source, &memory, &err);
    if (result == MSCHED_OK)
        send_agenda(r, calendar, &options);
    else
        problem_library(r, result, &err);
    msched_calendar_unref(calendar);
    arena_reset(&r->scratch->memory);
}
