/* Write a file of sections completely or not at all. */
#include "base/alloc.h"
#include "base/checksum.h"
#include "base/error.h"
#include "format/section_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Write the data one block at a time. */
typedef struct writer {
    int file;
    char *block;
    size_t used;
    uint64_t *sums;
    uint64_t sum_count;
    int failed; /* errno has the reason */
} writer;

static int put_all(int file, const char *data, size_t size)
{
    while (size > 0) {
        const ssize_t done = write(file, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return 0;
        data += done;
        size -= (size_t)done;
    }
    return 1;
}

static void flush(writer *out)
{
    if (out->used == 0 || out->failed)
        return;
    out->sums[out->sum_count++] = msched__checksum(out->block, out->used);
    out->failed = !put_all(out->file, out->block, out->used);
    out->used = 0;
}

/* `data` NULL: zero bytes. */
static void put(writer *out, const char *data, uint64_t size)
{
    while (size > 0 && !out->failed) {
        const size_t room = MSCHED__SECTION_BLOCK - out->used;
        const size_t part = size < room ? (size_t)size : room;
        if (data == NULL)
            memset(out->block + out->used, 0, part);
        else
            memcpy(out->block + out->used, data, part);
        data = data == NULL ? NULL : data + part;
        out->used += part;
        size -= part;
        if (out->used == MSCHED__SECTION_BLOCK)
            flush(out);
    }
}

static uint64_t align(uint64_t at)
{
    return (at + MSCHED__SECTION_ALIGN - 1) / MSCHED__SECTION_ALIGN * MSCHED__SECTION_ALIGN;
}

/* Compute the layout. The front is the header, the directory and the checksums. */
typedef struct layout {
    msched__section_header header;
    char *front; /* data_start bytes */
    msched__section *sections;
    uint64_t *sums;
} layout;

static int lay_out(layout *to, const msched__section_source *from, uint32_t count,
                   const msched_allocator *allocator)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < count; i++)
        bytes = align(bytes) + from[i].count * from[i].item_size;
    bytes = align(bytes);
    const uint64_t directory = sizeof to->header + count * sizeof *to->sections;
    const uint64_t blocks = bytes / MSCHED__SECTION_BLOCK + 1;
    const uint64_t start = align(directory + blocks * sizeof *to->sums);
    to->front = msched__alloc_zero(allocator, (size_t)start, 1);
    if (to->front == NULL)
        return 0;
    to->sections = (msched__section *)(void *)(to->front + sizeof to->header);
    to->sums = (uint64_t *)(void *)(to->front + directory);
    uint64_t at = start;
    for (uint32_t i = 0; i < count; i++) {
        to->sections[i] = (msched__section){from[i].number, from[i].item_size, align(at),
                                            from[i].count};
        at = align(at) + from[i].count * from[i].item_size;
    }
    to->header = (msched__section_header){.byte_order = MSCHED__SECTION_BYTE_ORDER,
                                          .version = MSCHED__SECTION_VERSION,
                                          .file_size = start + bytes,
                                          .data_start = start,
                                          .section_count = count,
                                          .block_bytes = MSCHED__SECTION_BLOCK};
    memcpy(to->header.magic, MSCHED__SECTION_MAGIC, sizeof to->header.magic);
    return 1;
}

static int write_sections(int file, layout *to, const msched__section_source *from,
                          const msched_allocator *allocator)
{
    const size_t start = (size_t)to->header.data_start;
    writer out = {.file = file, .sums = to->sums};
    out.block = msched__alloc_array(allocator, MSCHED__SECTION_BLOCK, 1);
    if (out.block == NULL) {
        errno = ENOMEM;
        return 0;
    }
    /* the front is written twice: its checksums are known only at the end */
    out.failed = !put_all(file, to->front, start);
    uint64_t at = start;
    for (uint32_t i = 0; i < to->header.section_count; i++) {
        const uint64_t bytes = from[i].count * from[i].item_size;
        put(&out, NULL, to->sections[i].offset - at);
        put(&out, from[i].items, bytes);
        at = to->sections[i].offset + bytes;
    }
    put(&out, NULL, to->header.file_size - at);
    flush(&out);
    const int reason = errno;
    msched__free(allocator, out.block);
    errno = reason;
    to->header.checksum = msched__checksum_step(
        msched__checksum(&to->header, sizeof to->header),
        msched__checksum(to->front + sizeof to->header, start - sizeof to->header));
    memcpy(to->front, &to->header, sizeof to->header);
    return !out.failed && lseek(file, 0, SEEK_SET) == 0 && put_all(file, to->front, start);
}

/* An existing file keeps its mode; a new one gets the mode that the umask allows. */
static mode_t mode_for(const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0)
        return old.st_mode & 07777;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/*
 * Write the new entry of the folder to the disk; it is not a failure if a file system cannot do
 * that.
 */
static void sync_folder(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash != NULL)
        slash[slash == path] = '\0';
    const int folder = open(slash == NULL ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
}

static msched_result cannot_write(const char *path, int reason, msched_error *err)
{
    char why[100];
    if (strerror_r(reason, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", reason);
    return msched__fail(err, MSCHED_ERROR_IO, "%.120s: cannot be written: %s", path, why);
}

/*
 * Whether `path` may be replaced: there is no file, an empty file, or an older file of this kind.
 */
static int may_replace(const char *path)
{
    struct stat there;
    char head[MSCHED__SECTION_MAGIC_BYTES];
    if (stat(path, &there) != 0)
        return 1;
    if (!S_ISREG(there.st_mode) || there.st_size == 0)
        return S_ISREG(there.st_mode);
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    const ssize_t got = file < 0 ? -1 : read(file, head, sizeof head);
    if (file >= 0)
        close(file);
    return got > 0 && msched__is_section_file(head, (size_t)got);
}

/* `part` is room for the name of the new file. */
static msched_result replace(const char *path, char *part, layout *to,
                             const msched__section_source *from, const msched_allocator *allocator,
                             msched_error *err)
{
    if (!may_replace(path))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "%.120s: exists and is not a saved catalog, so it is not replaced: "
                            "choose another name",
                            path);
    const int file = mkstemp(part);
    if (file < 0)
        return cannot_write(path, errno, err);
    int ok = write_sections(file, to, from, allocator) && fchmod(file, mode_for(path)) == 0 &&
             fsync(file) == 0;
    int reason = errno;
    if (close(file) != 0 && ok) {
        ok = 0;
        reason = errno;
    }
    if (ok && rename(part, path) != 0) {
        ok = 0;
        reason = errno;
    }
    if (!ok) {
        unlink(part);
        return reason == ENOMEM ? msched__fail_memory(err) : cannot_write(path, reason, err);
    }
    sync_folder(part);
    return MSCHED_OK;
}

msched_result msched__section_file_write(const char *path, const msched__section_source *sections,
                                         uint32_t count, const msched_allocator *allocator,
                                         msched_error *err)
{
    layout to;
    const size_t room = strlen(path) + sizeof ".XXXXXX";
    char *part = msched__alloc_array(allocator, room, 1);
    if (part == NULL || !lay_out(&to, sections, count, allocator)) {
        msched__free(allocator, part);
        return msched__fail_memory(err);
    }
    snprintf(part, room, "%s.XXXXXX", path);
    const msched_result result = replace(path, part, &to, sections, allocator, err);
    msched__free(allocator, to.front);
    msched__free(allocator, part);
    return result;
}
