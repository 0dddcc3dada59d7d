#include <musicsched/version.h>

#define TEXT_OF(x) #x
#define TEXT(x)    TEXT_OF(x)

const char *msched_version_string(void)
{
    return TEXT(MSCHED_VERSION_MAJOR) "." TEXT(MSCHED_VERSION_MINOR) "." TEXT(MSCHED_VERSION_PATCH);
}

uint32_t msched_version_number(void)
{
    return MSCHED_VERSION_MAJOR * 1000000u + MSCHED_VERSION_MINOR * 1000u + MSCHED_VERSION_PATCH;
}
