/* rate_limit.h: a token bucket for each client address, in a table of fixed size. */
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
} rate_slot;

typedef struct rate_limit {
    pthread_mutex_t lock;
    double rate;
    double burst;
    rate_slot slot[RATE_SLOTS];
} rate_limit;

/* rate 0: no limit. */
void rate_limit_init(rate_limit *limit, uint32_t rate, uint32_t burst);
/* 0: go on; else after how many seconds to try again. IPv6 clients are counted by their /64. */
uint32_t rate_limit_take(rate_limit *limit, const char *address, uint64_t now_ns);

#endif
