--- Schedules to-dos and music to the second, and analyzes what makes songs popular: libmusicsched
--- for Lua.
-- Tables of results are lists of rows, each a table by column name; an unknown value is nil.
-- `columns` of such a list has the names in order. Errors are tables {code=, line=, column=,
-- message=} that tostring() shows as text; line and column are 0 if they do not apply. README.md
-- has examples.
local native = require "musicsched.native"

local musicsched = {}
local Catalog, Plan, Schedule, Calendar, History = {}, {}, {}, {}, {}
local Match = {__name = "musicsched.Match"}
Match.__index = Match

local error_meta = {__tostring = function(self) return self.message end}

local function fail(message, code)
  error(setmetatable({code = code or "MSCHED_ERROR_ARGUMENT", line = 0, column = 0,
    message = message}, error_meta), 0)
end

--- Stands for "none" among the defaults of options.
local none = {}

--- Options by name: unknown ones are refused, so that a misspelled one is not ignored.
local function options(given, defaults)
  if given ~= nil and type(given) ~= "table" then fail("options: a table is needed, by name") end
  for name in pairs(given or {}) do
    if defaults[name] == nil then fail("there is no option " .. tostring(name)) end
  end
  local values = {}
  for name, value in pairs(defaults) do
    if given and given[name] ~= nil then value = given[name] end
    if value ~= none then values[name] = value end
  end
  return values
end

-- A column of lists: all texts come one after the other, with the size of each list.
local function lists_of(raw, index)
  local texts, sizes, lists, at = raw:texts(index), raw:numbers(index), {}, 0
  for row, size in ipairs(sizes) do
    lists[row] = table.move(texts, at + 1, at + size, 1, {})
    at = at + size
  end
  return lists
end

local function rows_of(raw)
  local rows, columns = {columns = {}}, {}
  local count = raw:rows()
  for index = 0, raw:columns() - 1 do
    local name = raw:name(index)
    rows.columns[index + 1] = name
    columns[name] = raw:is_list(index) ~= 0 and lists_of(raw, index)
      or raw:is_text(index) ~= 0 and raw:texts(index) or raw:numbers(index)
  end
  for row = 1, count do
    local values = {}
    for name, column in pairs(columns) do values[name] = column[row] end
    rows[row] = values
  end
  return rows
end

local function add_texts(filter, kind, texts)
  if texts == nil then return end
  if type(texts) ~= "table" then texts = {texts} end
  if #texts == 0 then
    fail(kind .. ": an empty list lets nothing through; leave it out to let everything through") end
  for _, text in ipairs(texts) do filter:add(kind, text) end
end

--- The ends of {low, high}, of which either may be nil.
local function bounds_of(what, range, low, high)
  if type(range) ~= "table" then fail(what .. ": a table is needed, {low, high}") end
  for key in pairs(range) do
    if key ~= 1 and key ~= 2 then
      fail(what .. ": only {low, high} is allowed, not " .. tostring(key)) end
  end
  return range[1] or low, range[2] or high
end

local where_defaults = {genre = none, subgenre = none, artist = none, playlist = none, years = none,
  popularity = none,
  features = none, exclude_zero = false, exclude_january_first = false, allow_unknown = false}

local function filter_of(given)
  if given == nil then return nil end
  local where = options(given, where_defaults)
  local filter = native.Filter()
  for _, kind in ipairs {"genre", "subgenre", "artist", "playlist"} do
    add_texts(filter, kind, where[kind]) end
  if where.years then filter:years(bounds_of("years", where.years, -1, -1)) end
  if where.popularity then
    filter:popularity(bounds_of("popularity", where.popularity, -1, -1)) end
  for name, range in pairs(where.features or {}) do
    filter:feature(name, bounds_of(name, range, -math.huge, math.huge))
  end
  filter:exclude(where.exclude_zero and 1 or 0, where.exclude_january_first and 1 or 0)
  filter:allow_unknown(where.allow_unknown and 1 or 0)
  return filter
