#include "catalog/build/made_id.h"

#include "base/alloc.h"
#include "base/fold.h"
#include "catalog/build/builder.h"

#include <stdint.h>
#include <stdio.h>

/* G. Fowler, L. C. Noll, K.-P. Vo: FNV-1a. */
static uint64_t add_bytes(uint64_t hash, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)data[i]) * UINT64_C(0x100000001B3);
    return hash;
}

int msched__made_id(char out[MSCHED__MADE_ID_ROOM], msched__slice title, msched__slice artist,
                    const msched_allocator *allocator)
{
    size_t longest = title.size > artist.size ? title.size : artist.size;
    char *folded = msched__alloc_array(allocator, longest + 1, 3);
    if (folded == NULL)
        return 0;
    uint64_t hash = add_bytes(UINT64_C(0xCBF29CE484222325), folded,
                              msched__fold_case(folded, title.data, title.size));
    hash = add_bytes(hash, "\x1f", 1);
    const size_t size = msched__fold_case(folded, artist.data, artist.size);
    for (size_t i = 0; i < size; i++) /* a list is the text that people see */
        folded[i] = folded[i] == MSCHED__MEMBER_END ? ',' : folded[i];
    hash = add_bytes(hash, folded, size);
    msched__free(allocator, folded);
    snprintf(out, MSCHED__MADE_ID_ROOM, "made-%016llx", (unsigned long long)hash);
    return 1;
}
