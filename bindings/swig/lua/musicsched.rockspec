rockspec_format = "3.0"
package = "musicsched"
version = "@version@-1"
source = {
  -- What make packages writes; a rock server gets the address of the release instead.
  url = "file://musicsched-@version@-1.tar.gz"
}
description = {
  summary = "Schedules to-dos and music to the second, and analyzes song popularity",
  detailed = [[
A binding of the C library libmusicsched, which must be installed with its headers.]],
  license = "MIT"
}
dependencies = { "lua >= 5.4, < 5.5" }
external_dependencies = {
  MUSICSCHED = { header = "musicsched/musicsched.h", library = "musicsched" }
}
build = {
  type = "builtin",
  modules = {
    ["musicsched"] = "musicsched/init.lua",
    ["musicsched.native"] = {
      sources = {
        "src/calendar.c", "src/catalog.c", "src/filter.c", "src/handle.c", "src/history.c",
        "src/lua_wrap.c", "src/plan.c", "src/playlist.c", "src/question.c", "src/schedule.c",
        "src/table.c"
      },
      incdirs = { "$(MUSICSCHED_INCDIR)" },
      libdirs = { "$(MUSICSCHED_LIBDIR)" },
      libraries = { "musicsched", "pthread" }
    }
  },
  copy_directories = {}
}
