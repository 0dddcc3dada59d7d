#include "format/section_file.h"

#include "base/checksum.h"
#include "base/error.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

_Static_assert(sizeof(msched__section_header) == 64, "the header is 64 bytes");
_Static_assert(sizeof(msched__section) == 24, "a section is 24 bytes");

int msched__is_section_file(const char *head, size_t size)
{
    return size >= MSCHED__SECTION_MAGIC_BYTES &&
           memcmp(head, MSCHED__SECTION_MAGIC, MSCHED__SECTION_MAGIC_BYTES) == 0;
}

static msched_result damaged(const char *name, msched_error *err)
{
    return msched__fail(err, MSCHED_ERROR_SYNTAX,
                        "%.120s: the saved catalog is damaged: save it again from its songs", name);
}

static uint64_t block_count(uint64_t bytes)
{
    return bytes / MSCHED__SECTION_BLOCK + (bytes % MSCHED__SECTION_BLOCK != 0);
}

/* The checksum of everything before the data, with the checksum of the header as 0. */
static uint64_t front_checksum(const char *data, size_t size)
{
    msched__section_header header;
    memcpy(&header, data, sizeof header);
    header.checksum = 0;
    return msched__checksum_step(msched__checksum(&header, sizeof header),
                                 msched__checksum(data + sizeof header, size - sizeof header));
}

static int header_is_sound(const msched__section_header *header, size_t size)
{
    if (header->file_size != size || header->block_bytes != MSCHED__SECTION_BLOCK ||
        header->section_count > MSCHED__SECTION_MAX || header->data_start > size ||
        header->data_start % MSCHED__SECTION_ALIGN != 0)
        return 0;
    const uint64_t used = sizeof *header + header->section_count * sizeof(msched__section) +
                          block_count(size - header->data_start) * sizeof(uint64_t);
    return used <= header->data_start;
}

static int sections_are_sound(const msched__section_file *file, uint64_t data_start)
{
    for (uint32_t i = 0; i < file->section_count; i++) {
        const msched__section *section = &file->sections[i];
        if ((i > 0 && section->number <= section[-1].number) || section->item_size == 0 ||
            section->offset % MSCHED__SECTION_ALIGN != 0 || section->offset < data_start ||
            section->offset > file->size ||
            section->count > (file->size - section->offset) / section->item_size)
            return 0;
    }
    return 1;
}

msched_result msched__section_file_read(msched__section_file *file, const void *data, size_t size,
                                        const char *name, msched_error *err)
{
    msched__section_header header;
    *file = (msched__section_file){.data = data, .size = size};
    if (size < sizeof header || !msched__is_section_file(data, size))
        return damaged(name, err);
    memcpy(&header, data, sizeof header);
    if (header.byte_order != MSCHED__SECTION_BYTE_ORDER)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "%.120s: the catalog was saved on a machine with another byte order: "
                            "save it again on this machine",
                            name);
    if (header.version != MSCHED__SECTION_VERSION)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "%.120s: the catalog has format version %u, but this library reads "
                            "version %u: save it again from its songs",
                            name, (unsigned)header.version, MSCHED__SECTION_VERSION);
    if (!header_is_sound(&header, size) ||
        header.checksum != front_checksum(data, (size_t)header.data_start))
        return damaged(name, err);
    file->sections = (const msched__section *)(const void *)(file->data + sizeof header);
    file->section_count = header.section_count;
    return sections_are_sound(file, header.data_start) ? MSCHED_OK : damaged(name, err);
}

msched_result msched__section_file_map(msched__section_file *file, int descriptor, const char *name,
                                       msched_error *err)
{
    struct stat status;
    *file = (msched__section_file){.data = NULL};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0 ||
        (uint64_t)status.st_size > SIZE_MAX)
        return damaged(name, err);
    const size_t size = (size_t)status.st_size;
    void *data = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (data == MAP_FAILED) {
        char why[100];
        if (strerror_r(errno, why, sizeof why) != 0)
            snprintf(why, sizeof why, "error");
        return msched__fail(err, MSCHED_ERROR_IO, "%.120s: cannot be mapped: %s", name, why);
    }
    const msched_result result = msched__section_file_read(file, data, size, name, err);
    file->mapped = 1;
    if (result != MSCHED_OK)
        msched__section_file_close(file);
    return result;
}

void msched__section_file_close(msched__section_file *file)
{
    if (file->mapped)
        munmap((void *)(uintptr_t)file->data, file->size);
    *file = (msched__section_file){.data = NULL};
}

const void *msched__section_find(const msched__section_file *file, uint32_t number,
                                 uint32_t item_size, uint64_t *count)
{
    uint32_t low = 0, high = file->section_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (file->sections[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    if (low == file->section_count || file->sections[low].number != number ||
        file->sections[low].item_size != item_size)
        return NULL;
    *count = file->sections[low].count;
    return file->data + file->sections[low].offset;
}

msched_result msched__section_file_verify(const msched__section_file *file, const char *name,
                                          msched_error *err)
{
    msched__section_header header;
    memcpy(&header, file->data, sizeof header);
    const char *sums = (const char *)(file->sections + file->section_count);
    uint64_t start = header.data_start;
    for (uint64_t block = 0; start < file->size; block++, start += MSCHED__SECTION_BLOCK) {
        const uint64_t left = file->size - start;
        uint64_t sum;
        memcpy(&sum, sums + block * sizeof sum, sizeof sum);
        if (sum !=
            msched__checksum(file->data + start,
                             left < MSCHED__SECTION_BLOCK ? (size_t)left : MSCHED__SECTION_BLOCK))
            return damaged(name, err);
    }
    return MSCHED_OK;
}
