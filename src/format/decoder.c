#include "format/decoder.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>
#ifdef MSCHED_HAVE_ICONV
#include <iconv.h>
#endif

#define NAME_BYTES 40

int msched__decoder_name_ok(const char *name)
{
    size_t size = strlen(name);
    return size > 0 && size <= NAME_BYTES &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:+-") ==
               size;
}

static msched_result fail_name(msched_error *err)
{
    return msched__fail(
        err, MSCHED_ERROR_ARGUMENT,
        "encoding: not a valid name: use letters, digits and -_.:+, for example GB18030 or CP1251");
}

#ifdef MSCHED_HAVE_ICONV
msched_result msched__decoder_open(msched__decoder *decoder, const char *name, msched_error *err)
{
    memset(decoder, 0, sizeof *decoder);
    if (!msched__decoder_name_ok(name))
        return fail_name(err);
    iconv_t conversion = iconv_open("UTF-8", name);
    if (conversion != (iconv_t)-1) {
        decoder->conversion = conversion;
        return MSCHED_OK;
    }
    if (errno == ENOMEM)
        return msched__fail_memory(err);
    return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                        "encoding: unknown encoding \"%s\": try GB18030, BIG5, SHIFT_JIS, EUC-KR "
                        "or CP1251 (iconv -l lists all)",
                        name);
}

static void replace(msched__decoder *decoder, char **out, size_t *room)
{
    memcpy(*out, "\xEF\xBF\xBD", 3);
    *out += 3;
    *room -= 3;
    decoder->lost++;
}

size_t msched__decoder_read(msched__decoder *decoder, msched__slice *bytes, int is_end, char *out,
                            size_t room)
{
    char *in = (char *)(uintptr_t)bytes->data, *to = out;
    size_t left = bytes->size;
    decoder->stopped = 0;
    while (left > 0 && !decoder->stopped &&
           iconv(decoder->conversion, &in, &left, &to, &room) == (size_t)-1) {
        if (errno == E2BIG || room < 3)
            break;
        decoder->stopped = errno == EINVAL && !is_end;
        if (!decoder->stopped) {
            replace(decoder, &to, &room);
            in++;
            left--;
        }
    }
    if (left == 0 && is_end)
        iconv(decoder->conversion, NULL, NULL, &to, &room); /* a character that was held back */
    *bytes = (msched__slice){in, left};
    return (size_t)(to - out);
}

void msched__decoder_close(msched__decoder *decoder)
{
    if (decoder->conversion != NULL)
        iconv_close(decoder->conversion);
    decoder->conversion = NULL;
}
#else
msched_result msched__decoder_open(msched__decoder *decoder, const char *name, msched_error *err)
{
    memset(decoder, 0, sizeof *decoder);
    if (!msched__decoder_name_ok(name))
        return fail_name(err);
    return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                        "encoding: \"%s\" cannot be read, because the library was built without "
                        "iconv: save the file as UTF-8",
                        name);
}

size_t msched__decoder_read(msched__decoder *decoder, msched__slice *bytes, int is_end, char *out,
                            size_t room)
{
    (void)decoder, (void)is_end, (void)out, (void)room;
    bytes->size = 0;
    return 0;
}

void msched__decoder_close(msched__decoder *decoder)
{
    (void)decoder;
}
#endif
