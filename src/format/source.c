#include "format/source.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "format/charset.h"
#include "format/decoder.h"

#include <string.h>
#ifdef MSCHED_HAVE_ZLIB
#include <zlib.h>
#endif

#define PIECE_BYTES ((size_t)64 * 1024)

enum encoding { UTF8, UTF8_MARKED, UTF16_LITTLE, UTF16_BIG, ANOTHER };

struct msched__source {
    msched_allocator allocator;
    msched_read_fn read; /* NULL: all is in `memory` */
    void *read_ctx;
    msched__slice memory; /* without read: the part that was not read yet */
    msched__slice given;  /* the whole of it */
    char *raw;            /* bytes as they came, before unpacking */
    size_t raw_at, raw_end;
    int raw_ended;
    char *bytes; /* unpacked bytes that are to be made UTF-8 */
    size_t bytes_at, bytes_end;
    int bytes_ended;
    char *head; /* text that was examined */
    size_t head_at, head_end;
    enum encoding encoding;
    const char *named;       /* the encoding that the caller names; NULL: detect it */
    msched__charset charset; /* the encoding, if the bytes are not UTF-8 */
    msched__decoder decoder; /* of ANOTHER */
    uint64_t came;           /* bytes of the caller's */
    int gzip, packed_ended;
    msched_error failure; /* code MSCHED_OK: none */
#ifdef MSCHED_HAVE_ZLIB
    z_stream inflater;
    int inflating;
#endif
};

msched__source *msched__source_open(const msched_allocator *allocator, msched_read_fn read,
                                    void *read_ctx, msched__slice memory)
{
    msched__source *source = msched__alloc_zero(allocator, 1, sizeof *source);
    if (source == NULL)
        return NULL;
    source->allocator = *allocator;
    source->read = read;
    source->read_ctx = read_ctx;
    source->memory = source->given = memory;
    source->raw = msched__alloc_array(allocator, PIECE_BYTES, 1);
    if (source->raw != NULL)
        return source;
    msched__free(allocator, source);
    return NULL;
}

void msched__source_name_encoding(msched__source *source, const char *name)
{
    source->named = name;
}

void msched__source_close(msched__source *source)
{
    if (source == NULL)
        return;
    msched_allocator allocator = source->allocator;
    msched__decoder_close(&source->decoder);
#ifdef MSCHED_HAVE_ZLIB
    if (source->inflating)
        inflateEnd(&source->inflater);
#endif
    msched__free(&allocator, source->raw);
    msched__free(&allocator, source->bytes);
    msched__free(&allocator, source->head);
    msched__free(&allocator, source);
}

/* -1: failed; the number of bytes, 0 at the end. */
static int64_t from_caller(msched__source *source, char *buffer, size_t size)
{
    if (source->read == NULL) {
        size_t count = size < source->memory.size ? size : source->memory.size;
        if (count > 0)
            memcpy(buffer, source->memory.data, count);
        source->memory.data += count;
        source->memory.size -= count;
        source->came += count;
        return (int64_t)count;
    }
    int64_t got = source->read(source->read_ctx, buffer, size);
    if (got > 0 && (uint64_t)got > size) {
        msched__fail(&source->failure, MSCHED_ERROR_IO,
                     "the read callback returned more bytes than requested");
        return -1;
    }
    source->came += got > 0 ? (uint64_t)got : 0;
    return got;
}

/* Fill the raw buffer, which is empty. */
static int fill_raw(msched__source *source)
{
    int64_t got = source->raw_ended ? 0 : from_caller(source, source->raw, PIECE_BYTES);
    source->raw_at = 0;
    source->raw_end = got > 0 ? (size_t)got : 0;
    source->raw_ended = got <= 0;
    return got >= 0;
}

/* Bytes without a change. */
static int64_t read_raw(msched__source *source, char *buffer, size_t size)
{
    size_t left = source->raw_end - source->raw_at;
    if (left == 0 && source->raw_ended)
        return 0;
    if (left == 0)
        return from_caller(source, buffer, size);
    size_t count = left < size ? left : size;
    memcpy(buffer, source->raw + source->raw_at, count);
    source->raw_at += count;
    return (int64_t)count;
}

#ifdef MSCHED_HAVE_ZLIB
static void *zlib_alloc(void *opaque, unsigned count, unsigned size)
{
    return msched__alloc_array(opaque, count, size);
}

static void zlib_free(void *opaque, void *block)
{
    msched__free(opaque, block);
}

