/*
 * time/zone_file.h: the bytes of a zone's file. A file of its own, so that a host without files can
 * bring another source of them.
 */
#ifndef MSCHED_TIME_ZONE_FILE_H
#define MSCHED_TIME_ZONE_FILE_H

#include "base/buffer.h"

#include <musicsched/base.h>

/*
 * Append what the file at `path`, of the zone `name`, holds, up to a little more than
 * MSCHED__TZIF_MAX_BYTES. MSCHED_OK, NOT_FOUND, IO or MEMORY.
 */
msched_result msched__zone_file_read(const char *path, const char *name, msched__buffer *bytes,
                                     msched_error *err);

#endif
