#include "metrics.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static const int statuses[METRICS_STATUSES] = {200, 204, 304, 400, 403, 404, 405, 406,
                                               408, 411, 412, 413, 414, 415, 417, 422,
                                               429, 431, 500, 501, 503, 505, 0};
static const uint32_t bounds_us[METRICS_BUCKETS] = {
    50,    100,   200,    500,    1000,   2000,    5000,    10000,
    20000, 50000, 100000, 200000, 500000, 1000000, 2000000, 5000000};

static uint64_t load(atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static void add(atomic_uint_fast64_t *counter, uint64_t amount)
{
    atomic_fetch_add_explicit(counter, amount, memory_order_relaxed);
}

void metrics_count_request(metrics *m, int route, int status, uint64_t duration_us)
{
    int s = 0, b = 0;
    while (statuses[s] != status && statuses[s] != 0)
        s++;
    while (b < METRICS_BUCKETS && duration_us > bounds_us[b])
        b++;
    add(&m->requests[route][s], 1);
    add(&m->latency[route][b], 1);
    add(&m->latency_sum_us[route], duration_us);
}

static void head(outbuf *out, const char *name, const char *type, const char *help)
{
    outbuf_format(out, "# HELP musicsched_%s %s\n# TYPE musicsched_%s %s\n", name, help, name,
                  type);
}

static void single(outbuf *out, const char *name, const char *type, const char *help, int64_t value)
{
    head(out, name, type, help);
    outbuf_format(out, "musicsched_%s %" PRId64 "\n", name, value);
}

static void write_requests(metrics *m, const char *const *route_names, outbuf *out)
{
    head(out, "http_requests_total", "counter", "Requests answered, by route and status.");
    for (int r = 0; r < METRICS_ROUTES; r++)
        for (int s = 0; s < METRICS_STATUSES; s++) {
            uint64_t n = load(&m->requests[r][s]);
            if (n == 0 || route_names[r] == NULL)
                continue;
            outbuf_format(out, "musicsched_http_requests_total{route=\"%s\",status=\"",
                          route_names[r]);
            if (statuses[s] != 0)
                outbuf_format(out, "%d\"} %" PRIu64 "\n", statuses[s], n);
            else
                outbuf_format(out, "other\"} %" PRIu64 "\n", n);
        }
}

static void write_latency(metrics *m, const char *const *route_names, outbuf *out)
{
    const char *name = "musicsched_http_request_duration_seconds";
    head(out, "http_request_duration_seconds", "histogram",
         "Time from reading a request's header to writing its response.");
    for (int r = 0; r < METRICS_ROUTES; r++) {
        uint64_t sum = 0;
        for (int b = 0; b <= METRICS_BUCKETS; b++)
            sum += load(&m->latency[r][b]);
        if (sum == 0 || route_names[r] == NULL)
            continue;
        sum = 0;
        for (int b = 0; b < METRICS_BUCKETS; b++) {
            sum += load(&m->latency[r][b]);
            outbuf_format(out, "%s_bucket{route=\"%s\",le=\"%u.%06u\"} %" PRIu64 "\n", name,
                          route_names[r], bounds_us[b] / 1000000, bounds_us[b] % 1000000, sum);
        }
        sum += load(&m->latency[r][METRICS_BUCKETS]);
        outbuf_format(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name,
                      route_names[r], sum);
        uint64_t us = load(&m->latency_sum_us[r]);
        outbuf_format(out, "%s_sum{route=\"%s\"} %" PRIu64 ".%06" PRIu64 "\n", name, route_names[r],
                      us / 1000000, us % 1000000);
        outbuf_format(out, "%s_count{route=\"%s\"} %" PRIu64 "\n", name, route_names[r], sum);
    }
}

static void write_solver(metrics *m, outbuf *out)
{
    static const char *const status[] = {"optimal", "feasible"};
    static const char *const stop[] = {"none", "work", "time", "cancel"};
    head(out, "schedules_total", "counter",
         "Schedules built, by status and by what stopped the solver.");
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 4; k++)
            outbuf_format(out,
                          "musicsched_schedules_total{status=\"%s\",stop=\"%s\"} %" PRIu64 "\n",
                          status[i], stop[k], load(&m->schedules[i][k]));
    single(out, "solver_work_total", "counter", "Units of work of all schedules.",
           (int64_t)load(&m->solver_work));
    single(out, "unplaced_total", "counter", "Items that schedules could not place.",
           (int64_t)load(&m->unplaced));
    single(out, "plans_refused_total", "counter", "Plans that could not be read.",
           (int64_t)load(&m->plans_refused));
}

static void write_process(outbuf *out)
{
    long total = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL) {
        if (fscanf(file, "%ld %ld", &total, &resident) != 2)
            resident = 0;
        fclose(file);
    }
    if (resident > 0)
        outbuf_format(out,
                      "# HELP process_resident_memory_bytes Resident memory.\n# TYPE "
                      "process_resident_memory_bytes gauge\n"
                      "process_resident_memory_bytes %lld\n",
                      (long long)resident * sysconf(_SC_PAGESIZE));
}

void metrics_write(metrics *m, const char *const *route_names, outbuf *out)
{
    write_requests(m, route_names, out);
    write_latency(m, route_names, out);
    write_solver(m, out);
    single(out, "rate_limited_total", "counter", "Requests refused by the rate limit.",
           (int64_t)load(&m->rate_limited));
    head(out, "catalog_reloads_total", "counter", "Reloads of the catalog, by result.");
    outbuf_format(out, "musicsched_catalog_reloads_total{result=\"failed\"} %" PRIu64 "\n",
                  load(&m->reloads[0]));
    outbuf_format(out, "musicsched_catalog_reloads_total{result=\"done\"} %" PRIu64 "\n",
                  load(&m->reloads[1]));
    single(out, "http_requests_running", "gauge", "Requests being answered now.",
           atomic_load(&m->requests_running));
    single(out, "http_requests_waiting", "gauge", "Requests waiting for a worker now.",
           atomic_load(&m->requests_waiting));
    single(out, "http_bytes_in_flight", "gauge", "Bytes of requests and responses in memory now.",
           atomic_load(&m->bytes_in_flight));
    single(out, "overloaded_total", "counter",
           "Requests refused because the server was overloaded.", (int64_t)load(&m->overloaded));
    single(out, "http_connections", "gauge", "Connections that are open now.",
           atomic_load(&m->connections));
    write_process(out);
}
