/*
 * Most features have three decimals, so millions of tracks have a few thousand different values.
 * Each different value is kept with all its bits, and each track has a 16-bit code instead of a
 * value. A hash table, which stays at least half empty, finds the code of a value. Codes count up
 * from the first track, so that equal catalogs have equal codes.
 */
#include "catalog/build/pack.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "catalog/cells/row.h"

#include <string.h>

typedef struct packing {
    const msched_allocator *allocator;
    uint64_t hash_key;
    uint32_t track_count, value_max, slot_count; /* slots: a power of two */
    uint16_t *slots;                             /* code + 1; 0: free */
} packing;

/* Where a value is in the table, or would be. */
static uint32_t slot_of(const packing *p, const double *values, double value)
{
    uint64_t bits, other;
    memcpy(&bits, &value, sizeof bits);
    const uint32_t mask = p->slot_count - 1;
    uint32_t at = (uint32_t)msched__hash_word(0, bits, p->hash_key) & mask;
    for (; p->slots[at] != 0; at = (at + 1) & mask) {
        memcpy(&other, &values[p->slots[at] - 1], sizeof other);
        if (other == bits)
            break;
    }
    return at;
}

/* Write the codes of a column and its values. Returns how many, 0 if there are too many. */
static uint32_t number_values(const packing *p, const double *column, double *values,
                              uint16_t *codes)
{
    uint32_t count = 0;
    memset(p->slots, 0, p->slot_count * sizeof *p->slots);
    for (uint32_t t = 0; t < p->track_count; t++) {
        const uint32_t at = slot_of(p, values, column[t]);
        if (p->slots[at] == 0) {
            if (count == p->value_max)
                return 0;
            values[count++] = column[t];
            p->slots[at] = (uint16_t)count;
        }
        codes[t] = (uint16_t)(p->slots[at] - 1);
    }
    return count;
}

/* Returns the bytes that this saves, or -1 when out of memory. */
static int64_t pack(const packing *p, msched__feature *feature)
{
    double *values = msched__alloc_array(p->allocator, p->value_max, sizeof *values);
    uint16_t *codes = msched__alloc_array(p->allocator, p->track_count, sizeof *codes);
    const int made = values != NULL && codes != NULL;
    const uint32_t count = made ? number_values(p, feature->values, values, codes) : 0;
    double *fitted = count == 0
                         ? NULL
                         : msched__realloc_array(p->allocator, values, count, sizeof *fitted);
    if (fitted == NULL) {
        msched__free(p->allocator, values);
        msched__free(p->allocator, codes);
        return made && count == 0 ? 0 : -1;
    }
    msched__free(p->allocator, feature->values);
    *feature = (msched__feature){fitted, codes, count};
    return (int64_t)(p->track_count * (sizeof *values - sizeof *codes)) -
           (int64_t)(count * sizeof *values);
}

int msched__pack_features(msched_catalog *catalog)
{
    /* up to this number, values and codes take less memory than a value for each track */
    const uint32_t worth = catalog->track_count / 4 * 3;
    packing p = {.allocator = &catalog->allocator,
                 .hash_key = catalog->hash_key,
                 .track_count = catalog->track_count,
                 .value_max = worth < UINT16_MAX ? worth : UINT16_MAX};
    int64_t saved = 0;
    if (p.value_max == 0)
        return 1;
    for (p.slot_count = 2; p.slot_count / 2 < p.value_max;)
        p.slot_count *= 2;
    p.slots = msched__alloc_array(p.allocator, p.slot_count, sizeof *p.slots);
    if (p.slots == NULL)
        return 0;
    for (uint32_t f = 0; f < MSCHED__FEATURES && saved >= 0; f++) {
        saved = catalog->feature[f].codes != NULL ? 0 : pack(&p, &catalog->feature[f]);
        catalog->memory_bytes -= saved > 0 ? (size_t)saved : 0;
    }
    msched__free(p.allocator, p.slots);
    return saved >= 0;
}
