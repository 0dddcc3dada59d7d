-- The acceptance test of the Lua binding; bindings/swig/tests/run.py runs it.
local musicsched = require "musicsched"

local function given(name) return (assert(os.getenv("MUSICSCHED_TEST_" .. name), name)) end
local function contents(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read("a")
end
local function equal(found, expected, what)
  if found ~= expected then
    error(("%s: found %s, expected %s"):format(what, tostring(found), tostring(expected)), 2)
  end
end
local function close_to(found, expected, what)
  if math.abs(found - expected) > 5e-7 then
    error(("%s: found %.9g, expected %.9g"):format(what, found, expected), 2) end
end
--- The error that a call raises.
local function refused(what, call, ...)
  local ok, problem = pcall(call, ...)
  if ok then error(what .. ": nothing was raised", 2) end
  return problem
end

local HEADER = "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_genre\n"
local SMALL = HEADER
  .. "id1,Café 🎵,Beyoncé,70,200000,pop\nid2,Zweites Lied,Die Ärzte,60,210000,rock\n"

local function until_interrupted(call, ...)
  local cancelled
  local arguments = table.pack(...)
  local ok, hook_says = pcall(function()
    local finished, problem
    repeat finished, problem = pcall(call, table.unpack(arguments)) until not finished
    cancelled = type(problem) == "table" and problem.code == "MSCHED_ERROR_CANCELLED"
      or tostring(problem):find("interrupted")
    for _ = 1, 1000 do end -- lua's own hook fires here
  end)
  assert(cancelled or not ok and tostring(hook_says):find("interrupted"), hook_says)
  print("interrupted")
  os.exit(0)
end

if os.getenv("MUSICSCHED_TEST_FIFO") then until_interrupted(musicsched.read_csv, given "FIFO") end
if os.getenv("MUSICSCHED_TEST_HARD") then
  local catalog, plan = musicsched.read_csv_text(SMALL), musicsched.plan_from_text(given "HARD")
  print("scheduling")
  io.stdout:flush()
  until_interrupted(catalog.schedule, catalog, plan, {work_limit = 1 << 62})
end

local tests = {}

function tests.artists_and_genres_as_lists()
  local catalog <close> = musicsched.read_csv_text("title,artists,genres\n"
    .. 'Stone,Ida Blue;Orson,"folk, pop"\nRain,Orson,\nSun,Orson;Ida Blue,folk\n')
  local entries = catalog:entries()
  equal(table.concat(entries[1].artists, "|"), "Ida Blue|Orson", "artists")
  equal(table.concat(entries[1].genres, "|"), "folk|pop", "genres")
  equal(#entries[2].genres, 0, "no genre")
  equal(table.concat(catalog:tracks()[3].artists, "|"), "Orson|Ida Blue", "artists of a track")
end

function tests.release_dates()
  local catalog <close> = musicsched.read_csv_text("title,artist,popularity,release_date\n"
    .. "Sun,Ana,90,2019-06-14\nMoon,Ana,80,2019-06\n")
  local tracks, top = catalog:tracks(), catalog:top()
  equal(tracks[1].release_date, "2019-06-14", "date of a track")
  equal(tracks[2].release_date, nil, "a date without a day")
  equal(tracks[2].track_album_release_date, "2019-06", "what the file says")
  equal(top[1].release_date, "2019-06-14", "date of the top")
  equal(top[2].release_month, 6, "a part of a date")
end

function tests.what_is_counted_by_default()
  -- one song under two ids, one of them in two playlists
  local catalog <close> = musicsched.read_csv_text("track_id,track_name,track_artist,"
    .. "track_popularity,track_album_release_date,playlist_id,playlist_genre,energy\n"
    .. "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n"
    .. "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n")
  local top, sum = catalog:top(), 0
  equal(#top, 2, "songs of the top")
  equal(top[2].track_id, "b1", "the second of the top")
  equal(catalog:groups("genre")[1].n, 3, "tracks of a genre")
  equal(catalog:trend("year")[1].n, 3, "tracks of a year")
  for _, bin in ipairs(catalog:histogram()) do sum = sum + bin.n end
  equal(sum, 3, "tracks of the histogram")
  for _, row in ipairs(catalog:correlations()) do
    if row.feature == "energy" then equal(row.n, 3, "tracks of a correlation") end
  end
  local test = catalog:group_test("artist")
  equal(test.group_count, 2, "groups tested")
  equal(test.f, 3.0, "F")
  equal(test.kruskal_h, 1.5, "H")
  assert(math.abs(test.p - 1 / 3) < 1e-12, "p of the test of groups")
end

function tests.reference_answers()
  if given "REAL" == "" then return print("  without the real data set") end
  local catalog <close> = musicsched.read_csv(given "REAL")
  local info = catalog:info()
  equal(info.entries, 32833, "entries")
  equal(info.tracks, 28356, "tracks")
  equal(info.recordings, 26160, "recordings")
  equal(info.artists, 10693, "artists")
  equal(info.playlists, 471, "playlists")
  local top = catalog:top {limit = 2, count = "entries"}
  equal(#top, 2, "rows")
  for _, row in ipairs(top) do
    equal(row.track_name .. "/" .. row.track_artist, "Dance Monkey/Tones and I", "top")
    equal(row.track_popularity, 100, "top popularity")
    equal(math.type(row.track_popularity), "integer", "type of a whole number")
  end
  local means = {}
  for _, row in ipairs(catalog:groups("genre", {count = "entries"})) do
    means[row.key] = row.mean end
  for genre, mean in pairs {pop = 47.744870, latin = 47.026576, rap = 43.215454, rock = 41.728338,
    ["r&b"] = 41.223532, edm = 34.833526} do
    close_to(means[genre], mean, genre)
  end
  local months = catalog:trend("month", {count = "entries"})
  local expected = {{38.816218, 5093}, {41.470952, 1618}, {40.531778, 2014}, {40.438550, 1904},
    {43.543812, 2214}, {43.818410, 2390},
    {42.934826, 2010}, {43.441496, 2299}, {44.078647, 2543}, {45.065781, 3086}, {45.774635, 3359},
      {44.403186, 2448}}
  for month, answer in ipairs(expected) do
    close_to(months[month].mean, answer[1], "mean of month " .. month)
    equal(months[month].n, answer[2], "rows of month " .. month)
  end
  local bins, sum = catalog:histogram {count = "tracks"}, 0
  for _, bin in ipairs(bins) do sum = sum + bin.n end
  equal(#bins, 20, "bins")
  equal(sum, 28356, "sum of the bins")
  equal(bins[1].zeros, 2620, "tracks of popularity 0")
  for _, row in ipairs(catalog:correlations()) do assert(math.abs(row.r) <= 0.15, row.feature) end
  equal(catalog:find("dance monky tones")[1].track_name, "Dance Monkey",
    "find with a typing mistake")
  equal(catalog:suggest("dance mon")[1].track_name, "Dance Monkey", "suggest")
  close_to(catalog:groups("all", {count = "tracks", where = {exclude_zero = true}})[1].mean,
    43.333657, "without zeros")
end

function tests.same_bytes_as_the_command_line()
  local catalog <close> = musicsched.read_csv(given "SAMPLE")
  local plan = musicsched.plan_from_text(contents(given "PLAN"), {catalog = catalog})
  local schedule = catalog:schedule(plan)
  equal(schedule:to_json(), contents(given "SCHEDULE"), "schedule")
  equal(schedule:stop(), "none", "stop")
  local bounds = schedule:bounds()
  equal(#bounds, 7, "levels")
  equal(bounds[1].level, "tasks_1", "first level")
  for _, level in ipairs(bounds) do equal(level.value, level.bound, level.level) end
  local progress = {}
  local many = catalog:schedule_many({plan, plan}, {seed = 0, progress = function(done, total)
    progress[#progress + 1] = done .. " of " .. total
  end})
  equal(many[2]:to_json(), schedule:to_json(), "many")
  equal(table.concat(progress, ", "), "1 of 2, 2 of 2", "progress")
  equal(catalog:group_by("genre")[1].mean, catalog:groups("genre")[1].mean, "group_by")
  local text = plan:to_text {catalog = catalog}
  assert(text:find("♪ Dancing Monkey - Synthetic Otters ", 1, true), "a title")
  equal(musicsched.plan_from_text(text, {catalog = catalog}):to_json(), plan:to_json(), "as text")
  assert(plan:to_text():find("♪ spotify:track:", 1, true), "an id")
  local moved = plan:move("gym", 18 * 3600)
  equal(refused("a pin", moved.to_text, moved).code, "MSCHED_ERROR_VALUE", "no words")
  local week = musicsched.plan {date = "2026-11-23", days = 7,
    day = {exceptions = {{on = {"sun"}, off = true}}},
    todos = {{title = 'Stand-up \\ "daily"', start = "09:00", ["end"] = "09:15",
        on = {"mon", "wed"}},
      {title = "Gym", duration_s = 3600, times = 3, apart_days = 2, music = true}},
    songs = {{query = "Halo", times = "each"}},
    listening = {fills = {{duration_s = 1800, during = "gym", on = {"mon"}}}}}
  local json = "{\"date\": \"2026-11-23\", " ..
    "\"days\": 7, \"day\": {\"exceptions\": [{\"on\": [\"sun\"" ..
    "], \"off\": true}]}, \"todos\": [{" ..
    "\"title\": \"Stand-up \\\\ \\\"daily\\\"\", \"start\": \"09:00\", \"end\": \"09:15\", \"o" ..
    "n\": [\"mon\", \"wed\"]}, {\"title\": \"Gym\", \"duration_s\": 3600, \"times\": 3, " ..
    "\"apart_days\": 2, \"music\": true}], \"songs\": [{\"query\": \"Halo\"" ..
    ", \"times\": \"each\"}], " ..
    "\"listening\": {\"fills\": [{\"duration_s\": 1800, \"during\": \"gym\", \"on\": [\"mon\"]}]}}"
  equal(week:to_json(), musicsched.plan_from_json(json):to_json(), "from tables")
  local again = musicsched.plan_from_json(plan:to_json())
  equal(catalog:schedule(again):to_json(), schedule:to_json(), "by way of JSON")
  equal(plan:todo_count(), 10, "to-dos")
  equal(plan:song_count(), 5, "songs")
  equal(schedule:date(), "2026-11-24", "date")
  equal(schedule:optimal(), true, "optimal")
  local entries = schedule:entries()
  local gym
  for _, row in ipairs(entries) do if row.id == "gym" then gym = row end end
  equal(gym.start_s, 17 * 3600 + 300, "gym")
  equal(math.type(gym.start_s), "integer", "type of a time")
  equal(os.date("%Y-%m-%d %H:%M:%S", os.time(gym.start_time)), "2026-11-24 17:05:00", "start_time")
  equal(gym.end_time.hour, 18, "end_time")
  equal(#schedule:unplaced(), 0, "unplaced")
  assert(schedule:to_ical():find("^BEGIN:VCALENDAR\r\n"), "iCalendar")
  assert(#schedule:to_ical("todos") < #schedule:to_ical(), "to-dos only")
  local told = schedule:to_ical("all",
    {calendar_name = "Mine", alarm_s = 300, cancelled = true, timestamp = 1795000000,
      sequence = 7, refresh_s = 3600})
  assert(told:find("SEQUENCE:7\r\n", 1, true) and
    told:find("REFRESH-INTERVAL;VALUE=DURATION:PT1H", 1, true), "sequence and refresh")
  assert(told:find("X-WR-CALNAME:Mine", 1, true) and told:find("TRIGGER:-PT5M", 1, true),
    "name and alarms")
  assert(told:find("LAST-MODIFIED:20261118T110640Z", 1, true), "timestamp")
  assert(tostring(schedule):find("Gym", 1, true), "text")
  -- Later that day, with what was placed before.
  local followed = musicsched.plan_from_json((plan:to_json():gsub("{", '{"assume_done": true,', 1)))
  local later = catalog:schedule(followed:with_now(18 * 3600),
    {previous = musicsched.schedule_from_json(schedule:to_json())})
  for index, row in ipairs(later:entries()) do
    if row.start_s >= 17 * 3600 then break end
    equal(row.id, entries[index].id, "an entry of the past")
  end
  equal(later:moved(), 0, "moved")
end

function tests.replan_after_ticking_off()
  local catalog <close> = musicsched.read_csv(given "SAMPLE")
  local plan = musicsched.plan_from_text(contents(given "PLAN"), {catalog = catalog})
  local previous = catalog:schedule(plan)
  local marked, count = plan, 0
  for line in io.lines(given "MARKS") do
    if line:sub(1, 1) ~= "#" then
      local kind, name, state, started, ended,
        left = line:match("(%S+)\t(%S+)\t(%S+)\t(%S+)\t(%S+)\t(%S+)")
      if kind == "song" then
        marked = marked:mark_song(tonumber(name), state)
      else
        marked = marked:mark(name, state, {started = tonumber(started), ended = tonumber(ended),
          left = tonumber(left)})
      end
      count = count + 1
    end
  end
  assert(count > 7, "the list of marks")
  local later = catalog:schedule(marked:with_now(18 * 3600), {previous = previous})
  equal(later:to_json(), contents(given "REPLANNED"), "with what happened")
  local states = {}
  for _, row in ipairs(later:entries()) do states[row.id] = row.state end
  equal(states.groceries, "done", "state")
  equal(states.gym, "started", "state")
  local assumed = catalog:schedule(plan:with_now(18 * 3600), {previous = previous,
    assume_done = true})
  equal(assumed:to_json(), contents(given "ASSUMED"), "as if it had gone as planned")
  local unknown = refused("an unknown to-do", plan.mark, plan, "yoga", "done")
  equal(unknown.code, "MSCHED_ERROR_NOT_FOUND", "an unknown to-do")
  assert(unknown.message:find("gym", 1, true), "the ids that there are")
  equal(refused("no length", plan.mark, plan, "gym", "paused").code, "MSCHED_ERROR_VALUE",
    "paused without a length")
  equal(refused("no such state", plan.mark, plan, "gym", "finished").code, "MSCHED_ERROR_ARGUMENT",
    "no such state")
  local moved = plan:move("gym", 18 * 3600)
  assert(moved:to_json():find('"pin": "18:00"', 1, true), "a to-do that is moved")
  assert(not moved:move("gym"):to_json():find('"pin"', 1, true), "and free again")
  equal(refused("no such song", plan.mark_song, plan, 5, "done").code, "MSCHED_ERROR_NOT_FOUND",
    "no such song")
end

function tests.plan_with_a_calendar()
  local calendar = musicsched.read_calendar(given "CALENDAR")
  equal(calendar:name(), "work.ics", "name of a calendar")
  local berlin = {timezone = "Europe/Berlin"}
  local found = musicsched.agenda(calendar, "2026-11-24", berlin)
  equal(found:to_json(), contents(given "AGENDA"), "agenda")
  local events = {}
  for _, event in ipairs(found.events) do events[event.title] = event end
  equal(events["Design review"].start_s, 14 * 3600, "start of an event")
  assert(events["Design review"].busy == true and events["Ana's birthday"].all_day == true, "flags")
  equal(found.tasks[1].latest_s, 18 * 3600, "due time")
  equal(found.tasks[1].earliest_s, nil, "no earliest start")
  assert(found.left_out[1].reason:find("canceled") and found.left_out[1].line == 19,
    "what was left out")
  local catalog <close> = musicsched.read_csv(given "SAMPLE")
  local plan = musicsched.plan_from_text(contents(given "PLAN"), {catalog = catalog,
    timezone = "Europe/Berlin"})
  local with, added = plan:add_calendar(given "CALENDAR")
  equal(catalog:schedule(with):to_json(), contents(given "WITH_CALENDAR"), "schedule")
  equal(#added.tasks, 1, "tasks of the plan's agenda")
  equal(with:todo_count() - plan:todo_count(),
    #added.tasks + 1 + (musicsched.can_recur() and 1 or 0), "to-dos that were added")
  equal((plan:add_calendar({calendar}, {tasks = false, block_all_day = true})):todo_count(),
    with:todo_count(), "options")
  equal(refused("no calendar", musicsched.parse_calendar, "day").code, "MSCHED_ERROR_SYNTAX",
    "no calendar")
  local missing = refused("no file", musicsched.read_calendar, "no-such.ics")
  equal(missing.code, "MSCHED_ERROR_IO", "no file")
  equal(missing.message, "no-such.ics: cannot be read: No such file or directory", "no file")
  equal(refused("no file", musicsched.read_csv_text(SMALL).match, musicsched.read_csv_text(SMALL),
    "no-such.m3u").message, "no-such.m3u: cannot be read: No such file or directory", "no file")
  refused("a plan as calendar", plan.add_calendar, plan, plan)
  calendar:close()
  assert(refused("closed", musicsched.agenda, calendar, "2026-11-24").message:find("closed"),
    "closed")
end

function tests.playlist_as_wishes()
  local catalog <close> = musicsched.read_csv(given "SAMPLE")
  local match = catalog:match(given "MIX")
  equal(match:to_json(), contents(given "MATCH"), "match")
  equal(match:name(), "Mix", "name")
  local songs = match:songs()
  equal(match:found(), 2, "found")
  equal(#songs, 3, "songs")
  equal(songs[1].track_artist, "Synthetic Empty Harbor", "a song that was found")
  equal(songs[3].found, "none", "missing")
  equal(songs[3].track_id, nil, "no track")
  local plan = musicsched.plan_from_text(contents(given "PLAN"), {catalog = catalog})
  local history = musicsched.read_history(given "HISTORY")
  local with = plan:add_songs(match):avoid(history, catalog, {days = 30})
  equal(with:song_count(), plan:song_count() + 1, "songs that were added")
  equal(catalog:schedule(with):to_json(), contents(given "WITH_SONGS"), "schedule")
  local typed = catalog:match({"Crystal Pavement - Synthetic Empty Harbor", '[x] "\\'})
  equal(typed:songs()[1].found .. typed:songs()[2].found, "exactnone", "typed songs")
  equal(refused("no file", catalog.match, catalog, "no-such.m3u").code, "MSCHED_ERROR_IO",
    "no file")
  refused("a plan as match", plan.add_songs, plan, plan)
end

function tests.history()
  local history = musicsched.read_history({given "HISTORY"})
  local info = history:info()
  equal(info.plays, 4, "plays")
  equal(#history, 4, "length")
  equal(info.unreadable, 1, "unreadable")
  local folder = given("HISTORY"):match("(.*)/")
  equal(musicsched.read_history(folder):info().plays, 4, "of a folder")
  assert(history:remarks()[1]:find("history.json:6", 1, true), "remarks")
  local summary = history:summary({timezone = "Europe/Berlin"})
  equal(summary:to_json(), contents(given "HEARD"), "summary")
  equal(summary.songs[1].title, "Dancing Monkey", "most played")
  equal(summary.artists[1].plays, 3, "plays of an artist")
  equal(#summary.hours, 24, "hours")
  equal(#summary.weekdays, 7, "weekdays")
  equal(summary.months[1].year, 2026, "year")
  equal(summary.totals.longest_streak, 3, "streak")
  local part = history:summary({from = "2026-11-21", min_played_s = 30})
  equal(part.totals.plays, 1, "a part")
  local mine = history:catalog(musicsched.read_csv(given "SAMPLE"))
  equal(mine:top()[1].track_popularity, 100, "my own taste")
  equal(history:catalog():info().tracks, 2, "songs of the history")
  equal(musicsched.read_csv(given "HISTORY"):top()[1].track_name, "Dancing Monkey", "as a catalog")
  equal(musicsched.parse_history(contents(given "HISTORY")):info().plays, 4, "from a text")
  equal(refused("no history", musicsched.parse_history, "x").code, "MSCHED_ERROR_SYNTAX",
    "no history")
  history:close()
  assert(refused("closed", history.summary, history).message:find("closed"), "closed")
end

function tests.rows_that_cannot_be_read_are_left_out()
  local catalog <close> = musicsched.read_csv_text("title,artist\nSun,Ana\nRain\nSnow,Ben\n")
  equal(catalog:info().tracks, 2, "songs")
  equal(#catalog:skipped(), 1, "rows left out")
  equal(catalog:skipped()[1].line, 3, "line")
  equal(catalog:skipped()[1].code, "MSCHED_ERROR_SYNTAX", "code")
  equal(catalog:report_json():find('"left_out": [', 1, true) ~= nil, true, "report")
  local broken = "title,artist\nSun,Ana\nRain\nSnow\n"
  refused("most of the rows", musicsched.read_csv_text, broken)
  local rest <close> = musicsched.read_csv_text(broken, {skip_bad_rows = true})
  equal(rest:info().rows_skipped, 2, "rows left out")
end

function tests.columns_may_be_named_otherwise()
  local text = SMALL:gsub("track_artist", "artists", 1)
  local catalog <close> = musicsched.read_csv_text(text, {columns = {track_artist = "artists"}})
  equal(catalog:top()[1].track_artist, "Beyoncé", "artist")
  refused("no such column", musicsched.read_csv_text, text, {columns = {artist = "artists"}})
end

function tests.other_encodings()
  local text = "title,artist\n\xC3\xF0\xF3\xEF\xEF\xE0,\xCA\xE8\xED\xEE\n"
  for _, encoding in ipairs({"", "CP1251"}) do
    local catalog <close> = musicsched.read_csv_text(text, {encoding = encoding})
    equal(catalog:top()[1].track_artist, "Кино", "artist")
  end
  refused("no such encoding", musicsched.read_csv_text, text, {encoding = "none"})
end

function tests.plans_of_several_days()
  local plan = musicsched.plan_from_text("Tue 14:00 Dentist 45m\nGym 1h 2x\n",
    {date = "2026-11-23", days = 3, time_limit_ms = 1000})
  assert(plan:to_json():find('"days": 3', 1, true), "days")
  refused("too many days", musicsched.plan_from_text, "A 1h\n", {days = 32})
  local week = musicsched.plan_from_text("date: 2026-11-23 Europe/Berlin\ndays: 3\n" ..
    "day: 9:00-17:00\nReport 2h on:mon,tue\nGym 1h every day\n")
  week = week:add_calendar(given "CALENDAR")
  assert(week:to_json():find("Design review", 1, true), "events of all dates")
  local catalog <close> = musicsched.read_csv_text(SMALL)
  local first = musicsched.schedule_from_json(catalog:schedule(week):to_json())
  local later = catalog:schedule(week:with_now(86400 + 12 * 3600), {previous = first}):to_json()
  assert(later:find('"report", "title": "Report", "date": "2026-11-24", "start": "12:00:00"', 1,
    true), "what was not done is planned again")
  assert(later:find("rolled_over", 1, true), "what rolled over")
  local noon = week:with_now {year = 2026, month = 11, day = 24, hour = 12}
  equal(catalog:schedule(noon, {previous = first}):to_json(), later, "the date of a table")
  local marked = week:mark("gym@2026-11-23", "done", {ended = 10 * 3600})
    :mark("gym@2026-11-25", "skipped")
  local gym = {}
  for _, row in ipairs(catalog:schedule(marked:with_now(86400 + 12 * 3600),
      {previous = first}):entries()) do
    if row.title == "Gym" then gym[#gym + 1] = row end
  end
  equal(#gym, 2, "occurrences that are not skipped")
  equal(gym[1].state, "done", "an occurrence that is done")
  equal(gym[1].id .. " " .. gym[1].of, "gym@2026-11-23 gym", "the to-do of an occurrence")
  equal(gym[1].end_s, 10 * 3600, "seconds from midnight of its date")
  equal(gym[2].date, "2026-11-24", "dates of a table")
  equal(gym[2].start_time.day, 24, "the day of a time")
end

function tests.saved_catalogs()
  local path = os.tmpname()
  local catalog <close> = musicsched.read_csv_text(SMALL)
  catalog:save(path)
  local saved <close> = musicsched.read_csv(path)
  equal(#saved, #catalog, "entries")
  equal(saved:find("cafe")[1].track_id, "id1", "a search")
  os.remove(path)
  refused("no folder", function() catalog:save("/does/not/exist/songs.msc") end)
end

function tests.unplaced_says_why()
  local catalog <close> = musicsched.read_csv_text(SMALL)
  local plan = musicsched.plan_from_text("9-17 Work\nSwim 10h\n♪ No Such Song At All\n",
    {catalog = catalog, date = "2026-11-24"})
  local unplaced = catalog:schedule(plan):unplaced()
  equal(#unplaced, 2, "unplaced")
  equal(unplaced[1].title, "Swim", "title")
  equal(unplaced[1].needed_s, 36000, "needed")
  equal(unplaced[2].reason, "unknown_song", "reason")
  assert(#unplaced[1].text > 0, "text")
  local later = catalog:schedule(plan, {lazy_reasons = true}):unplaced()
  equal(later[1].fix_text, unplaced[1].fix_text, "the same when read later")
  local first = catalog:schedule(plan):fixes()[1]
  equal(first.rank, 1, "rank")
  equal(first.text, unplaced[first.item + 1].fix_text, "what costs least")
end

local unescaped = {["\\n"] = "\n", ["\\t"] = "\t", ["\\\\"] = "\\"}
local attempts = {
  csv = musicsched.read_csv_text,
  plan_text = musicsched.plan_from_text,
  plan_json = musicsched.plan_from_json,
  schedule_json = musicsched.schedule_from_json,
  find = function(text) return musicsched.read_csv_text(SMALL):find(text) end,
  count = function(text) return musicsched.read_csv_text(SMALL):top {count = text} end,
}

function tests.bad_input()
  local cases = 0
  for line in io.lines(given "CASES") do
    if line:sub(1, 1) ~= "#" then
      local kind, code, row, column, text = line:match("^(%S+)\t(%S+)\t(%d+)\t(%d+)\t(.*)$")
      local problem = refused(line, attempts[kind], (text:gsub("\\.", unescaped)))
      equal(problem.code, code, line)
      equal(problem.line, tonumber(row), line)
      equal(problem.column, tonumber(column), line)
      equal(tostring(problem), problem.message, line)
      assert(#problem.message > 10, line)
      cases = cases + 1
    end
  end
  assert(cases > 15, "the list of cases")
end

function tests.diagnostics()
  local catalog <close> = musicsched.read_csv_text(SMALL)
  local all = musicsched.check_plan_text("9-10 🎵 A !9\nGym 1h after:nothing\n♪ Cafe\n",
    {catalog = catalog, date = "2026-11-24"})
  assert(#all >= 2, "all errors at once")
  equal(all[1].severity, "error", "severity")
  equal(all[1].line, 1, "line")
  assert(all[1].column > 1 and all[1].code and all[1].message and all[1].repair, "a diagnostic")
end

function tests.unicode()
  local catalog <close> = musicsched.read_csv_text(SMALL)
  local row = catalog:top {limit = 1}[1]
  equal(row.track_name, "Café 🎵", "title")
  equal(row.track_artist, "Beyoncé", "artist")
  equal(utf8.len(row.track_name), 6, "characters")
  equal(catalog:find("Café 🎵")[1].track_id, "id1", "find")
  equal(catalog:find("die arzte")[1].track_artist, "Die Ärzte", "find without marks")
  equal(catalog:groups("artist", {where = {artist = "Beyoncé"}})[1].key, "Beyoncé", "filter")
  local unknown = refused("an unknown artist", catalog.groups, catalog, "artist",
    {where = {artist = "beyonce"}})
  assert(unknown.message:find('did you mean "Beyoncé"?', 1, true), "a suggestion")
  equal(#catalog:groups("artist", {where = {artist = "beyonce", allow_unknown = true}}), 0,
    "an unknown artist is allowed")
  local plan = musicsched.plan_from_text("9-10 Straße 🏃\u{200d}♀️ fegen\n", {date = "2026-11-24"})
  equal(catalog:schedule(plan):entries()[1].title, "Straße 🏃\u{200d}♀️ fegen", "title of a to-do")
  equal(refused("bad UTF-8", musicsched.plan_from_text, "9-10 \xff\n", {date = "2026-11-24"}).code,
    "MSCHED_ERROR_ENCODING", "bad UTF-8")
  equal(refused("zero byte", catalog.find, catalog, "a\0b").code, "MSCHED_ERROR_ARGUMENT",
    "zero byte")
  equal(tostring(refused("no text", catalog.trend, catalog, {by = "year"})),
    "unit: a string is needed", "the argument of a message")
  for what, where in pairs {years = {years = "2010"}, energy = {features = {energy = {0, 1, 2}}}} do
    local message = tostring(refused(what, catalog.top, catalog, {where = where}))
    equal(message:sub(1, #what + 1), what .. ":", what) end
  refused("no list", catalog.schedule_many, catalog, catalog)
  equal(tostring(refused("no number", catalog.top, catalog, {limit = "3"})),
    "limit: a whole number is needed that fits its range", "the argument of a number")
end

function tests.large_numbers()
  local catalog <close> = musicsched.read_csv(given "SAMPLE")
  local plan = musicsched.plan_from_text("9-17 Work #focus\nfill: 3h\n",
    {catalog = catalog, date = "2026-11-24"})
  -- All one day if the upper halves of these seeds were cut off.
  local days, distinct = {}, 0
  for upper = 0, 7 do
    local day = catalog:schedule(plan, {seed = upper << 32 | 1}):to_json()
    if not days[day] then distinct = distinct + 1 end
    days[day] = true
  end
  assert(distinct > 1, "upper half of a seed")
  catalog:schedule(plan, {seed = -1})
  for _, limit in ipairs {1 << 32, 1 << 40, -1, 2.5, 2^63, 0/0} do
    equal(refused("limit " .. limit, catalog.top, catalog, {limit = limit}).code,
      "MSCHED_ERROR_ARGUMENT", "limit " .. limit)
  end
  equal(#catalog:top {limit = 4294967295, count = "tracks"}, catalog:info().tracks,
    "a limit above 2^31")
  equal(math.type(catalog:info().memory_bytes), "integer", "type of a count")
end

function tests.wrong_use()
  local catalog = musicsched.read_csv_text(SMALL)
  local plan = musicsched.plan_from_text("9-10 A\n", {date = "2026-11-24"})
  local schedule = catalog:schedule(plan)
  equal(refused("option", catalog.top, catalog, {limt = 1}).message, "there is no option limt",
    "option")
  refused("no plan", catalog.schedule, catalog, nil)
  refused("a catalog as plan", catalog.schedule, catalog, catalog)
  refused("an empty list", catalog.top, catalog, {where = {genre = {}}})
  refused("popularity", catalog.top, catalog, {where = {popularity = {0, 0}}})
  refused("a number as text", musicsched.plan_from_text, 7)
  for _, object in ipairs {catalog, plan, schedule} do
    object:close()
    object:close()
  end
  for _, call in ipairs {catalog.info, catalog.top, catalog.tracks, plan.to_json, schedule.entries,
    schedule.to_ical} do
    local object = call == plan.to_json and plan
      or (call == schedule.entries or call == schedule.to_ical) and schedule or catalog
    local problem = refused("use after close", call, object)
    equal(problem.code, "MSCHED_ERROR_ARGUMENT", "use after close")
    assert(problem.message:find("closed"), problem.message)
  end
  refused("a closed plan", catalog.schedule, musicsched.read_csv_text(SMALL), plan)
end

local function resident()
  return tonumber(contents("/proc/self/status"):match("VmRSS:%s*(%d+)"))
end

--- A catalog of 100 rows takes 50 KB and more: of 10,000 forgotten ones, 500 MB would stay.
function tests.objects_come_and_go()
  local rows = {HEADER}
  for n = 1, 100 do rows[#rows + 1] = ("id%d,Title %d,Artist %d,%d,200000,pop\n"):format(n, n, n,
    n) end
  local text = table.concat(rows)
  local function once(n)
    local catalog = musicsched.read_csv_text(text)
    local plan = musicsched.plan_from_text("9-10 A\n♪ Title 7\n",
      {catalog = catalog, date = "2026-11-24"})
    local schedule = catalog:schedule(plan)
    assert(#schedule:entries() == 2 and #catalog:top {where = {genre = "pop"}} == 10)
    refused("bad", musicsched.plan_from_json, "{")
    if n % 2 == 0 then catalog:close() end
  end
  local objects = tonumber(given "OBJECTS")
  for n = 1, objects // 5 do once(n) end
  collectgarbage()
  local before = resident()
  for n = 1, objects do once(n) end
  collectgarbage()
  local grown = resident() - before
  print(("  %d of each: %d KB more"):format(objects, grown))
  if given "MEMORY" ~= "" then assert(grown < 30000, "memory grows") end
end

function tests.objects_as_people_use_them()
  local catalog = musicsched.read_csv_text(
    "track_id,track_name,track_artist,track_popularity,duration_ms\nid1,A,B,50,200000\n")
  equal(#catalog, 1, "entries of a catalog")
  local plan = musicsched.plan_from_text("9:00-10:00 Work\nGym 1h\n", {date = "2026-11-24"})
  local flags = {}
  for _, entry in ipairs(catalog:schedule(plan):entries()) do flags[entry.title] = entry.fixed end
  assert(flags.Work == true and flags.Gym == false, "fixed is a flag")
end

local names = {}
for name in pairs(tests) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  print(name)
  tests[name]()
end
