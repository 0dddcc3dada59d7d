/*
 * musicsched.i: the library for R, Java, Lua and Ruby. The classes are the same in all of them; the
 * files beside this one say how each language sees errors, texts, 64-bit numbers and columns, and
 * when it wants to stop.
 */
%module musicsched

%{
#include "facade.h"
%}

/* As in C; SWIG's own stdint.i says the same for every platform. */
%include <stdint.i>

#if defined(SWIGR)
%include "language_r.i"
#elif defined(SWIGJAVA)
%include "language_java.i"
#elif defined(SWIGLUA)
%include "language_lua.i"
#elif defined(SWIGRUBY)
%include "language_ruby.i"
#endif

%include "classes.i"
