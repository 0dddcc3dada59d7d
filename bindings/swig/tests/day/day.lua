-- Plans a day: lua day.lua SONGS.csv PLAN.txt
local musicsched = require "musicsched"

local catalog <close> = musicsched.read_csv(arg[1])
local file <close> = assert(io.open(arg[2]))
local plan = musicsched.plan_from_text(file:read("a"), {catalog = catalog})
io.write(catalog:schedule(plan):to_json())
