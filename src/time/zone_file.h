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

#endif
