/* zone_file.c: time zones come from the host, which knows them as Intl. */
#include "time/zone_file.h"

#include "base/error.h"

#define MAX_BYTES 65536

/*
 * Fill `buffer` with the zone as a TZif file (RFC 8536). Returns its size; 0: the host knows no
 * such zone.
 */
__attribute__((import_module("env"), import_name("zone_read"))) int32_t host_zone_read(
    const char *name, unsigned char *buffer, int32_t size);

msched_result msched__zone_file_read(const char *path, const char *name, msched__buffer *bytes,
                                     msched_error *err)
{
    static char file[MAX_BYTES];
    int32_t size = host_zone_read(name, (unsigned char *)file, MAX_BYTES);
    (void)path;
    if (size <= 0)
        return msched__fail(err, MSCHED_ERROR_NOT_FOUND, "no time zone \"%s\"", name);
    msched__buffer_add(bytes, file, (size_t)size);
    return bytes->failed ? msched__fail_memory(err) : MSCHED_OK;
}

msched_result msched__zone_file_link(const char *dir, const char *name,
                                     const msched_allocator *allocator,
                                     char target[MSCHED__ZONE_NAME_BYTES])
{
    (void)dir, (void)name, (void)allocator, (void)target; /* the host knows old names */
    return MSCHED_ERROR_NOT_FOUND;
}
