/*
 * routes_feed.c: a calendar that programs subscribe to. The plan is in the address, so that nothing
 * is stored; POST /api/v1/feed makes the address, and signs it where there is a secret. So is the
 * moment when the address was made: a plan that was changed later has a higher SEQUENCE.
 */
#include "calendar_output.h"
#include "feed_text.h"
#include "hmac.h"
#include "solve.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define FEED_PATH        "/api/v1/feed.ics"
#define REFRESH_S        3600
#define DAY_S            86400
#define SIGNATURE        "&signature="
#define KEEP_BYTES       65536
#define MAX_MADE         3767225600u /* SEQUENCE is at most 2,000,000,000 */
#define MAX_ADDRESS      4000 /* HTTP_MAX_TARGET, less the path, the signature and some room */
#define LETTERS_OF_PROOF 43

/* Parameters of both addresses. The texts are the request's. */
typedef struct feed {
    const char *date, *timezone;
    uint32_t seed;
    int is_json; /* the plan; else it is plan text */
    calendar_output calendar;
    msched_allocator memory;
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_schedule *schedule;
} feed;

static int take_parameters(request *r, feed *f)
{
    f->date = query_take(&r->query, "date");
    f->timezone = query_take(&r->query, "timezone");
    return request_take_uint(r, "seed", 0, UINT32_MAX, &f->seed) &&
           calendar_output_take(r, &f->calendar);
}

static void write_date(char out[11], int64_t second)
{
    time_t time = (time_t)second;
    struct tm utc;
    if (gmtime_r(&time, &utc) == NULL || strftime(out, 11, "%Y-%m-%d", &utc) != 10)
        memcpy(out, "1970-01-01", 11);
}

/* The moment of noon of a date in a zone; `otherwise` if it cannot be determined. */
static int64_t noon_of(const char *date, const char *zone, int64_t otherwise)
{
    msched_day day;
    msched_todo todo;
    msched_plan_builder *builder = NULL;
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    int64_t noon = otherwise;
    msched_day_init(&day, sizeof day);
    msched_todo_init(&todo, sizeof todo);
    day.date = date;
    day.timezone = zone;
    todo.title = "noon";
    todo.kind = MSCHED_TODO_EVENT;
    todo.start_s = DAY_S / 2;
    todo.end_s = DAY_S / 2 + 1;
    if (msched_plan_builder_create(&builder, &day, NULL, NULL) != MSCHED_OK)
        return noon;
    if (msched_plan_builder_add_todo(builder, &todo, NULL) != MSCHED_OK) {
        msched_plan_builder_free(builder);
        return noon;
    }
    if (msched_plan_builder_finish(&plan, builder, NULL) == MSCHED_OK &&
        msched_schedule_build(&schedule, NULL, plan, NULL, NULL) == MSCHED_OK &&
        msched_schedule_get_entry(schedule, 0, &entry) == MSCHED_OK &&
        entry.start_utc != MSCHED_NO_UTC)
        noon = entry.start_utc;
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    return noon;
}

/* Today on the clocks of a zone; "" or NULL: in UTC. */
static void write_today(char out[11], const char *zone)
{
    int64_t now = (int64_t)time(NULL), midnight = now - now % DAY_S;
    write_date(out, now);
    if (zone != NULL && *zone != '\0')
        write_date(out, now + midnight + DAY_S / 2 - noon_of(out, zone, midnight + DAY_S / 2));
}

/* 1 if the text is JSON: a brace has no meaning in plan text. */
static int is_json(const char *data, size_t size)
{
    size_t at = 0;
    while (at < size && strchr(" \t\r\n", data[at]) != NULL && data[at] != '\0')
        at++;
    return at < size && data[at] == '{';
}

static msched_result read_plan(request *r, feed *f, const char *data, size_t size,
                               msched_error *err)
{
    if (f->is_json && (f->date != NULL || f->timezone != NULL)) {
        *err = (msched_error){.code = MSCHED_ERROR_CONFLICT};
        snprintf(err->message, sizeof err->message,
                 "date and timezone apply to plan text; a plan in JSON contains its own");
        return MSCHED_ERROR_CONFLICT;
    }
    if (f->is_json)
        return msched_plan_parse_json(&f->plan, data, size, &f->memory, err);
    char today[11];
    const solve_text text = {.data = data,
                             .size = size,
                             .date = f->date != NULL ? f->date : today,
                             .timezone = f->timezone,
                             .lenient = 1,
                             .memory = &f->memory};
    write_today(today, f->timezone);
    msched_result result = solve_read_text(r, &text, &f->plan, &f->diagnostics, err);
    msched_day day = {.struct_size = sizeof day};
    if (result != MSCHED_OK || f->date != NULL || msched_plan_get_day(f->plan, &day) != MSCHED_OK ||
        strcmp(day.date, today) != 0 || day.timezone == NULL || f->timezone != NULL)
        return result;
    /* the text names a zone of its own, where it may be another day */
    write_today(today, day.timezone);
    if (strcmp(day.date, today) == 0)
        return result;
    msched_plan_unref(f->plan);
    msched_diagnostics_unref(f->diagnostics);
    f->plan = NULL;
    f->diagnostics = NULL;
    return solve_read_text(r, &text, &f->plan, &f->diagnostics, err);
}