static int64_t cannot_unpack(msched__source *source, int code)
{
    if (code == Z_MEM_ERROR)
        msched__fail_memory(&source->failure);
    else if (code == Z_BUF_ERROR)
        msched__fail(&source->failure, MSCHED_ERROR_IO,
                     "the gzip data ends too early: the file is incomplete");
    else
        msched__fail(&source->failure, MSCHED_ERROR_IO, "the gzip data is damaged: %s",
                     source->inflater.msg == NULL ? "it cannot be unpacked" : source->inflater.msg);
    return -1;
}

static int start_inflater(msched__source *source)
{
    source->inflater.zalloc = zlib_alloc;
    source->inflater.zfree = zlib_free;
    source->inflater.opaque = &source->allocator;
    source->inflating = inflateInit2(&source->inflater, 15 + 16) == Z_OK;
    return source->inflating;
}

/* The next member of a gzip file begins where one ends; anything else is left unread. */
static int next_member(msched__source *source)
{
    if (source->raw_at == source->raw_end && !source->raw_ended && !fill_raw(source))
        return -1;
    if (source->raw_end - source->raw_at < 2 ||
        memcmp(source->raw + source->raw_at, "\x1F\x8B", 2) != 0)
        return 0;
    return inflateReset(&source->inflater) == Z_OK;
}

static int64_t read_gzip(msched__source *source, char *buffer, size_t size)
{
    if (!source->inflating && !start_inflater(source))
        return cannot_unpack(source, Z_MEM_ERROR);
    if (source->packed_ended)
        return 0;
    z_stream *z = &source->inflater;
    z->next_out = (unsigned char *)buffer;
    z->avail_out = (unsigned)(size < PIECE_BYTES ? size : PIECE_BYTES);
    const unsigned wanted = z->avail_out;
    while (z->avail_out == wanted) {
        if (source->raw_at == source->raw_end && !source->raw_ended && !fill_raw(source))
            return -1;
        z->next_in = (unsigned char *)source->raw + source->raw_at;
        z->avail_in = (unsigned)(source->raw_end - source->raw_at);
        int code = inflate(z, Z_NO_FLUSH);
        source->raw_at = source->raw_end - z->avail_in;
        if (code == Z_STREAM_END) {
            int more = next_member(source);
            source->packed_ended = more != 1;
            if (more < 0)
                return -1;
            if (more == 0)
                break;
        } else if (code != Z_OK) {
            return cannot_unpack(source, code);
        }
    }
    return wanted - z->avail_out;
}
#else
static int64_t read_gzip(msched__source *source, char *buffer, size_t size)
{
    (void)buffer, (void)size;
    msched__fail(
        &source->failure, MSCHED_ERROR_SYNTAX,
        "the input is a gzip file, but the library was built without zlib: unpack it with gunzip");
    return -1;
}
#endif

static int64_t read_bytes(msched__source *source, char *buffer, size_t size)
{
    return source->gzip ? read_gzip(source, buffer, size) : read_raw(source, buffer, size);
}

/* Have at least `need` bytes, or all that are left. */
static int fill_bytes(msched__source *source, size_t need)
{
    if (source->bytes_end - source->bytes_at >= need)
        return 1;
    memmove(source->bytes, source->bytes + source->bytes_at, source->bytes_end - source->bytes_at);
    source->bytes_end -= source->bytes_at;
    source->bytes_at = 0;
    while (source->bytes_end < need && !source->bytes_ended) {
        int64_t got = read_bytes(source, source->bytes + source->bytes_end,
                                 PIECE_BYTES - source->bytes_end);
        if (got < 0)
            return 0;
        source->bytes_ended = got == 0;
        source->bytes_end += (size_t)got;
    }
    return 1;
}

static uint32_t unit_at(const msched__source *source, size_t at)
{
    const unsigned char *unit = (const unsigned char *)source->bytes + source->bytes_at + at;
    return source->encoding == UTF16_BIG ? (uint32_t)unit[0] << 8 | unit[1]
                                         : (uint32_t)unit[1] << 8 | unit[0];
}

/* UTF-16 as UTF-8; a surrogate without its other half becomes U+FFFD. */
static int64_t read_utf16(msched__source *source, char *buffer, size_t size)
{
    size_t used = 0;
    while (used + 4 <= size) {
        if (!fill_bytes(source, 4))
            return -1;
        size_t left = source->bytes_end - source->bytes_at, taken = 2;
        if (left < 2) {
            if (left == 1)
                msched__fail(&source->failure, MSCHED_ERROR_ENCODING,
                             "the UTF-16 text ends within a character");
            return left == 0 ? (int64_t)used : -1;
        }
        uint32_t code = unit_at(source, 0);
        if (code >= 0xD800 && code < 0xDC00 && left >= 4 && unit_at(source, 2) >= 0xDC00 &&
            unit_at(source, 2) < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unit_at(source, 2) - 0xDC00);
            taken = 4;
        } else if (code >= 0xD800 && code < 0xE000) {
            code = 0xFFFD;
        }
        source->bytes_at += taken;
        used += msched__utf8_put(buffer + used, code);
    }
    return (int64_t)used;
}

