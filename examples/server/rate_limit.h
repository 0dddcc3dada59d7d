/*
 * rate_limit.h: two token buckets for each client address, of requests and of processor time, in a
 * table of fixed size.
 */
#ifndef SERVER_RATE_LIMIT_H
#define SERVER_RATE_LIMIT_H

#include <pthread.h>
#include <stdint.h>

#define RATE_SLOTS 4096
#define RATE_WAYS  4

typedef struct rate_slot {
    uint64_t client; /* hash of the address; 0: free */
    uint64_t last_ns;
    double tokens;
    double cpu_s; /* below 0: a debt */
} rate_slot;

typedef struct rate_limit {
    pthread_mutex_t lock;
    double rate;
    double burst;
    double cpu_rate; /* seconds per second */
    rate_slot slot[RATE_SLOTS];
} rate_limit;

/* Requests and milliseconds of processor time per second; 0: no limit. */
void rate_limit_init(rate_limit *limit, uint32_t rate, uint32_t burst, uint32_t cpu_rate_ms);
/* 0: go on; else after how many seconds to try again. IPv6 clients are counted by their /64. */
uint32_t rate_limit_take(rate_limit *limit, const char *address, uint64_t now_ns);
/* What a request that was let in has used. */
void rate_limit_charge(rate_limit *limit, const char *address, uint64_t now_ns, double cpu_s);

#endif
