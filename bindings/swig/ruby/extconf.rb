# frozen_string_literal: true

require "mkmf"

pkg_config("musicsched") ||
  abort("libmusicsched is not installed: pkg-config finds no musicsched.pc. Install the library " \
        "(make install), or set PKG_CONFIG_PATH to the folder of musicsched.pc.")
# SWIG's code puts pointers into integers by way of their addresses.
append_cflags(%w[-fno-strict-aliasing -pthread])
create_makefile("musicsched/native")
