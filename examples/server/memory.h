/* memory.h: gives memory that a burst of requests needed back to the system. */
#ifndef SERVER_MEMORY_H
#define SERVER_MEMORY_H

#include <stddef.h>
#include <stdint.h>

typedef struct memory_watch {
    uint64_t checked_ms;
    size_t free_bytes; /* of the heaps when memory was last given back */
} memory_watch;

/* Before any thread begins: few heaps, which all threads share. */
void memory_tame(void);
/* Called every few milliseconds. */
void memory_tick(memory_watch *watch, uint64_t now_ms);

#endif
