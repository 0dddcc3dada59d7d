/*
 * format/section_file.h: a file of numbered arrays that is mapped into memory and used directly.
 *
 *   header     64 bytes: magic, byte order, version, sizes, and a checksum of all up to the data
 *   directory  one msched__section a section, ascending by number
 *   checksums  of the data, one a block of 64 KiB
 *   data       sections, each aligned to 64 bytes
 *
 * Numbers are in the byte order of the machine that wrote the file; another machine refuses it.
 */
#ifndef MSCHED_FORMAT_SECTION_FILE_H
#define MSCHED_FORMAT_SECTION_FILE_H

#include "base/slice.h"

#include <musicsched/base.h>

#define MSCHED__SECTION_MAGIC       "\x89MSCAT\r\n"
#define MSCHED__SECTION_MAGIC_BYTES 8
#define MSCHED__SECTION_BYTE_ORDER  UINT32_C(0x01020304)
#define MSCHED__SECTION_VERSION     2u
#define MSCHED__SECTION_ALIGN       64u
#define MSCHED__SECTION_BLOCK       65536u
#define MSCHED__SECTION_MAX         1024u

typedef struct msched__section_header {
    char magic[MSCHED__SECTION_MAGIC_BYTES];
    uint32_t byte_order, version;
    uint64_t file_size, data_start;
    uint32_t section_count, block_bytes;
    uint64_t reserved[2];
    uint64_t checksum; /* of everything before data_start, this being 0 */
} msched__section_header;

typedef struct msched__section {
    uint32_t number, item_size;
    uint64_t offset, count;
} msched__section;

typedef struct msched__section_file {
    const char *data; /* the whole file, aligned to MSCHED__SECTION_ALIGN */
    size_t size;
    const msched__section *sections;
    uint32_t section_count;
    int mapped; /* data is mapped, and unmapped by msched__section_file_close */
} msched__section_file;

/* Whether a file begins like one of these. */
int msched__is_section_file(const char *head, size_t size);

/*
 * Open bytes that must stay until the close: everything before the data is checked, and that all
 * sections lie in the data. `name` is for messages. IO, SYNTAX, or ARGUMENT if the file has another
 * version or byte order.
 */
msched_result msched__section_file_read(msched__section_file *file, const void *data, size_t size,
                                        const char *name, msched_error *err);
/* The same for an open file, which is mapped: it may be closed afterward. */
msched_result msched__section_file_map(msched__section_file *file, int descriptor, const char *name,
                                       msched_error *err);
void msched__section_file_close(msched__section_file *file);

/* The items of a section; NULL if it is missing or has another item size. */
const void *msched__section_find(const msched__section_file *file, uint32_t number,
                                 uint32_t item_size, uint64_t *count);
/* Compare all blocks with their checksums: MSCHED_OK or SYNTAX. */
msched_result msched__section_file_verify(const msched__section_file *file, const char *name,
                                          msched_error *err);

/* An array to write. */
typedef struct msched__section_source {
    uint32_t number, item_size;
    uint64_t count;
    const void *items;
} msched__section_source;

/*
 * Write sections, ascending by number, to a new file in the folder of `path`. It is renamed to
 * `path` once everything is on the disk; until then, an existing file stays. MSCHED_OK, IO, LIMIT
 * or MEMORY.
 */
msched_result msched__section_file_write(const char *path, const msched__section_source *sections,
                                         uint32_t count, const msched_allocator *allocator,
                                         msched_error *err);

#endif
