/* musicsched/version.h: which version of the library this is. */
#ifndef MUSICSCHED_VERSION_H
#define MUSICSCHED_VERSION_H

#include <musicsched/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Version of this header. Semantic versioning; before 1.0 a new minor version may change the ABI.
 */
#define MSCHED_VERSION_MAJOR 0
#define MSCHED_VERSION_MINOR 1
#define MSCHED_VERSION_PATCH 0

/** Number in the shared library's soname. It grows with every incompatible change of the ABI. */
#define MSCHED_ABI_VERSION 0

/**
 * Version of the library that is linked, which may be newer than this header.
 * @return "major.minor.patch"; static, never NULL.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_version_string(void);

/**
 * Version of the library that is linked, as one number to compare.
 * @return major * 1,000,000 + minor * 1,000 + patch.
 * @thread any
 * @since 0.1
 */
MSCHED_API uint32_t msched_version_number(void);

#ifdef __cplusplus
}
#endif
#endif
