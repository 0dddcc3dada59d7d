/*
 * client_address.h: who a request comes from, behind trusted proxies. It has no connection and no
 * global state, so that it can be fuzzed.
 */
#ifndef SERVER_CLIENT_ADDRESS_H
#define SERVER_CLIENT_ADDRESS_H

#include <stddef.h>

#define ADDRESS_TEXT 48

/*
 * Addresses that begin with the same bits. IPv4 addresses are kept as IPv4-mapped IPv6 addresses.
 */
typedef struct address_range {
    unsigned char bytes[16];
    int bits;
} address_range;

/* "10.0.0.0/8", "::1"; 0: neither an address nor a range. */
int address_range_parse(const char *text, address_range *out);
int address_is_within(const char *address, const address_range *ranges, size_t count);

/*
 * One step towards the client: `client` holds an address that is trusted, `forwarded` the value of
 * an X-Forwarded-For field, of which the last field comes first. Goes through its addresses from
 * the last to the first, and stops at one that is not trusted or cannot be read. 1: all were
 * trusted, so that a field before this one may say more.
 */
int client_address_step(char client[ADDRESS_TEXT], const char *forwarded,
                        const address_range *trusted, size_t count);

#endif