/* Any other encoding as UTF-8. */
static int64_t read_another(msched__source *source, char *buffer, size_t size)
{
    size_t used = 0, need = 1;
    while (used == 0) {
        if (!fill_bytes(source, need))
            return -1;
        msched__slice rest = {source->bytes + source->bytes_at,
                              source->bytes_end - source->bytes_at};
        const int is_end = source->bytes_ended;
        used = msched__decoder_read(&source->decoder, &rest, is_end, buffer, size);
        source->bytes_at = source->bytes_end - rest.size;
        if (used == 0 && (is_end || (rest.size > 0 && !source->decoder.stopped)))
            break;
        need = rest.size + 1;
    }
    return (int64_t)used;
}

static int64_t read_text(msched__source *source, char *buffer, size_t size)
{
    if (source->encoding == ANOTHER)
        return read_another(source, buffer, size);
    if (source->encoding >= UTF16_LITTLE)
        return read_utf16(source, buffer, size);
    size_t left = source->bytes_end - source->bytes_at;
    if (left == 0)
        return read_bytes(source, buffer, size);
    size_t count = left < size ? left : size;
    memcpy(buffer, source->bytes + source->bytes_at, count);
    source->bytes_at += count;
    return (int64_t)count;
}

int64_t msched__source_read(void *ctx, void *buffer, size_t size)
{
    msched__source *source = ctx;
    size_t left = source->head_end - source->head_at;
    if (left == 0)
        return read_text(source, buffer, size);
    size_t count = left < size ? left : size;
    memcpy(buffer, source->head + source->head_at, count);
    source->head_at += count;
    return (int64_t)count;
}

/* UTF-16, by its byte order mark or because every second byte is 0. */
static enum encoding find_encoding(msched__slice head, size_t *mark)
{
    const unsigned char *at = (const unsigned char *)head.data;
    *mark = 0;
    if (head.size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        *mark = 3;
        return UTF8_MARKED;
    }
    if (head.size >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF))) {
        *mark = 2;
        return at[0] == 0xFF ? UTF16_LITTLE : UTF16_BIG;
    }
    size_t zeros[2] = {0, 0}, size = head.size < 64 ? head.size / 2 * 2 : 64;
    for (size_t i = 0; i < size; i++)
        zeros[i % 2] += at[i] == 0;
    if (size >= 16 && zeros[0] == 0 && 4 * zeros[1] > size)
        return UTF16_LITTLE;
    return size >= 16 && zeros[1] == 0 && 4 * zeros[0] > size ? UTF16_BIG : UTF8;
}

int msched__source_is_coded(msched__slice head)
{
    size_t mark;
    return (head.size >= 3 && memcmp(head.data, "\x1F\x8B\x08", 3) == 0) ||
           find_encoding(head, &mark) >= UTF16_LITTLE;
}

static int is_utf8_name(const char *name)
{
    return strcmp(name, "UTF-8") == 0 || strcmp(name, "utf-8") == 0 || strcmp(name, "UTF8") == 0 ||
           strcmp(name, "utf8") == 0;
}

/* By its byte order mark, by the caller's choice, or by the characters that each encoding gives. */
static msched_result settle_encoding(msched__source *source, msched__slice head, size_t *mark)
{
    source->encoding = find_encoding(head, mark);
    if (source->encoding != UTF8)
        return MSCHED_OK;
    if (source->named == NULL)
        source->charset = msched__charset_of(head);
    else if (!is_utf8_name(source->named))
        source->charset.name = source->named;
    if (source->charset.name == NULL)
        return MSCHED_OK;
    source->encoding = ANOTHER;
    msched_error reason;
    msched_result result = msched__decoder_open(&source->decoder, source->charset.name, &reason);
    if (result == MSCHED_ERROR_ARGUMENT && source->named == NULL)
        return msched__fail(&source->failure, MSCHED_ERROR_ENCODING,
                            "the text is not UTF-8 and seems to be %s, which this build cannot "
                            "read: save the file as UTF-8",
                            source->charset.name);
    if (result != MSCHED_OK)
        source->failure = reason;
    return result;
}

