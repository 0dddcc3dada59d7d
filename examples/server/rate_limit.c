#include "rate_limit.h"

#include <arpa/inet.h>
#include <string.h>

#define CPU_BURST_S 4 /* seconds of its processor time that a client may use at once */

void rate_limit_init(rate_limit *limit, uint32_t rate, uint32_t burst, uint32_t cpu_rate_ms)
{
    memset(limit, 0, sizeof *limit);
    pthread_mutex_init(&limit->lock, NULL);
    limit->rate = rate;
    limit->burst = burst;
    limit->cpu_rate = cpu_rate_ms * 1e-3;
}

/* FNV-1a over the address's bytes, never 0. */
static uint64_t client_of(const char *address)
{
    unsigned char bytes[16] = {0};
    size_t size = 4;
    if (inet_pton(AF_INET, address, bytes) != 1) {
        size = 8;
        if (inet_pton(AF_INET6, address, bytes) != 1)
            memset(bytes, 0, sizeof bytes);
    }
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    return hash | 1;
}

/* The client's slot; a full set gives up the one that has been silent longest. */
static rate_slot *find_slot(rate_limit *limit, uint64_t client, uint64_t now_ns)
{
    rate_slot *set = &limit->slot[(client >> 8) % (RATE_SLOTS / RATE_WAYS) * RATE_WAYS];
    rate_slot *oldest = set;
    for (int i = 0; i < RATE_WAYS; i++) {
        if (set[i].client == client)
            return &set[i];
        if (set[i].last_ns < oldest->last_ns)
            oldest = &set[i];
    }
    *oldest = (rate_slot){client, now_ns, limit->burst, limit->cpu_rate * CPU_BURST_S};
    return oldest;
}

static void refill(const rate_limit *limit, rate_slot *slot, uint64_t now_ns)
{
    if (now_ns <= slot->last_ns)
        return;
    double seconds = (double)(now_ns - slot->last_ns) * 1e-9;
    slot->last_ns = now_ns;
    slot->tokens += seconds * limit->rate;
    slot->cpu_s += seconds * limit->cpu_rate;
    if (slot->tokens > limit->burst)
        slot->tokens = limit->burst;
    if (slot->cpu_s > limit->cpu_rate * CPU_BURST_S)
        slot->cpu_s = limit->cpu_rate * CPU_BURST_S;
}

uint32_t rate_limit_take(rate_limit *limit, const char *address, uint64_t now_ns)
{
    if (limit->rate <= 0 && limit->cpu_rate <= 0)
        return 0;
    uint64_t client = client_of(address);
    uint32_t wait_s = 0;
    pthread_mutex_lock(&limit->lock);
    rate_slot *slot = find_slot(limit, client, now_ns);
    refill(limit, slot, now_ns);
    if (limit->cpu_rate > 0 && slot->cpu_s <= 0)
        wait_s = 1 + (uint32_t)(-slot->cpu_s / limit->cpu_rate);
    else if (limit->rate > 0 && slot->tokens < 1)
        wait_s = 1 + (uint32_t)((1 - slot->tokens) / limit->rate);
    else if (limit->rate > 0)
        slot->tokens -= 1;
    pthread_mutex_unlock(&limit->lock);
    return wait_s;
}

void rate_limit_charge(rate_limit *limit, const char *address, uint64_t now_ns, double cpu_s)
{
    if (limit->cpu_rate <= 0)
        return;
    uint64_t client = client_of(address);
    pthread_mutex_lock(&limit->lock);
    find_slot(limit, client, now_ns)->cpu_s -= cpu_s;
    pthread_mutex_unlock(&limit->lock);
}
