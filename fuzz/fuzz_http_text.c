/*
 * What clients of the web server send: query strings and header values. The input is one line for
 * each kind.
 */
#include "client_address.h"
#include "feed_text.h"
#include "http_text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_query(const char *text)
{
    query parsed;
    if (query_parse(&parsed, text) == QUERY_OK) {
        while (query_unused(&parsed) != NULL)
            if (query_take(&parsed, query_unused(&parsed)) == NULL)
                abort(); /* what is unused can be taken */
    }
    query_free(&parsed);
}

static void try_addresses(const char *text)
{
    address_range any, own;
    char client[ADDRESS_TEXT] = "127.0.0.1";
    if (!address_range_parse("::/0", &any))
        abort();
    if (address_range_parse(text, &own) && strchr(text, '/') == NULL &&
        !address_is_within(text, &own, 1))
        abort();
    client_address_step(client, text, &any, 1);
    if (!address_is_within(client, &any, 1))
        abort(); /* whatever was sent, the client has an address */
}

/* Whatever was unpacked is packed and unpacked again to the same. */
static void try_feed(const char *text)
{
    outbuf plan = {0}, packed = {0}, again = {0};
    if (feed_unpack(&plan, text) == FEED_OK && feed_pack(&packed, plan.data, plan.size)) {
        outbuf_add(&packed, "", 1);
        if (packed.failed || packed.size > FEED_MAX_PLAN_BYTES)
            ; /* no memory, or longer than any address */
        else if (feed_unpack(&again, packed.data) != FEED_OK || again.size != plan.size ||
                 (plan.size > 0 && memcmp(again.data, plan.data, plan.size)))
            abort();
    }
    outbuf_free(&plan);
    outbuf_free(&packed);
    outbuf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const offers[] = {"application/json", "text/calendar", "text/plain"};
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    int chosen = http_accept(text, offers, 3);
    if (chosen < -1 || chosen > 2)
        abort();
    http_accepts_gzip(text);
    http_is_type(text, "application/json");
    http_etag_matches(text, "\"0123\"");
    if (http_length(text) < -1)
        abort();
    try_query(text);
    try_feed(text);
    try_addresses(text);
    if (http_percent_decode(text, 1) && strlen(text) > size)
        abort();
    free(text);
    return 0;
}
