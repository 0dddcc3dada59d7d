/*
 * base/sanitizers.h: which sanitizers the build has. GCC defines macros, Clang features.
 */
#ifndef MSCHED_BASE_SANITIZERS_H
#define MSCHED_BASE_SANITIZERS_H

#if defined(__SANITIZE_ADDRESS__)
#define MSCHED__ADDRESS_SANITIZER 1
#endif
#if defined(__SANITIZE_THREAD__)
#define MSCHED__THREAD_SANITIZER 1
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MSCHED__ADDRESS_SANITIZER 1
#endif
#if __has_feature(thread_sanitizer)
#define MSCHED__THREAD_SANITIZER 1
#endif
#endif

#endif
