/*
 * calendar/zone_label.h: time zones by the names that Microsoft's programs show, such as
 * "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna".
 */
#ifndef MSCHED_CALENDAR_ZONE_LABEL_H
#define MSCHED_CALENDAR_ZONE_LABEL_H

#include "time/zone.h"

/* What a name was read as. */
typedef struct msched__zone_label {
    int32_t offset_s; /* that of the name, east of UTC */
    int is_fixed;     /* the zone has this offset all year: its daylight saving is not known */
    char name[64];    /* of the zone, such as "Europe/Amsterdam"; "": a fixed offset */
} msched__zone_label;

/*
 * Load the zone of such a name. The places are looked up as those of zone files, and the words
 * before "Time" as a Windows name. A zone is used only if its standard time has the offset of the
 * name, and if all places of the name have the same time; otherwise the zone has a fixed offset.
 * MSCHED_OK, MSCHED_ERROR_NOT_FOUND (not such a name) or MSCHED_ERROR_MEMORY.
 */
msched_result msched__zone_of_label(msched__zone *zone, const char *label,
                                    const msched_allocator *allocator, msched__zone_label *out);

#endif