static msched_result cannot_read(msched__source *source)
{
    if (source->failure.code != MSCHED_OK)
        return source->failure.code;
    return msched__fail(&source->failure, MSCHED_ERROR_IO, "reading failed after %llu bytes",
                        (unsigned long long)source->came);
}

/* Unpack and decode as much as is to be examined. */
static msched_result fill_head(msched__source *source)
{
    source->bytes = msched__alloc_array(&source->allocator, PIECE_BYTES, 1);
    source->head = msched__alloc_array(&source->allocator, MSCHED__SOURCE_HEAD_BYTES, 1);
    if (source->bytes == NULL || source->head == NULL)
        return msched__fail_memory(&source->failure);
    if (!fill_bytes(source, PIECE_BYTES))
        return cannot_read(source);
    msched_result result = settle_encoding(
        source, (msched__slice){source->bytes, source->bytes_end}, &source->bytes_at);
    if (result != MSCHED_OK)
        return result;
    while (MSCHED__SOURCE_HEAD_BYTES - source->head_end >= 16) { /* room for any character */
        int64_t got = read_text(source, source->head + source->head_end,
                                MSCHED__SOURCE_HEAD_BYTES - source->head_end);
        if (got < 0)
            return cannot_read(source);
        if (got == 0)
            break;
        source->head_end += (size_t)got;
    }
    return MSCHED_OK;
}

/* Memory that needs no conversion is read in place. */
static msched_result look_at_memory(msched__source *source, msched__slice *head)
{
    size_t mark;
    msched__slice first = source->given;
    first.size = first.size < PIECE_BYTES ? first.size : PIECE_BYTES;
    source->encoding = find_encoding(first, &mark);
    if (source->encoding >= UTF16_LITTLE || source->named != NULL ||
        (source->encoding == UTF8 && msched__charset_of(first).name != NULL))
        return fill_head(source);
    *head = (msched__slice){source->given.data + mark, source->given.size - mark};
    head->size = head->size < MSCHED__SOURCE_HEAD_BYTES ? head->size : MSCHED__SOURCE_HEAD_BYTES;
    return MSCHED_OK;
}

msched_result msched__source_text(msched__source *source, msched__slice *head, msched_error *err)
{
    msched_result result = MSCHED_OK;
    msched__slice raw = source->given;
    *head = (msched__slice){NULL, 0};
    if (source->read != NULL) {
        if (!fill_raw(source))
            result = cannot_read(source);
        raw = (msched__slice){source->raw, source->raw_end};
    }
    source->gzip = raw.size >= 3 && memcmp(raw.data, "\x1F\x8B\x08", 3) == 0;
    const char *kind = result != MSCHED_OK || source->gzip ? NULL
                                                           : msched__source_kind_of_bytes(raw);
    if (kind == NULL && result == MSCHED_OK)
        result = source->read == NULL && !source->gzip ? look_at_memory(source, head)
                                                       : fill_head(source);
    if (source->head != NULL)
        *head = (msched__slice){source->head, source->head_end};
    if (kind != NULL)
        result = msched__fail(&source->failure, MSCHED_ERROR_SYNTAX, "this is %s", kind);
    if (result != MSCHED_OK && err != NULL)
        *err = source->failure;
    return result;
}

msched_result msched__source_head(msched__source *source, msched__slice *head, msched_error *err)
{
    msched_result result = msched__source_text(source, head, err);
    const char *kind = result == MSCHED_OK ? msched__source_kind_of_text(*head) : NULL;
    if (kind == NULL)
        return result;
    result = msched__fail(&source->failure, MSCHED_ERROR_SYNTAX, "this is %s", kind);
    if (err != NULL)
        *err = source->failure;
    return result;
}

int msched__source_is_memory(const msched__source *source, size_t *skip)
{
    *skip = source->encoding == UTF8_MARKED ? 3 : 0;
    return source->read == NULL && source->head == NULL;
}

int msched__source_failure(const msched__source *source, msched_error *err)
{
    if (source->failure.code == MSCHED_OK)
        return 0;
    *err = source->failure;
    return 1;
}

const char *msched__source_encoding(const msched__source *source)
{
    static const char *const names[] = {"UTF-8", "UTF-8 with a byte order mark", "UTF-16LE",
                                        "UTF-16BE"};
    return source->encoding == ANOTHER ? source->charset.name : names[source->encoding];
}

const msched__charset *msched__source_charset(const msched__source *source)
{
    return &source->charset;
}

uint64_t msched__source_lost(const msched__source *source)
{
    return source->decoder.lost;
}

const char *msched__source_compression(const msched__source *source)
{
    return source->gzip ? "gzip" : NULL;
}
