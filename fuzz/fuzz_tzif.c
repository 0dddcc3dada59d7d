/* Fuzz target: time zone files, and what is asked of them. */
#include "base/alloc.h"
#include "time/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__zone zone;
    if (msched__tzif_parse(&zone.data, data, size, &allocator, NULL) != MSCHED_OK)
        return 0;
    static const int64_t moments[] = {-62135596800, -1, 0, 1774749600, 4102444800, 253402300799};
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        msched__zone_change change;
        int64_t utc;
        msched__zone_from_local(&zone, moments[i], &utc);
        if (msched__zone_next(&zone, moments[i], &change) && change.utc <= moments[i])
            __builtin_trap();
        if (msched__zone_last(&zone, moments[i], &change) && change.utc > moments[i])
            __builtin_trap();
    }
    msched__zone_free(&zone);
    return 0;
}