static void refuse_plan(request *r, feed *f, msched_result result, const msched_error *err)
{
    atomic_fetch_add_explicit(&r->app->metrics.plans_refused, 1, memory_order_relaxed);
    /* the request is understood, but a date or zone in it is invalid */
    problem_diagnostics(r, result == MSCHED_ERROR_ARGUMENT ? MSCHED_ERROR_VALUE : result, err,
                        f->diagnostics);
}

/* The signature of a query string, as letters; "" when out of memory. */
static void sign(const request *r, const char *text, size_t size, char out[LETTERS_OF_PROOF + 1])
{
    const server_options *o = &r->app->options;
    unsigned char proof[HMAC_BYTES];
    outbuf written = {0};
    out[0] = '\0';
    if (!hmac_sha256(o->feed_secret, o->feed_secret_size, text, size, proof))
        return;
    feed_letters(&written, proof, sizeof proof);
    if (!written.failed && written.size == LETTERS_OF_PROOF) {
        memcpy(out, written.data, written.size);
        out[written.size] = '\0';
    }
    outbuf_free(&written);
}

/* 1: there is no secret, or the address was signed with it, and ends with the signature. */
static int is_signed(request *r)
{
    const char *given = query_take(&r->query, "signature"), *raw = r->info->query_string;
    char right[LETTERS_OF_PROOF + 1];
    if (r->app->options.feed_secret_size == 0)
        return 1;
    const char *end = raw != NULL ? strstr(raw, SIGNATURE) : NULL;
    if (given != NULL && end != NULL) {
        sign(r, raw, (size_t)(end - raw), right);
        if (right[0] != '\0' && feed_same(right, end + sizeof SIGNATURE - 1))
            return 1;
    }
    problem(r, 403, "bad_signature",
            "this address is not signed, or was changed: make it with POST /api/v1/feed");
    return 0;
}

static void free_feed(request *r, feed *f)
{
    msched_schedule_unref(f->schedule);
    msched_diagnostics_unref(f->diagnostics);
    msched_plan_unref(f->plan);
    arena_reset(&r->scratch->memory);
}

static msched_result send_calendar(request *r, feed *f, msched_error *err)
{
    msched_text *text = NULL;
    const solve_question question = {.plan = f->plan, .seed = f->seed, .memory = &f->memory};
    msched_result result = solve(r, &question, &f->schedule, err);
    f->calendar.refresh_s = REFRESH_S;
    f->calendar.is_stable = 1;
    if (result == MSCHED_OK)
        result = calendar_output_write(&f->calendar, f->schedule, &f->memory, &text, err);
    if (result == MSCHED_OK)
        respond_text(r, 200, "text/calendar; charset=utf-8", text,
                     "Content-Disposition: inline; filename=\"day.ics\"\r\n");
    msched_text_unref(text);
    return result;
}

static void send_feed(request *r, feed *f, const char *packed)
{
    msched_error err = {0};
    outbuf *plan = &r->scratch->packed;
    outbuf_reset(plan, KEEP_BYTES);
    enum feed_result unpacked = feed_unpack(plan, packed);
    outbuf_add(plan, "", 1);
    if (unpacked == FEED_NO_MEMORY || plan->failed) {
        problem(r, 503, "out_of_memory", "no memory for the plan");
        return;
    }
    if (unpacked != FEED_OK) {
        problem(r, 422, "bad_plan",
                unpacked == FEED_TOO_LARGE
                    ? "query parameter plan: at most 65,536 bytes are unpacked"
                    : "query parameter plan: expected a plan packed by POST /api/v1/feed");
        return;
    }
    f->is_json = is_json(plan->data, plan->size - 1);
    msched_result result = read_plan(r, f, plan->data, plan->size - 1, &err);
    if (result != MSCHED_OK) {
        refuse_plan(r, f, result, &err);
        return;
    }
    result = send_calendar(r, f, &err);
    if (result != MSCHED_OK)
        problem_library(r, result, &err);
}

