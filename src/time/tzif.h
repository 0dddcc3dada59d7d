/*
 * time/tzif.h: time zone data in the TZif format (RFC 8536, versions 1 to 4). Leap seconds are not
 * applied: times are POSIX times, seconds since 1970-01-01T00:00:00Z.
 */
#ifndef MSCHED_TIME_TZIF_H
#define MSCHED_TIME_TZIF_H

#include "base/error.h"

#define MSCHED__TZIF_MAX_BYTES 262144
#define MSCHED__TZ_NAME_BYTES  16

/* A local time type: what clocks show from a transition on. */
typedef struct msched__tz_type {
    int32_t offset_s; /* local time less UTC */
    uint8_t is_dst;
    char name[MSCHED__TZ_NAME_BYTES]; /* such as "CET" */
} msched__tz_type;

enum msched__tz_rule_kind { MSCHED__TZ_JULIAN = 0, MSCHED__TZ_DAY = 1, MSCHED__TZ_WEEKDAY = 2 };

/* When in a year the clocks change, as POSIX writes it. */
typedef struct msched__tz_rule {
    uint8_t kind; /* Jn: 1..365, 29 February never counted; n: 0..365; Mm.w.d */
    uint8_t month, week, weekday;
    int16_t day;
    int32_t time_s; /* local time of day before the change; may be negative or beyond a day */
} msched__tz_rule;

/* The rule that holds after the last transition of the table. */
typedef struct msched__tz_tail {
    uint8_t present, has_dst;
    msched__tz_type standard, dst;
    msched__tz_rule start, end; /* of dst */
} msched__tz_tail;

typedef struct msched__tzif {
    msched_allocator allocator;
    uint32_t transition_count;
    uint32_t type_count;      /* >= 1 */
    int64_t *transition;      /* ascending */
    uint8_t *transition_type; /* < type_count */
    msched__tz_type *types;
    msched__tz_tail tail;
} msched__tzif;

/*
 * Read the bytes of a file. MSCHED_OK, MSCHED_ERROR_LIMIT, MSCHED_ERROR_SYNTAX or
 * MSCHED_ERROR_MEMORY; on success free it with msched__tzif_free.
 */
msched_result msched__tzif_parse(msched__tzif *tzif, const unsigned char *data, size_t size,
                                 const msched_allocator *allocator, msched_error *err);
void msched__tzif_free(msched__tzif *tzif);

/* A POSIX TZ text such as "CET-1CEST,M3.5.0,M10.5.0/3". 1 on success. */
int msched__tz_tail_parse(msched__tz_tail *tail, const char *text, size_t size);

#endif
