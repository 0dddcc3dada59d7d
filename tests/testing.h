/* tests/testing.h: what every cmocka suite includes. */
#ifndef MSCHED_TESTING_H
#define MSCHED_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <musicsched/base.h>

#endif
