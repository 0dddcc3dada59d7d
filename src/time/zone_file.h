/*
 * time/zone_file.h: the bytes of a zone's file. A separate file, so that a host without files can
 * replace it by another source.
 */
#ifndef MSCHED_TIME_ZONE_FILE_H
#define MSCHED_TIME_ZONE_FILE_H

#include "base/buffer.h"

#include <musicsched/base.h>

/*
 * Append the contents of the file at `path`, of the zone `name`, up to slightly more than
 * MSCHED__TZIF_MAX_BYTES. MSCHED_OK, NOT_FOUND, IO or MEMORY.
 */
msched_result msched__zone_file_read(const char *path, const char *name, msched__buffer *bytes,
                                     msched_error *err);

#define MSCHED__ZONE_NAME_BYTES 65 /* of a valid name, with its NUL */

/*
 * The name to which the text form of the zones, DIR/tzdata.zi as zic(8) reads it, links `name`: of
 * its line "L America/New_York US/Eastern", the first. Systems such as Debian 13 have no files for
 * old names. MSCHED_OK, MEMORY, or NOT_FOUND without such a text or link. The name that was found
 * may be invalid.
 */
msched_result msched__zone_file_link(const char *dir, const char *name,
                                     const msched_allocator *allocator,
                                     char target[MSCHED__ZONE_NAME_BYTES]);

#endif
