/* metrics.h: counts for Prometheus. Every function may be called from any thread. */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include "outbuf.h"

#include <stdatomic.h>
#include <stdint.h>

#define METRICS_STATUSES 23
#define METRICS_ROUTES   19
#define METRICS_BUCKETS  16

typedef struct metrics {
    atomic_uint_fast64_t requests[METRICS_ROUTES][METRICS_STATUSES];
    /* not cumulated; the last one is +Inf */
    atomic_uint_fast64_t latency[METRICS_ROUTES][METRICS_BUCKETS + 1];
    atomic_uint_fast64_t latency_sum_us[METRICS_ROUTES];
    atomic_uint_fast64_t schedules[2][4]; /* by msched_schedule_status and msched_schedule_stop */
    atomic_uint_fast64_t solver_work;
    atomic_uint_fast64_t unplaced;
    atomic_uint_fast64_t plans_refused;
    atomic_uint_fast64_t rate_limited;
    atomic_uint_fast64_t reloads[2]; /* failed, done */
    atomic_int_fast64_t requests_running;
    atomic_int_fast64_t connections;
    atomic_int_fast64_t requests_waiting;
    atomic_int_fast64_t bytes_in_flight;
    atomic_uint_fast64_t overloaded;
} metrics;

void metrics_count_request(metrics *m, int route, int status, uint64_t duration_us);
/*
 * Text of the Prometheus exposition format, version 0.0.4. `route_names` has METRICS_ROUTES
 * entries, NULL: unused.
 */
void metrics_write(metrics *m, const char *const *route_names, outbuf *out);

#endif
