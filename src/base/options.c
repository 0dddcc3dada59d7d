#include "base/options.h"

#include "base/error.h"

#include <string.h>

static uint32_t size_of(const void *sized)
{
    uint32_t size;
    memcpy(&size, sized, sizeof size);
    return size;
}

msched_result msched__options_read(void *known, size_t known_size, const void *given,
                                   const char *name, msched_error *err)
{
    if (given == NULL)
        return MSCHED_OK;
    uint32_t size = size_of(given);
    if (size < 8)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "%s.struct_size is %u: fill the struct with its _init function first",
                            name, (unsigned)size);
    for (size_t i = known_size; i < size; i++)
        if (((const unsigned char *)given)[i] != 0)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                "%s has a field that this version of the library does not know",
                                name);
    memcpy(known, given, size < known_size ? size : known_size);
    uint32_t ours = (uint32_t)known_size;
    memcpy(known, &ours, sizeof ours);
    return MSCHED_OK;
}

msched_result msched__options_write(void *out, const void *known, size_t known_size)
{
    if (out == NULL)
        return MSCHED_ERROR_ARGUMENT;
    uint32_t size = size_of(out);
    if (size < 8)
        return MSCHED_ERROR_ARGUMENT;
    memcpy(out, known, size < known_size ? size : known_size);
    if (size > known_size)
        memset((unsigned char *)out + known_size, 0, size - known_size);
    memcpy(out, &size, sizeof size);
    return MSCHED_OK;
}

void msched__options_init(void *out, uint32_t struct_size, const void *defaults, size_t known_size)
{
    if (out == NULL || struct_size < 8)
        return;
    memset(out, 0, struct_size);
    memcpy(out, defaults, struct_size < known_size ? struct_size : known_size);
    memcpy(out, &struct_size, sizeof struct_size);
}
