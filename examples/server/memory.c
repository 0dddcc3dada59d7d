#include "memory.h"

#include <malloc.h>

#define CHECK_MS   5000
#define KEEP_BYTES (32 * 1024 * 1024)

/*
 * glibc would give each thread a heap of its own, which grow one by one, and hand the end of a heap
 * back to the system after every large request. A few heaps that stay are both flat and faster;
 * memory_tick trims them.
 */
void memory_tame(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024);
#endif
}

void memory_tick(memory_watch *watch, uint64_t now_ms)
{
    if (now_ms - watch->checked_ms < CHECK_MS)
        return;
    watch->checked_ms = now_ms;
#ifdef __GLIBC__
    /*
     * What was given back still counts as free, so this is done again only where something has
     * changed.
     */
    struct mallinfo2 info = mallinfo2();
    if (info.fordblks > KEEP_BYTES && info.fordblks != watch->free_bytes) {
        malloc_trim(KEEP_BYTES / 4);
        watch->free_bytes = mallinfo2().fordblks;
    }
#endif
}