void route_feed(request *r)
{
    feed f = {.memory = arena_allocator(&r->scratch->memory)};
    if (!is_signed(r) || !take_parameters(r, &f))
        return;
    const char *packed = query_take(&r->query, "plan");
    if (!request_take_uint(r, "made", 0, MAX_MADE, &f.calendar.made) ||
        !request_no_more_parameters(r))
        return;
    if (packed == NULL)
        problem(r, 400, "bad_parameter", "query parameter plan is missing");
    else
        send_feed(r, &f, packed);
    free_feed(r, &f);
}

static void add_parameter(outbuf *out, const char *name, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:";
    if (value == NULL)
        return;
    outbuf_format(out, "&%s=", name);
    for (const char *p = value; *p != '\0'; p++)
        if (strchr(plain, *p) != NULL)
            outbuf_add(out, p, 1);
        else
            outbuf_format(out, "%%%02X", (unsigned)(unsigned char)*p);
}

/* The query string of the feed. */
static void write_query(request *r, const feed *f, outbuf *out)
{
    static const char *const events[] = {NULL, "todos", "songs"};
    char number[16];
    outbuf_string(out, "plan=");
    feed_pack(out, r->x->body, r->x->body_size);
    add_parameter(out, "date", f->date);
    add_parameter(out, "timezone", f->timezone);
    add_parameter(out, "events", events[f->calendar.events]);
    add_parameter(out, "calendar_name", f->calendar.name);
    if (f->seed != 0) {
        snprintf(number, sizeof number, "%u", (unsigned)f->seed);
        add_parameter(out, "seed", number);
    }
    if (f->calendar.has_alarm) {
        snprintf(number, sizeof number, "%u", (unsigned)f->calendar.alarm_minutes);
        add_parameter(out, "alarm", number);
    }
    snprintf(number, sizeof number, "%lld", (long long)time(NULL));
    add_parameter(out, "made", number);
}

static void send_address(request *r, const feed *f)
{
    outbuf *asked = &r->scratch->packed, *out = &r->scratch->body;
    int has_secret = r->app->options.feed_secret_size > 0;
    outbuf_reset(asked, KEEP_BYTES);
    outbuf_reset(out, KEEP_BYTES);
    write_query(r, f, asked);
    if (!asked->failed && asked->size > MAX_ADDRESS) {
        problem(r, 422, "too_long",
                "the plan is too long for an address: leave notes and songs out, or export the day "
                "as a file");
        return;
    }
    if (has_secret) {
        char proof[LETTERS_OF_PROOF + 1];
        sign(r, asked->data, asked->size, proof);
        asked->failed |= proof[0] == '\0';
        outbuf_string(asked, SIGNATURE);
        outbuf_string(asked, proof);
    }
    outbuf_add(asked, "", 1);
    if (asked->failed) {
        problem(r, 503, "out_of_memory", "no memory for the address");
        return;
    }
    outbuf_format(out, "{\"path\":\"" FEED_PATH "?%s\",\"signed\":%s}\n", asked->data,
                  has_secret ? "true" : "false");
    respond_body(r, 200, "application/json", NULL);
}

static int accepts(request *r, feed *f)
{
    static const char *const offers[] = {"application/json"};
    const char *type = request_header(r, "Content-Type");
    if (http_accept(request_header(r, "Accept"), offers, 1) != 0) {
        problem(r, 406, "not_acceptable", "this address returns only application/json");
        return 0;
    }
    f->is_json = type != NULL && http_is_type(type, "application/json") > 0;
    if (f->is_json || (type != NULL && http_is_type(type, "text/plain") > 0))
        return 1;
    problem_headers(r, 415, "unsupported_type",
                    "send a plan as application/json, or plan text as text/plain, in UTF-8",
                    "Accept-Post: application/json, text/plain\r\n");
    return 0;
}

void route_feed_address(request *r)
{
    feed f = {.memory = arena_allocator(&r->scratch->memory)};
    msched_error err = {0};
    if (!accepts(r, &f) || !take_parameters(r, &f) || !request_no_more_parameters(r) ||
        !request_has_body(r))
        return;
    if (r->x->body_size > FEED_MAX_PLAN_BYTES) {
        problem(r, 422, "too_long", "a plan in an address has at most 65,536 bytes");
        return;
    }
    msched_result result = read_plan(r, &f, r->x->body, r->x->body_size, &err);
    if (result == MSCHED_OK)
        send_address(r, &f);
    else
        refuse_plan(r, &f, result, &err);
    free_feed(r, &f);
}
