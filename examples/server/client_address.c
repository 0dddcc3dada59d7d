#define _DEFAULT_SOURCE
#include "client_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/* 4 or 6; 0: no address. */
static int parse(const char *text, unsigned char bytes[16])
{
    memcpy(bytes, mapped, sizeof mapped);
    if (inet_pton(AF_INET, text, bytes + 12) == 1)
        return 4;
    return inet_pton(AF_INET6, text, bytes) == 1 ? 6 : 0;
}

int address_range_parse(const char *text, address_range *out)
{
    char address[ADDRESS_TEXT];
    const char *slash = strchr(text, '/');
    size_t size = slash != NULL ? (size_t)(slash - text) : strlen(text);
    if (size >= sizeof address)
        return 0;
    memcpy(address, text, size);
    address[size] = '\0';
    int family = parse(address, out->bytes);
    out->bits = 128;
    if (slash == NULL || family == 0)
        return family != 0;
    char *end;
    long bits = strtol(slash + 1, &end, 10);
    if (slash[1] < '0' || slash[1] > '9' || *end != '\0' || bits > (family == 4 ? 32 : 128))
        return 0;
    out->bits = (int)bits + (family == 4 ? 96 : 0);
    return 1;
}

static int is_within(const unsigned char bytes[16], const address_range *range)
{
    int whole = range->bits / 8, rest = range->bits % 8;
    if (memcmp(bytes, range->bytes, (size_t)whole) != 0)
        return 0;
    return rest == 0 || ((bytes[whole] ^ range->bytes[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
}

int address_is_within(const char *address, const address_range *ranges, size_t count)
{
    unsigned char bytes[16];
    if (parse(address, bytes) == 0)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (is_within(bytes, &ranges[i]))
            return 1;
    return 0;
}

/* An address as proxies write it: with a port, in brackets, or alone. 0: none of these. */
static int read_hop(const char *text, size_t size, char out[ADDRESS_TEXT])
{
    unsigned char bytes[16];
    while (size > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        size--;
    }
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        size--;
    const char *colon = memchr(text, ':', size), *bracket = memchr(text, ']', size);
    if (size > 0 && *text == '[' && bracket != NULL) {
        size = (size_t)(bracket - text) - 1;
        text++;
    } else if (colon != NULL && memchr(colon + 1, ':', size - (size_t)(colon + 1 - text)) == NULL) {
        size = (size_t)(colon - text);
    }
    if (size >= ADDRESS_TEXT)
        return 0;
    char copy[ADDRESS_TEXT];
    memcpy(copy, text, size);
    copy[size] = '\0';
    if (parse(copy, bytes) == 0)
        return 0;
    int is_mapped = memcmp(bytes, mapped, sizeof mapped) == 0;
    return inet_ntop(is_mapped ? AF_INET : AF_INET6, is_mapped ? bytes + 12 : bytes, out,
                     ADDRESS_TEXT) != NULL;
}

int client_address_step(char client[ADDRESS_TEXT], const char *forwarded,
                        const address_range *trusted, size_t count)
{
    const char *end = forwarded + strlen(forwarded);
    for (;;) {
        char hop[ADDRESS_TEXT];
        const char *begin = end;
        while (begin > forwarded && begin[-1] != ',')
            begin--;
        if (!read_hop(begin, (size_t)(end - begin), hop))
            return 0;
        memcpy(client, hop, ADDRESS_TEXT);
        if (!address_is_within(client, trusted, count))
            return 0;
        if (begin == forwarded)
            return 1;
        end = begin - 1;
    }
}
