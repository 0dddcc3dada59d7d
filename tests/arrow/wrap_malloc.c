#include "wrap_malloc.h"

wrapped_memory wrapped;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static int refuse(void)
{
    return ++wrapped.count == wrapped.fail_at;
}

void *__wrap_malloc(size_t size)
{
    void *made = refuse() ? NULL : __real_malloc(size);
    wrapped.live += made != NULL;
    return made;
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *made = refuse() ? NULL : __real_calloc(count, size);
    wrapped.live += made != NULL;
    return made;
}

void *__wrap_realloc(void *block, size_t size)
{
    void *made = refuse() ? NULL : __real_realloc(block, size);
    wrapped.live += block == NULL && made != NULL;
    return made;
}

void __wrap_free(void *block)
{
    wrapped.live -= block != NULL;
    __real_free(block);
}