end

--- A class whose objects hold the native one as `raw`.
local function class(methods, name)
  methods.__index = methods
  methods.__name = "musicsched." .. name
  --- Free the memory now; later use is an error. `local x <close>` calls this at the end of a
  --- block.
  function methods:close() self.raw:close() end
  methods.__close = methods.close
  return function(raw) return setmetatable({raw = raw}, methods) end
end

local wrap_catalog, new_plan, new_schedule = class(Catalog, "Catalog"), class(Plan, "Plan"),
  class(Schedule, "Schedule")

local new_calendar, new_history = class(Calendar, "Calendar"), class(History, "History")

--- The collector sees a few bytes where a catalog holds megabytes: it is told.
local function new_catalog(raw)
  if collectgarbage("isrunning") then collectgarbage("step", raw:info("memory_bytes") // 1024) end
  return wrap_catalog(raw)
end

local function raw_of(object, methods, name)
  if object == nil then return nil end
  if getmetatable(object) ~= methods then fail(name .. ": a " .. methods.__name .. " is needed") end
  return object.raw
end

local function csv_options(given)
  local o = options(given,
    {delimiter = "", skip_bad_rows = false, columns = {}, strict = false, default_duration_ms = 0,
      encoding = ""})
  if type(o.columns) ~= "table" then
    fail('columns: a table is needed, as {track_artist = "artists"}') end
  local lines = {}
  for column, header in pairs(o.columns) do lines[#lines + 1] = tostring(column) .. "="
    .. tostring(header) end
  return o.delimiter, o.skip_bad_rows and 1 or 0, table.concat(lines, "\n"), o.strict and 1 or 0,
    o.default_duration_ms, o.encoding
end

--- Load a song file, or a table of several as one catalog. Options: delimiter, skip_bad_rows (leave
--- out rows that cannot be read, even if they are most of a file, or with strict), strict (refuse
--- files that need assumptions), default_duration_ms (length of songs of unknown length), encoding
--- (of text that is not UTF-8, such as "GB18030" or "CP1251"), columns (headers of columns with
--- other names, such as {track_artist = "artists"}). Setting a debug hook (Ctrl-C in lua) stops the
--- load.
function musicsched.read_csv(path, given)
  if type(path) == "table" then path = table.concat(path, "\n") end
  return new_catalog(native.read_csv(path, csv_options(given)))
end
musicsched.read = musicsched.read_csv

--- Load CSV from a string.
function musicsched.read_csv_text(text, given)
  return new_catalog(native.read_csv_text(text, csv_options(given)))
end

--- Read a listening history from a file, or a table of several: Spotify's StreamingHistory*.json
--- and Streaming_History_Audio_*.json, histories of other services, schedules. A play that is in
--- two files counts once.
function musicsched.read_history(path)
  if type(path) == "table" then path = table.concat(path, "\n") end
  return new_history(native.read_history(path))
end

--- Read a listening history from a string.
function musicsched.parse_history(text) return new_history(native.parse_history(text)) end

--- Read a plan from plan text. Options: catalog (in which to look up songs), date and timezone
--- (used if the text has none), lenient (leave out lines with errors), days (1 to 31: number of
--- days, if the text does not set it), time_limit_ms (limit of the search for misspelled songs).
function musicsched.plan_from_text(text, given)
  local o = options(given, {catalog = none, date = "", timezone = "", lenient = false,
    days = 0, time_limit_ms = 0})
  return new_plan(native.plan_from_text(text, raw_of(o.catalog, Catalog, "catalog"), o.date,
    o.timezone, o.lenient and 1 or 0, o.days, o.time_limit_ms))
end

--- The text with all unambiguous corrections of check_plan_text.
function musicsched.fix_plan_text(text, given)
  local o = options(given, {catalog = none, date = "", timezone = ""})
  return native.fix_plan_text(text, raw_of(o.catalog, Catalog, "catalog"), o.date, o.timezone)
end

--- All messages about a plan text: severity, line, column, code, message, repair, candidates,
--- edits.
function musicsched.check_plan_text(text, given)
  local o = options(given, {catalog = none, date = "", timezone = ""})
  return rows_of(native.check_plan_text(text, raw_of(o.catalog, Catalog, "catalog"), o.date,
    o.timezone))
end

--- Read a plan from JSON.
function musicsched.plan_from_json(text) return new_plan(native.plan_from_json(text)) end

local escapes = {['"'] = '\\"', ["\\"] = "\\\\"}

--- JSON of a plan's values. A table with items, or an empty one, is a list.
local function json_of(value)
  local kind, parts = type(value), {}
  if kind == "string" then
    return '"' .. value:gsub('[%c"\\]', function(c)
      return escapes[c] or string.format("\\u%04x", c:byte())
    end) .. '"'
  elseif kind == "boolean" then return tostring(value)
  elseif kind == "number" and math.tointeger(value) then
    return string.format("%d", math.tointeger(value))
  elseif kind ~= "table" then fail("not a value of a plan: " .. tostring(value)) end
  for _, item in ipairs(value) do parts[#parts + 1] = json_of(item) end
  if #parts > 0 or next(value) == nil then return "[" .. table.concat(parts, ",") .. "]" end
  for key, item in pairs(value) do
    parts[#parts + 1] = json_of(tostring(key)) .. ":" .. json_of(item)
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

--- A plan of a day or, with `days`, of several: tables with the keys of docs/formats.md.
function musicsched.plan(values)
  if type(values) ~= "table" then fail("plan: a table is needed") end
  return new_plan(native.plan_from_json(json_of(values)))
end

--- Read a schedule from to_json, to pass it as `previous`.
function musicsched.schedule_from_json(text)
  return new_schedule(native.schedule_from_json(text)) end

--- Read a calendar (.ics, RFC 5545) from a string. Options: name, shown with its events.
function musicsched.parse_calendar(text, given)
  local o = options(given, {name = none})
  return new_calendar(native.parse_calendar(text, o.name))
end

--- Read a calendar from a file. Options: name; default: that of the file.
function musicsched.read_calendar(path, given)
  local o = options(given, {name = none})
  return new_calendar(native.read_calendar(path, o.name))
end

--- Whether recurring events can be expanded, which needs a library built with libical.
function musicsched.can_recur() return native.can_recur() ~= 0 end

--- A native agenda of a calendar, a path or a list of both.
local function agenda_of(calendars, o)
  if type(calendars) == "string" or getmetatable(calendars) == Calendar then
    calendars = {calendars}
  end
  if type(calendars) ~= "table" or getmetatable(calendars) then
    fail("calendars: a calendar, a path or a list of them is needed")
  end
  local raw = native.Agenda()
  for _, each in ipairs(calendars) do
    local calendar = type(each) == "string" and musicsched.read_calendar(each) or each
    raw:add(raw_of(calendar, Calendar, "calendars"), o.music and 1 or 0, o.block_all_day and 1 or 0,
      o.tasks and 1 or 0)
  end
  return raw
end

local function with_flags(rows, ...)
  for _, row in ipairs(rows) do
    for _, name in ipairs {...} do row[name] = row[name] ~= 0 end
  end
  return rows
end

--- The contents of an agenda, as tables; tostring() returns its JSON.
local function found_in(raw)
  return setmetatable({events = with_flags(rows_of(raw:events()), "all_day", "busy"),
    tasks = with_flags(rows_of(raw:tasks()), "duration_is_assumed"),
      left_out = rows_of(raw:left_out())},
    {__index = {to_json = function() return raw:to_json() end},
      __tostring = function() return raw:to_json() end})
end

--- The items of calendars on some dates: `events`, `tasks` and `left_out`, lists of rows, and
--- to_json(). calendars: a calendar, the path of an .ics file, or a list of them. Options: days
--- (number of dates), timezone (of the times).
function musicsched.agenda(calendars, date, given)
  local o = options(given, {days = 1, timezone = ""})
  local raw = agenda_of(calendars, {tasks = true})
  raw:make(date, o.days, o.timezone)
  return found_in(raw)
end

--- Version of the library.
function musicsched.version() return native.version() end

--- Build the indexes that the first search and schedule would otherwise build.
function Catalog:prepare() self.raw:prepare() end
-- A file that read_csv opens at once, usually *.msc.
function Catalog:save(path) self.raw:save(path) end

--- Counts by name.
function Catalog:info()
  local info = {}
  for _, name in ipairs {"entries", "tracks", "recordings", "artists", "albums", "playlists",
    "genres", "subgenres",
    "rows_skipped", "memory_bytes"} do
    info[name] = self.raw:info(name)
  end
  return info
end

function Catalog:tracks() return rows_of(self.raw:tracks()) end
function Catalog:entries() return rows_of(self.raw:entries()) end
--- Rows that were left out because they cannot be read: line, column, code, message.
function Catalog:skipped() return rows_of(self.raw:skipped()) end
--- How the catalog was read: as text for people, or as JSON.
function Catalog:report() return self.raw:report() end
function Catalog:report_json() return self.raw:report_json() end

--- One track with its audio features and playlists, as JSON.
function Catalog:track_json(track_id) return self.raw:track_json(track_id) end

--- The most popular songs. Options: limit, count ("entries", "tracks", "recordings"), where.
-- By default, count is recordings here and tracks in the queries below.
function Catalog:top(given)
  local o = options(given, {limit = 10, count = "default", where = none})
  return rows_of(self.raw:top(o.limit, o.count, filter_of(o.where)))
end

--- Statistics by "all", "genre", "subgenre", "artist", "playlist", "year", "decade", "month" or
--- "year_month".
-- Options: count, order ("default", "key", "mean", "n"), min_n, limit, where.
function Catalog:groups(by, given)
  local o = options(given,
    {count = "default", order = "default", min_n = 0, limit = 0, where = none})
  return rows_of(self.raw:groups(by, o.count, o.order, o.min_n, o.limit, filter_of(o.where)))
end

Catalog.group_by = Catalog.groups

--- Whether popularity depends on the group: f, df_between, df_within and p of a one-way analysis of
--- variance, eta_squared, kruskal_h and kruskal_p, group_count, n. Options: count, where.
function Catalog:group_test(by, given)
  local o = options(given, {count = "default", where = none})
  return rows_of(self.raw:group_test(by, o.count, filter_of(o.where)))[1]
end

--- Statistics by "year", "decade", "month" or "year_month", in chronological order. Options: count,
--- where.
function Catalog:trend(unit, given)
  local o = options(given, {count = "default", where = none})
  return rows_of(self.raw:trend(unit, o.count, filter_of(o.where)))
end

--- Counts of popularity. Options: bins, count, where.
function Catalog:histogram(given)
  local o = options(given, {bins = 20, count = "default", where = none})
  return rows_of(self.raw:histogram(o.bins, o.count, filter_of(o.where)))
end

--- Correlation of popularity with each audio feature. Options: count, where.
function Catalog:correlations(given)
  local o = options(given, {count = "default", where = none})
  return rows_of(self.raw:correlations(o.count, filter_of(o.where)))
end

--- Find songs by typed text. Options: limit, typos.
function Catalog:find(text, given)
  local o = options(given, {limit = 10, typos = true})
  return rows_of(self.raw:find(text, o.limit, o.typos and 1 or 0))
end

--- Completions for a search box. Options: limit.
function Catalog:suggest(text, given)
  local o = options(given, {limit = 10})
  return rows_of(self.raw:suggest(text, o.limit))
end

--- Find the songs of a playlist: the path of a file (M3U, XSPF, Spotify's JSON, a table, a plain
--- list), or a table of texts such as "Title - Artist". Options: only, the name of the playlist to
--- read if the file has several.
function Catalog:match(songs, given)
  local o = options(given, {only = ""})
  if type(songs) ~= "table" then
    return setmetatable({raw = self.raw:match_file(songs, o.only)}, Match)
  end
  local lines = {}
  for i, song in ipairs(songs) do
    if type(song) ~= "string" then fail("songs: a list of strings is needed") end
    lines[i] = (song:gsub("\n", " "))
  end
  return setmetatable({raw = self.raw:match_songs(table.concat(lines, "\n"))}, Match)
end

--- Schedule a plan. Options: seed (an integer, all 64 bits count), work_limit, time_limit_ms,
--- previous (a schedule to change as little as possible), assume_done (count its items before `now`
--- as done, unless they have a state), lazy_reasons (search for fixes only when unscheduled items
--- are read).
function Catalog:schedule(plan, given)
  local o = options(given, {seed = 0, work_limit = 0, time_limit_ms = 0, previous = none,
    assume_done = false, lazy_reasons = false})
  return new_schedule(self.raw:schedule(raw_of(plan, Plan, "plan"), o.seed, o.work_limit,
    o.time_limit_ms, raw_of(o.previous, Schedule, "previous"), o.assume_done and 1 or 0,
    o.lazy_reasons and 1 or 0))
end

--- The schedule of each plan, in the same order, with the options of schedule and progress, a
--- function that is called after each plan with the number of scheduled plans and the total.
function Catalog:schedule_many(plans, given)
  if type(plans) ~= "table" or plans.raw then
    fail("plans: a list of plans is needed") end
  local made, each = {}, {}
  for name, value in pairs(given or {}) do each[name] = value end
  local progress = each.progress
  if progress and type(progress) ~= "function" then fail("progress: a function is needed") end
  each.progress = nil
  for i, plan in ipairs(plans) do
    made[i] = self:schedule(plan, each)
    if progress then progress(i, #plans) end
  end
  return made
end

--- The same plan with a current time; nothing is scheduled before it. now: seconds after midnight
--- of the plan's first date, or a table such as os.date("*t").
function Plan:with_now(now)
  if type(now) ~= "table" then return new_plan(self.raw:with_now(now)) end
  if not (now.year and now.month and now.day) then
    fail('now: a table with year, month and day is needed, as of os.date("*t")') end
  local date = string.format("%04d-%02d-%02d", now.year, now.month, now.day)
  return new_plan(self.raw:with_now_on(date,
    (now.hour or 12) * 3600 + (now.min or 0) * 60 + (now.sec or 0)))
end
--- The same plan with the state of a to-do: "done", "started", "paused" with `left` seconds still
--- to do, "not_started", "skipped" or "open". Options: started and ended (seconds after midnight;
--- default: as in the previous schedule), left.
function Plan:mark(id, state, given)
  local o = options(given, {started = -1, ended = -1, left = -1})
  return new_plan(self.raw:mark(id, state, o.started, o.ended, o.left))
end
--- The same plan with a to-do that starts at this second after midnight. A task starts exactly
--- there, even outside its time window; an event keeps its length. nil: unlock the task.
function Plan:move(id, start) return new_plan(self.raw:move(id, start or -1)) end
--- The same plan with the state of a wanted song: "done" (heard), "skipped" or "open". wanted: its
--- number as in the schedule's entries, from 0.
function Plan:mark_song(wanted, state) return new_plan(self.raw:mark_song(wanted, state)) end
--- The same plan with the events and to-dos of calendars on its date, and an agenda as of
--- musicsched.agenda. Options: music (may play during the events), block_all_day (all-day events
--- are busy), tasks (false: leave out to-dos), timezone (of a plan that has none).
function Plan:add_calendar(calendars, given)
  local o = options(given, {music = false, block_all_day = false, tasks = true, timezone = ""})
  local raw = agenda_of(calendars, o)
  local plan = new_plan(raw:add_to(self.raw, o.timezone))
  return plan, found_in(raw)
end
--- The same plan with the matched songs as wanted songs; each is added once. Options: must and
--- weight, as for a wanted song; limit: maximum number of songs.
function Plan:add_songs(match, given)
  local o = options(given, {must = false, weight = 0, limit = 0})
  return new_plan(self.raw:add_songs(raw_of(match, Match, "match"), o.must and 1 or 0, o.weight,
    o.limit))
end
--- The same plan, whose fill leaves out songs that the history played on the plan's date or in the
--- days before it. A wanted song that was played stays wanted, with a warning. Options: days,
--- by default as the plan says (avoid: 14 days), else 7.
function Plan:avoid(history, catalog, given)
  local o = options(given, {days = 0})
  return new_plan(self.raw:avoid(raw_of(history, History, "history"),
    raw_of(catalog, Catalog, "catalog"), o.days))
end
function Plan:todo_count() return self.raw:todo_count() end
function Plan:song_count() return self.raw:song_count() end
function Plan:to_json() return self.raw:to_json() end
--- The plan as plan text. Options: catalog, with which you will read the text: songs are then
--- written as titles, else as track ids.
function Plan:to_text(given)
  local o = options(given, {catalog = none})
  return self.raw:to_text(raw_of(o.catalog, Catalog, "catalog"))
end
Plan.__tostring = function(self)
  if self.raw:is_open() == 0 then return "musicsched.Plan: closed" end
  return ("musicsched.Plan: %d to-dos, %d songs"):format(self:todo_count(), self:song_count())
end

--- Name of the playlist, "" if it has none.
function Match:name() return self.raw:name() end
--- Number of songs that were found.
function Match:found() return self.raw:found() end
--- Every song: line, title, artist, album, id, found ("id", "exact", "close", "title", "none"),
--- track_id, track_name, track_artist, candidates.
function Match:songs() return rows_of(self.raw:songs()) end
--- Items that are not songs, and assumptions: line, reason.
function Match:remarks() return rows_of(self.raw:remarks()) end
function Match:to_json() return self.raw:to_json() end
Match.__tostring = function(self) return ("musicsched.Match: %d found"):format(self:found()) end

--- Counts by name; first_utc and last_utc are seconds since 1970.
function History:info()
  local info = {}
  for _, name in ipairs {"plays", "songs", "artists", "episodes", "duplicates", "unreadable",
    "first_utc", "last_utc"} do
    info[name] = self.raw:info(name)
  end
  return info
end

--- Up to 100 items that could not be read, each as "FILE:LINE: reason".
function History:remarks()
  local remarks = {}
  for i, row in ipairs(rows_of(self.raw:remarks())) do remarks[i] = row.remark end
  return remarks
end

--- The most played songs and artists, and the times of the plays: `totals` (with streaks), `songs`,
--- `artists`, `hours`, `weekdays` and `months`, and to_json(). Options: limit (of songs and
--- artists), timezone (of hours and days), from and to (dates, inclusive), min_played_s (leave out
--- shorter plays), by_time (rank by time played).
function History:summary(given)
  local o = options(given,
    {limit = 10, timezone = "", from = "", to = "", min_played_s = 0, by_time = false})
  local raw = self.raw:summary(o.limit, o.timezone, o.from, o.to, o.min_played_s,
    o.by_time and 1 or 0)
  local summary = {totals = rows_of(raw:totals())[1]}
  for _, name in ipairs {"songs", "artists", "hours", "weekdays", "months"} do
    summary[name] = rows_of(raw:list(name))
  end
  return setmetatable(summary, {__index = {to_json = function() return raw:to_json() end}})
end

--- A catalog whose popularity is how often a song was played. songs: a catalog, for its songs;
--- without it, the songs of the history, some of which have no length.
function History:catalog(songs)
  return new_catalog(self.raw:catalog(raw_of(songs, Catalog, "songs")))
end
--- #history is the number of its plays.
History.__len = function(self) return self.raw:info("plays") end
History.__tostring = function(self) return ("musicsched.History: %d plays"):format(#self) end

--- The name that is shown with its events.
function Calendar:name() return self.raw:name() end
Calendar.__tostring = function(self) return "musicsched.Calendar: " .. self:name() end

function Schedule:date() return self.raw:date() end
--- IANA name, "" for floating time.
function Schedule:timezone() return self.raw:timezone() end
--- "optimal" if it is proved that no schedule is better, "feasible" if one may be better, "unknown"
--- if it was read from JSON without a status.
function Schedule:status() return self.raw:status() end
--- Why the search stopped: "none" if it finished, "work", "time" or "cancel".
function Schedule:stop() return self.raw:stop() end
--- The value and the upper bound of each level of the objective: level, value and bound.
function Schedule:bounds() return rows_of(self.raw:bounds()) end
--- Whether it is proved that no schedule is better.
function Schedule:optimal() return self.raw:info("optimal") ~= 0 end
--- Number of entries whose start differs from `previous`.
function Schedule:moved() return self.raw:info("moved") end
--- Local time at these seconds after the midnight of a date, as a table for os.time.
local function clock(date, seconds)
  local year, month, day = date:match("(%d+)-(%d+)-(%d+)")
  local noon = os.time {year = year, month = month, day = day + seconds // 86400, hour = 12}
  local at = os.date("*t", noon)
  return {year = at.year, month = at.month, day = at.day, hour = seconds // 3600 % 24,
    min = seconds // 60 % 60, sec = seconds % 60}
end
--- To-dos and songs with their times: start_time and end_time are tables for os.time, in the plan's
--- time zone; start_s and end_s are seconds from midnight of `date`.
function Schedule:entries()
  local rows = rows_of(self.raw:entries())
  for _, row in ipairs(rows) do
    row.fixed = row.fixed ~= 0
    row.start_time, row.end_time = clock(row.date, row.start_s), clock(row.date, row.end_s)
  end
  return rows
end
--- Unscheduled items, with reasons and fixes.
function Schedule:unplaced() return rows_of(self.raw:unplaced()) end
--- Up to three fixes of each unscheduled to-do; `item` is its index in `unplaced`, from 0; `rank` 1
--- costs you the least.
function Schedule:fixes() return rows_of(self.raw:fixes()) end
function Schedule:warnings() return rows_of(self.raw:warnings()) end
--- Intervals whose tasks need more time than they have.
function Schedule:overloads() return rows_of(self.raw:overloads()) end
function Schedule:to_json() return self.raw:to_json() end
function Schedule:to_text() return self.raw:to_text() end
--- iCalendar. what: "all" (the default), "todos" or "songs". options: `calendar_name`;
--- `timestamp`, the current time as of os.time(); `alarm_s`, seconds before a to-do; `cancelled`,
--- true: include items that were removed since the previous schedule; `sequence`, added to the
--- SEQUENCE of every event: without a previous schedule, a number that grows with each change of
--- the plan; `refresh_s`, how often a subscribed program should reload the calendar.
function Schedule:to_ical(what, options)
  options = options or {}
  local stamp = options.timestamp and os.date("!%Y%m%dT%H%M%SZ", options.timestamp) or ""
  return self.raw:to_ical(what or "all", options.calendar_name or "", stamp, options.alarm_s or -1,
    options.cancelled and 1 or 0, options.sequence or 0, options.refresh_s or 0)
end
Schedule.__tostring = Schedule.to_text

--- #catalog is the number of its entries.
Catalog.__len = function(self) return self.raw:info("entries") end
Catalog.__tostring = function(self) return ("musicsched.Catalog: %d entries"):format(#self) end

return musicsched
