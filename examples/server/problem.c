#include "request.h"

#include <inttypes.h>
#include <stddef.h>

#define PROBLEM_TYPE "application/problem+json"
#define BODY_KEEP    65536

static outbuf *begin(request *r, int status, const char *code, const char *detail)
{
    outbuf *out = &r->scratch->body;
    outbuf_reset(out, BODY_KEEP);
    outbuf_format(out, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":",
                  status_phrase(status), status);
    outbuf_json(out, code);
    outbuf_string(out, ",\"detail\":");
    outbuf_json(out, detail);
    outbuf_format(out, ",\"request_id\":\"%s\"", r->id);
    return out;
}

void problem_headers(request *r, int status, const char *code, const char *detail,
                     const char *headers)
{
    outbuf_string(begin(r, status, code, detail), "}\n");
    respond_body(r, status, PROBLEM_TYPE, headers);
}

void problem(request *r, int status, const char *code, const char *detail)
{
    problem_headers(r, status, code, detail, NULL);
}

static int status_of(msched_result result)
{
    switch (result) {
    case MSCHED_ERROR_MEMORY:
    case MSCHED_ERROR_CANCELLED:
        return 503;
    case MSCHED_ERROR_IO:
        return 500;
    case MSCHED_ERROR_ENCODING:
    case MSCHED_ERROR_SYNTAX:
    case MSCHED_ERROR_ARGUMENT:
        return 400;
    default:
        return 422;
    }
}

static const char *code_of(msched_result result)
{
    static const char *const codes[] = {"ok",        "bad_argument", "out_of_memory", "io",
                                        "cancelled", "too_large",    "encoding",      "syntax",
                                        "header",    "bad_value",    "conflict",      "not_found"};
    return result < sizeof codes / sizeof codes[0] ? codes[result] : "error";
}

void problem_diagnostics(request *r, msched_result result, const msched_error *err,
                         const msched_diagnostics *diagnostics)
{
    outbuf *out = begin(r, status_of(result), code_of(result), err->message);
    if (err->line > 0)
        outbuf_format(out, ",\"line\":%" PRIu64 ",\"column\":%u", err->line, err->column);
    if (msched_diagnostics_count(diagnostics) > 0) {
        outbuf_string(out, ",\"diagnostics\":");
        write_diagnostics(out, diagnostics);
    }
    outbuf_string(out, "}\n");
    respond_body(r, status_of(result), PROBLEM_TYPE,
                 result == MSCHED_ERROR_MEMORY ? "Retry-After: 1\r\n" : NULL);
}

void problem_library(request *r, msched_result result, const msched_error *err)
{
    problem_diagnostics(r, result, err, NULL);
}

static void write_texts(outbuf *out, const char *const *texts, uint32_t count)
{
    outbuf_string(out, "[");
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            outbuf_string(out, ",");
        outbuf_json(out, texts[i]);
    }
    outbuf_string(out, "]");
}

void write_diagnostics(outbuf *out, const msched_diagnostics *diagnostics)
{
    static const char *const severities[] = {"error", "warning", "note"};
    outbuf_string(out, "[");
    for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++) {
        msched_diagnostic d = {.struct_size = sizeof d};
        if (msched_diagnostics_get(diagnostics, i, &d) != MSCHED_OK)
            continue;
        outbuf_format(
            out, "%s{\"severity\":\"%s\",\"line\":%u,\"column\":%u,\"code\":", i > 0 ? ",\n" : "",
            severities[d.severity < 3 ? d.severity : 2], d.line, d.column);
        outbuf_json(out, d.code);
        outbuf_string(out, ",\"message\":");
        outbuf_json(out, d.message);
        outbuf_string(out, ",\"repair\":");
        outbuf_json(out, d.repair);
        if (d.candidate_count > 0) {
            outbuf_string(out, ",\"candidates\":");
            write_texts(out, d.candidates, d.candidate_count);
        }
        if (d.edit_count > 0) {
            outbuf_format(out, ",\"edit\":{\"line\":%u,\"column\":%u,\"end_column\":%u,\"texts\":",
                          d.edit_line, d.edit_column, d.edit_end_column);
            write_texts(out, d.edits, d.edit_count);
            outbuf_string(out, "}");
        }
        outbuf_string(out, "}");
    }
    outbuf_string(out, "]");
}
