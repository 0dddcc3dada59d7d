#include "time/tzif.h"

#include "base/alloc.h"

#include <string.h>

#define HEADER_BYTES 44

/* Sizes in a header, RFC 8536 section 3.1. */
typedef struct header {
    int version;
    size_t utc_flags, std_flags, leaps, transitions, types, name_bytes;
} header;

static uint32_t big_endian_32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t signed_32(const unsigned char *p)
{
    uint32_t bits = big_endian_32(p);
    return bits <= INT32_MAX ? (int64_t)bits : (int64_t)bits - ((int64_t)1 << 32);
}

static int64_t signed_64(const unsigned char *p)
{
    return signed_32(p) * ((int64_t)1 << 32) + big_endian_32(p + 4);
}

static int read_header(const unsigned char *data, size_t size, header *h)
{
    if (size < HEADER_BYTES || memcmp(data, "TZif", 4) != 0)
        return 0;
    h->version = data[4] == 0 ? 1 : data[4] - '0';
    h->utc_flags = big_endian_32(data + 20);
    h->std_flags = big_endian_32(data + 24);
    h->leaps = big_endian_32(data + 28);
    h->transitions = big_endian_32(data + 32);
    h->types = big_endian_32(data + 36);
    h->name_bytes = big_endian_32(data + 40);
    return h->version >= 1 && h->types >= 1 && h->types <= 256 && h->name_bytes >= 1 &&
           h->transitions <= size && h->leaps <= size && h->name_bytes <= size &&
           h->utc_flags <= size && h->std_flags <= size;
}

/* Bytes of a data block; the counts are bounded by read_header, so this cannot overflow. */
static size_t block_bytes(const header *h, size_t time_bytes)
{
    return h->transitions * (time_bytes + 1) + h->types * 6 + h->name_bytes +
           h->leaps * (time_bytes + 4) + h->std_flags + h->utc_flags;
}

static int read_types(msched__tzif *tzif, const header *h, const unsigned char *data)
{
    const char *names = (const char *)data + h->types * 6;
    for (size_t i = 0; i < h->types; i++, data += 6) {
        msched__tz_type *type = &tzif->types[i];
        int64_t offset = signed_32(data);
        size_t at = data[5];
        if (offset < -93599 || offset > 93599 || data[4] > 1 || at >= h->name_bytes)
            return 0;
        const char *end = memchr(names + at, '\0', h->name_bytes - at);
        if (end == NULL)
            return 0;
        size_t length = (size_t)(end - (names + at));
        if (length >= MSCHED__TZ_NAME_BYTES)
            length = MSCHED__TZ_NAME_BYTES - 1;
        type->offset_s = (int32_t)offset;
        type->is_dst = data[4];
        memcpy(type->name, names + at, length);
        type->name[length] = '\0';
    }
    return 1;
}

static int read_block(msched__tzif *tzif, const header *h, const unsigned char *data,
                      size_t time_bytes)
{
    const unsigned char *indices = data + h->transitions * time_bytes;
    for (size_t i = 0; i < h->transitions; i++) {
        const unsigned char *p = data + i * time_bytes;
        tzif->transition[i] = time_bytes == 8 ? signed_64(p) : signed_32(p);
        tzif->transition_type[i] = indices[i];
        if (indices[i] >= h->types || (i > 0 && tzif->transition[i] <= tzif->transition[i - 1]))
            return 0;
    }
    tzif->transition_count = (uint32_t)h->transitions;
    tzif->type_count = (uint32_t)h->types;
    return read_types(tzif, h, indices + h->transitions);
}

/* The footer "\nTZ\n"; if TZ is empty, nothing is known after the last transition. */
static int read_footer(msched__tzif *tzif, const unsigned char *data, size_t size)
{
    if (size < 2 || data[0] != '\n')
        return 0;
    const unsigned char *end = memchr(data + 1, '\n', size - 1);
    if (end == NULL)
        return 0;
    size_t length = (size_t)(end - (data + 1));
    return length == 0 || msched__tz_tail_parse(&tzif->tail, (const char *)data + 1, length);
}

msched_result msched__tzif_parse(msched__tzif *tzif, const unsigned char *data, size_t size,
                                 const msched_allocator *allocator, msched_error *err)
{
    memset(tzif, 0, sizeof *tzif);
    tzif->allocator = *allocator;
    if (size > MSCHED__TZIF_MAX_BYTES)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "time zone data has more than %d bytes",
                            MSCHED__TZIF_MAX_BYTES);
    header h;
    size_t time_bytes = 4;
    int good = read_header(data, size, &h);
    /* the first block is for old readers; the second one has 64-bit times */
    if (good && h.version >= 2) {
        size_t skip = HEADER_BYTES + block_bytes(&h, 4);
        good = skip <= size && read_header(data + skip, size - skip, &h);
        if (good) {
            data += skip;
            size -= skip;
            time_bytes = 8;
        }
    }
    if (!good || block_bytes(&h, time_bytes) > size - HEADER_BYTES)
        return msched__fail(err, MSCHED_ERROR_SYNTAX,
                            "time zone data is truncated or not in the TZif format");
    tzif->transition = msched__alloc_array(allocator, h.transitions, sizeof *tzif->transition);
    tzif->transition_type = msched__alloc_array(allocator, h.transitions,
                                                sizeof *tzif->transition_type);
    tzif->types = msched__alloc_array(allocator, h.types, sizeof *tzif->types);
    if (tzif->transition == NULL || tzif->transition_type == NULL || tzif->types == NULL) {
        msched__tzif_free(tzif);
        return msched__fail_memory(err);
    }
    size_t body = HEADER_BYTES + block_bytes(&h, time_bytes);
    if (!read_block(tzif, &h, data + HEADER_BYTES, time_bytes) ||
        (time_bytes == 8 && !read_footer(tzif, data + body, size - body))) {
        msched__tzif_free(tzif);
        return msched__fail(err, MSCHED_ERROR_SYNTAX,
                            "time zone data in the TZif format is inconsistent");
    }
    return MSCHED_OK;
}

void msched__tzif_free(msched__tzif *tzif)
{
    msched__free(&tzif->allocator, tzif->transition);
    msched__free(&tzif->allocator, tzif->transition_type);
    msched__free(&tzif->allocator, tzif->types);
    tzif->transition = NULL;
    tzif->transition_type = NULL;
    tzif->types = NULL;
    tzif->transition_count = tzif->type_count = 0;
}
