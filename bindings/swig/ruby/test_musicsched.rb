# frozen_string_literal: true

# The acceptance test of the Ruby binding; bindings/swig/tests/run.py runs it.
require "musicsched"
require "timeout"
require "tmpdir"

def given(name)
  ENV.fetch("MUSICSCHED_TEST_#{name}")
end

HEADER = "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_genre\n"
SMALL = "#{HEADER}id1,Café 🎵,Beyoncé,70,200000,pop\nid2,Zweites Lied,Die Ärzte,60,210000,rock\n"

if ENV["MUSICSCHED_TEST_FIFO"]
  begin
    Musicsched::Catalog.read_csv(given("FIFO"))
  rescue Interrupt
    puts "interrupted"
    exit 0
  end
  exit 1
end

if ENV["MUSICSCHED_TEST_HARD"]
  begin
    plan = Musicsched::Plan.from_text(given("HARD"))
    puts "scheduling"
    $stdout.flush
    loop { Musicsched::Catalog.parse_csv(SMALL).schedule(plan, work_limit: 1 << 62) }
  rescue Interrupt
    puts "interrupted"
    exit 0
  end
end

def equal(expected, found, what)
  raise "#{what}: found #{found.inspect}, expected #{expected.inspect}" unless expected == found
end

def close_to(expected, found, what)
  raise "#{what}: found #{found}, expected #{expected}" if (expected - found).abs > 5e-7
end

def check(truth, what)
  raise what unless truth
end

# The error that a block raises.
def refused(what, type = Musicsched::Error)
  begin
    yield
  rescue type => e
    return e
  end
  raise "#{what}: nothing was raised"
end

def small
  Musicsched::Catalog.parse_csv(SMALL)
end

def today(text, catalog = nil)
  Musicsched::Plan.from_text(text, catalog: catalog, date: "2026-11-24")
end

MONTHS = [[38.816218, 5093], [41.470952, 1618], [40.531778, 2014], [40.438550, 1904],
  [43.543812, 2214], [43.818410, 2390],
          [42.934826, 2010], [43.441496, 2299], [44.078647, 2543], [45.065781, 3086],
            [45.774635, 3359], [44.403186, 2448]].freeze
# One song under two ids, one of them in two playlists.
COUNTED = <<~CSV
  track_id,track_name,track_artist,track_popularity,track_album_release_date,playlist_id,playlist_genre,energy
  a1,Sun,Ana,80,2019-06-14,p1,pop,0.5
  a1,Sun,Ana,80,2019-06-14,p2,pop,0.5
  a2,Sun,Ana,60,2019-07-01,p1,pop,0.7
  b1,Rain,Ben,40,2019-08-01,p1,pop,0.1
CSV
GENRES = { "pop" => 47.744870, "latin" => 47.026576, "rap" => 43.215454, "rock" => 41.728338,
  "r&b" => 41.223532,
           "edm" => 34.833526 }.freeze

def test_reference_answers
  return puts("  without the real data set") if given("REAL").empty?

  Musicsched::Catalog.read_csv(given("REAL")) do |catalog|
    info = catalog.info
    equal [32_833, 28_356, 26_160, 10_693, 471],
      info.values_at(:entries, :tracks, :recordings, :artists, :playlists), "info"
    top = catalog.top(2, count: :entries)
    equal ["Dance Monkey"] * 2, top.column(:track_name), "top"
    equal [100, 100], top.map { |row| row[:track_popularity] }, "top popularity"
    equal "Tones and I", top.first[:track_artist], "top artist"
    means = catalog.groups(:genre, count: :entries).to_h { |row| row.values_at(:key, :mean) }
    GENRES.each { |genre, mean| close_to mean, means[genre], genre }
    catalog.trend(:month, count: :entries).zip(MONTHS) do |row, (mean, n)|
      close_to mean, row[:mean], row[:key]
      equal n, row[:n], row[:key]
    end
    bins = catalog.histogram
    equal 20, bins.size, "bins"
    equal 28_356, bins.sum { |bin| bin[:n] }, "sum of the bins"
    equal 2620, bins.first[:zeros], "tracks of popularity 0"
    check catalog.correlations.all? { |row| row[:r].abs <= 0.15 }, "correlations"
    equal "Dance Monkey", catalog.find("dance monky tones").first[:track_name],
      "find with a typing mistake"
    equal "Dance Monkey", catalog.suggest("dance mon").first[:track_name], "suggest"
    close_to 43.333657, catalog.groups(:all, count: :tracks, exclude_zero: true).first[:mean],
      "without zeros"
  end
end

def test_artists_and_genres_as_lists
  catalog = Musicsched::Catalog.parse_csv(
    %(title,artists,genres\nStone,Ida Blue;Orson,"folk, pop"\nRain,Orson,\n)
  )
  entries = catalog.entries
  equal [["Ida Blue", "Orson"], ["Orson"]], entries.column(:artists), "artists"
  equal [%w[folk pop], []], entries.map { |row| row[:genres] }, "genres"
  equal ["Ida Blue", "Orson"], catalog.tracks.first[:artists], "artists of a track"
  check entries.to_s.include?("Ida Blue, Orson"), "lists as text"
end

def test_release_dates
  catalog = Musicsched::Catalog.parse_csv("title,artist,popularity,release_date\n" \
    "Sun,Ana,90,2019-06-14\nMoon,Ana,80,2019-06\nRain,Ben,70,2019\nSnow,Ben,60,\n")
  dates = [Date.new(2019, 6, 14), nil, nil, nil]
  equal dates, catalog.tracks.column(:release_date), "dates of tracks"
  equal ["2019-06-14", "2019-06", "2019", nil],
    catalog.entries.column(:track_album_release_date), "what the file says"
  equal dates, catalog.top.column(:release_date), "dates of the top"
  equal [2019, 6, nil], catalog.top[1].values_at(:release_year, :release_month, :release_day),
    "parts of a date"
  equal dates.first, catalog.find("sun").first[:release_date], "date of a hit"
  equal "2019-06-14", JSON.parse(catalog.top.to_json).first["release_date"], "as JSON"
end

def test_what_is_counted_by_default
  catalog = Musicsched::Catalog.parse_csv(COUNTED)
  equal %w[a1 b1], catalog.top.map { |song| song[:track_id] }, "top"
  equal 3, catalog.groups(:genre).first[:n], "groups"
  equal 3, catalog.trend.first[:n], "trend"
  equal 3, catalog.histogram.sum { |bin| bin[:n] }, "histogram"
  energy = catalog.correlations.find { |row| row[:feature] == "energy" }
  equal 3, energy[:n], "correlations"
  test = catalog.group_test(:artist)
  equal [2, 3, 3.0, 0.75, 1.5], test.values_at(:group_count, :n, :f, :eta_squared, :kruskal_h),
    "test of groups"
  check (test[:p] - 1.0 / 3).abs < 1e-12, "p of the test of groups"
end

def test_a_plan_as_plan_text
  catalog = Musicsched::Catalog.read_csv(given("SAMPLE"))
  plan = Musicsched::Plan.from_text(File.read(given("PLAN"), encoding: "UTF-8"), catalog: catalog)
  text = plan.to_text(catalog: catalog)
  check text.include?("\u266a Dancing Monkey - Synthetic Otters "), "a title"
  equal plan.to_json, Musicsched::Plan.from_text(text, catalog: catalog).to_json, "read again"
  check plan.to_text.include?("\u266a spotify:track:"), "an id"
  equal "MSCHED_ERROR_VALUE", refused("a pin") { plan.move("gym", 18 * 3600).to_text }.code,
    "no words"
end

def test_same_bytes_as_the_command_line
  catalog = Musicsched::Catalog.read_csv(given("SAMPLE"))
  plan = Musicsched::Plan.from_text(File.read(given("PLAN"), encoding: "UTF-8"), catalog: catalog)
  schedule = catalog.schedule(plan)
  equal File.read(given("SCHEDULE"), encoding: "UTF-8"), schedule.to_json, "schedule"
  equal schedule.to_json, catalog.schedule(Musicsched::Plan.from_json(plan.to_json)).to_json,
    "by way of JSON"
  equal [10, 5], [plan.todo_count, plan.song_count], "to-dos and songs"
  equal Date.new(2026, 11, 24), schedule.date, "date"
  check schedule.optimal?, "optimal"
  equal "none", schedule.stop, "stop"
  check schedule.bounds.all? { |level| level[:value] == level[:bound] }, "bounds are met"
  equal %w[tasks_1 must_songs tasks_2 tasks_3 tasks_4 song_weight fill_s],
    schedule.bounds.map { |level| level[:level] }, "levels"
  equal [schedule.to_json] * 2, catalog.schedule_many([plan, plan]).map(&:to_json), "many"
  progress = []
  catalog.schedule_many([plan, plan]) { |done, total| progress << [done, total] }
  equal [[1, 2], [2, 2]], progress, "progress"
  equal catalog.groups(:genre).to_a, catalog.group_by(:genre).to_a, "group_by"
  equal 17 * 3600 + 300, schedule.find { |row| row[:id] == "gym" }[:start_s], "gym"
  check schedule.unplaced.empty?, "unplaced"
  check schedule.to_ical.start_with?("BEGIN:VCALENDAR\r\n"), "iCalendar"
  check schedule.to_ical(:todos).size < schedule.to_ical.size, "to-dos only"
  told = schedule.to_ical(calendar_name: "Mine", alarm_s: 300, cancelled: true,
                          timestamp: Time.at(1_795_000_000), sequence: 7, refresh_s: 3600)
  check told.include?("SEQUENCE:7\r\n") &&
        told.include?("REFRESH-INTERVAL;VALUE=DURATION:PT1H"), "sequence and refresh"
  check told.include?("X-WR-CALNAME:Mine") && told.include?("TRIGGER:-PT5M"), "name and alarms"
  check told.include?("LAST-MODIFIED:20261118T110640Z"), "timestamp"
  check schedule.to_s.include?("Gym"), "text"
  # Later that day, with what was placed before.
  week = Musicsched::Plan.of(date: Date.new(2026, 11, 23), days: 7,
    day: { exceptions: [{ on: ["sun"], off: true }] },
    todos: [{ title: 'Stand-up \\ "daily"', start: "09:00", end: "09:15", on: %w[mon wed] },
      { title: "Gym", duration_s: 3600, times: 3, apart_days: 2, music: true }],
    songs: [{ query: "Halo", times: "each" }],
    listening: { fills: [{ duration_s: 1800, during: "gym", on: ["mon"] }] })
  json = '{"date": "2026-11-23", "days": 7, "day": {"exceptions": [{"on": ["sun"' \
    '], "off": true}]}, "todos": [{' \
    '"title": "Stand-up \\\\ \\"daily\\"", "start": "09:00", "end": "09:15", "o' \
    'n": ["mon", "wed"]}, {"title": "Gym", "duration_s": 3600, "times": 3, ' \
    '"apart_days": 2, "music": true}], "songs": [{"query": "Halo"' \
    ', "times": "each"}], "listening": {"fills": [{"duration_s": 1800, "during": "gym", ' \
    '"on": ["mon"]}]}}'
  equal Musicsched::Plan.from_json(json).to_json, week.to_json, "from hashes"
  followed = Musicsched::Plan.from_json(plan.to_json.sub("{", '{"assume_done": true,'))
  later = catalog.schedule(followed.with_now(18 * 3600),
    previous: Musicsched::Schedule.from_json(schedule.to_json))
  past = ->(row) { row[:start_s] < 17 * 3600 }
  equal schedule.select(&past).map { |row| row[:id] }, later.select(&past).map { |row| row[:id] },
    "entries of the past"
  equal 0, later.moved, "moved"
end

def test_times_and_patterns
  catalog = small
  text = "9-17 Work\nGym 1h after 17:00\n"
  plan = Musicsched::Plan.from_text(text, catalog: catalog, date: "2026-11-24",
                                          timezone: "Europe/Berlin")
  case catalog.schedule(plan)
  in { status: "optimal", date:, entries: [{ title: "Work" }, { id: "gym", start: }] }
    equal Time.new(2026, 11, 24, 17, 5, 0, "+01:00"), start, "start"
    equal 3600, start.utc_offset, "on the clocks of the zone"
    equal Date.new(2026, 11, 24), date, "date"
  end
  floating = Musicsched::Plan.from_text(text, date: "2026-11-24")
  equal Time.local(2026, 11, 24, 18, 5, 0), catalog.schedule(floating).entries[1][:end], "no zone"
  late = Musicsched::Plan.from_text("day: 9:00-26:00\nWalk 1h after 25:00\n", date: "2026-11-24")
  equal Time.local(2026, 11, 25, 1, 0, 0), catalog.schedule(late).first[:start], "after midnight"
  later = catalog.schedule(plan.with_now(Time.new(2026, 11, 24, 18, 30, 0, "+01:00")))
  equal [18, 30], later.find { |row| row[:id] == "gym" }[:start].then { |at| [at.hour, at.min] },
    "a plan from a Time on"
  rows = JSON.parse(later.entries.to_json)
  check rows.last["start"].match?(/\A2026-11-24T\d\d:\d\d:\d\d\+01:00\z/), "times in JSON"
  check((plan in { date: "2026-11-24", todos: [_, { title: "Gym" }] }), "a plan's pattern")
  check((catalog in { entries: 2, tracks: 2 }), "a catalog's pattern")
  bad = "9-10 A\nGym 1h after:x\n"
  case refused("a bad plan") { Musicsched::Plan.from_text(bad, date: "2026-11-24") }
  in { code: "MSCHED_ERROR_NOT_FOUND" | "MSCHED_ERROR_VALUE" | "MSCHED_ERROR_SYNTAX", line: }
    equal 2, line, "line"
  end
end

def test_replan_after_ticking_off
  catalog = Musicsched::Catalog.read_csv(given("SAMPLE"))
  plan = Musicsched::Plan.from_text(File.read(given("PLAN"), encoding: "UTF-8"), catalog: catalog)
  previous = catalog.schedule(plan)
  marks = File.readlines(given("MARKS"),
    chomp: true).reject { |line| line.start_with?("#") }.map { |line| line.split("\t") }
  check marks.size > 7, "the list of marks"
  marked = marks.reduce(plan) do |so_far, (kind, name, state, *times)|
    started, ended, left = times.map { |time| Integer(time, exception: false) }
    kind == "song" ? so_far.mark_song(name.to_i, state) : so_far.mark(name, state, started: started,
      ended: ended, left: left)
  end
  later = catalog.schedule(marked.with_now(18 * 3600), previous: previous)
  equal File.read(given("REPLANNED"), encoding: "UTF-8"), later.to_json, "with what happened"
  states = later.to_h { |row| row.values_at(:id, :state) }
  equal %w[done started], states.values_at("groceries", "gym"), "states"
  assumed = catalog.schedule(plan.with_now(18 * 3600), previous: previous, assume_done: true)
  equal File.read(given("ASSUMED"), encoding: "UTF-8"), assumed.to_json,
    "as if it had gone as planned"
  unknown = refused("an unknown to-do") { plan.mark("yoga", :done) }
  equal "MSCHED_ERROR_NOT_FOUND", unknown.code, "an unknown to-do"
  check unknown.message.include?("gym"), "the ids that there are"
  equal "MSCHED_ERROR_VALUE", refused("no length") { plan.mark("gym", :paused) }.code,
    "paused without a length"
  [-> { plan.mark(nil, :done) }, -> { plan.move(nil, 0) }].each do |call|
    equal "id: the id of a to-do is needed", refused("no id") { call.call }.message,
      "a to-do that is not named"
  end
  equal "start: 1000000000 is not between 0 and 129600",
    refused("no time") { plan.move("gym", 10**9) }.message, "a time that no day has"
  equal "ended: a whole number is needed",
    refused("no number", TypeError) { plan.mark("gym", :done, ended: "18:00") }.message,
    "the argument of a number"
  equal "text: a String is needed",
    refused("no text", TypeError) { Musicsched::Plan.from_text(nil) }.message,
    "the argument of a text"
  equal "MSCHED_ERROR_ARGUMENT", refused("no such state") { plan.mark("gym", :finished) }.code,
    "no such state"
  moved = plan.move("gym", 18 * 3600)
  equal true, moved.to_json.include?('"pin": "18:00"'), "a to-do that is moved"
  equal false, moved.move("gym", nil).to_json.include?('"pin"'), "and free again"
  equal "MSCHED_ERROR_NOT_FOUND", refused("no such song") { plan.mark_song(5, :done) }.code,
    "no such song"
end

def test_plan_with_a_calendar
  calendar = Musicsched::Calendar.read(given("CALENDAR"))
  equal "work.ics", calendar.name, "name of a calendar"
  found = Musicsched.agenda(calendar, "2026-11-24", timezone: "Europe/Berlin")
  equal File.read(given("AGENDA"), encoding: "UTF-8"), found.to_json, "agenda"
  events = found.events.to_h { |event| [event[:title], event] }
  equal [14 * 3600, true], events["Design review"].values_at(:start_s, :busy), "an event"
  equal [true, false], events["Ana's birthday"].values_at(:all_day, :busy),
    "an event of a whole day"
  equal [18 * 3600, nil], found.tasks.first.values_at(:latest_s, :earliest_s), "times of a task"
  check found.left_out.first[:reason].include?("canceled"), "what was left out"
  equal 19, found.left_out.first[:line], "its line"
  catalog = Musicsched::Catalog.read_csv(given("SAMPLE"))
  plan = Musicsched::Plan.from_text(File.read(given("PLAN"), encoding: "UTF-8"), catalog: catalog,
    timezone: "Europe/Berlin")
  with = plan.add_calendar(given("CALENDAR"))
  equal File.read(given("WITH_CALENDAR"), encoding: "UTF-8"), catalog.schedule(with).to_json,
    "schedule"
  equal [nil, 1], [plan.agenda, with.agenda.tasks.size], "the plan's agenda"
  equal plan.todo_count + (Musicsched::Calendar.can_recur? ? 3 : 2), with.todo_count,
    "to-dos that were added"
  equal with.todo_count, plan.add_calendar(calendar, tasks: false, block_all_day: true).todo_count,
    "options"
  equal "MSCHED_ERROR_SYNTAX", refused("no calendar") { Musicsched::Calendar.parse("day") }.code,
    "no calendar"
  equal "no-such.ics: cannot be read: No such file or directory",
    refused("no file") { Musicsched::Calendar.read("no-such.ics") }.message, "no file"
  refused("a plan as calendar", TypeError) { plan.add_calendar(plan) }
  calendar.close
  check refused("closed") { plan.add_calendar(calendar) }.message.include?("closed"), "closed"
end

def test_playlist_as_wishes
  catalog = Musicsched::Catalog.read(given("SAMPLE"))
  match = catalog.match(given("MIX"))
  equal File.read(given("MATCH"), encoding: "UTF-8"), match.to_json, "match"
  equal ["Mix", 2, 3], [match.name, match.found, match.songs.size], "playlist"
  equal ["exact", "Crystal Pavement", "Synthetic Empty Harbor"],
    match.songs[0].values_at(:found, :track_name, :track_artist), "a song that was found"
  equal [["No Such Song At All", nil]],
    match.missing.map { |song| song.values_at(:title, :track_id) }, "missing"
  plan = Musicsched::Plan.from_text(File.read(given("PLAN"), encoding: "UTF-8"), catalog: catalog)
  history = Musicsched::History.read(given("HISTORY"))
  with = plan.add_songs(match).avoid(history, catalog, days: 30)
  equal plan.song_count + 1, with.song_count, "songs that were added"
  equal File.read(given("WITH_SONGS"), encoding: "UTF-8"), catalog.schedule(with).to_json,
    "schedule"
  equal plan.song_count, plan.add_songs(catalog.match(['"Crystal" \\ Pave'])).song_count, "none"
  typed = catalog.match(["Crystal Pavement - Synthetic Empty Harbor", "[x]"])
  equal %w[exact none], typed.songs.map { |song| song[:found] }, "typed songs"
  equal 1, plan.add_songs(typed, must: true).song_count - plan.song_count, "typed and added"
  equal "MSCHED_ERROR_IO", refused("no file") { catalog.match("no-such.m3u") }.code, "no file"
  refused("a plan as match", TypeError) { plan.add_songs(plan) }
end

def test_history
  history = Musicsched::History.read([given("HISTORY")])
  equal [4, 2, 1], history.info.values_at(:plays, :songs, :unreadable), "counts"
  check history.remarks[0].include?("history.json:6"), "remarks"
  folder = File.dirname(given("HISTORY"))
  equal 4, Musicsched::History.read(folder).info[:plays], "of a folder"
  summary = history.summary(timezone: "Europe/Berlin")
  equal File.read(given("HEARD"), encoding: "UTF-8"), summary.to_json, "summary"
  equal ["Dancing Monkey", 3], summary.songs[0].values_at(:title, :plays), "most played"
  equal [24, 7, 1], [summary.hours, summary.weekdays, summary.months].map(&:size), "lists"
  equal [3, Date.new(2026, 11, 22)], summary.totals.values_at(:longest_streak, :last_date), "totals"
  equal 1, history.summary(from: "2026-11-21", min_played_s: 30).totals[:plays], "a part"
  mine = history.catalog(Musicsched::Catalog.read(given("SAMPLE")))
  equal [["Dancing Monkey", 100], ["Blinding Headlights", 50]],
    mine.top(2).map { |song| song.values_at(:track_name, :track_popularity) }, "my own taste"
  equal 2, history.catalog.info[:tracks], "songs of the history"
  equal "Dancing Monkey", Musicsched::Catalog.read(given("HISTORY")).top(1).first[:track_name],
    "as a catalog"
  equal history.info, Musicsched::History.parse(File.read(given("HISTORY"))).info, "from a text"
  equal "MSCHED_ERROR_SYNTAX", refused("no history") { Musicsched::History.parse("x") }.code,
    "no history"
  equal "MSCHED_ERROR_VALUE", refused("no date") { history.summary(from: "May") }.code, "no date"
  history.close
  check refused("closed") { history.summary }.message.include?("closed"), "closed"
end

def test_plans_of_several_days
  plan = Musicsched::Plan.from_text("Tue 14:00 Dentist 45m\nGym 1h 2x\n", date: "2026-11-23",
    days: 3, time_limit_ms: 1000)
  check plan.to_json.include?('"days": 3'), "days"
  refused("too many days") { Musicsched::Plan.from_text("A 1h\n", days: 32) }
  week = Musicsched::Plan.from_text("date: 2026-11-23 Europe/Berlin\ndays: 3\n" \
    "day: 9:00-17:00\nReport 2h on:mon,tue\nGym 1h every day\n")
  week = week.add_calendar(given("CALENDAR"))
  check week.to_json.include?("Design review"), "events of all dates"
  catalog = Musicsched::Catalog.parse_csv(SMALL)
  first = Musicsched::Schedule.from_json(catalog.schedule(week).to_json)
  later = catalog.schedule(week.with_now(86400 + 12 * 3600), previous: first).to_json
  check later.include?('"report", "title": "Report", "date": "2026-11-24", "start": "12:00:00"'),
    "what was not done is planned again"
  check later.include?("rolled_over"), "what rolled over"
  equal later, catalog.schedule(week.with_now(Time.new(2026, 11, 24, 12)), previous: first).to_json,
    "the date of a Time"
  refused("a date before the plan") { week.with_now(Time.new(2026, 11, 22, 12)) }
  night = Musicsched::Plan.from_text("date: 2026-11-23\nday: 20:00-28:00\nRead 1h\n")
  late = night.with_now(Time.new(2026, 11, 24, 1)).to_json
  check late.include?('"now": "25:00"'), "after midnight"
  marked = week.mark("gym@2026-11-23", :done, ended: 10 * 3600).mark("gym@2026-11-25", :skipped)
  gym = catalog.schedule(marked.with_now(86400 + 12 * 3600), previous: first).entries
               .select { |row| row[:title] == "Gym" }
  equal [Date.new(2026, 11, 23), Date.new(2026, 11, 24)], gym.map { |row| row[:date] },
    "dates of a table"
  equal ["done", 10 * 3600], gym[0].values_at(:state, :end_s), "an occurrence that is done"
  equal 24, gym[1][:start].day, "the day of a time"
end

def test_saved_catalogs
  Dir.mktmpdir do |folder|
    path = File.join(folder, "songs.msc")
    catalog = Musicsched::Catalog.parse_csv(SMALL)
    catalog.save(path)
    saved = Musicsched::Catalog.read_csv(path)
    equal catalog.tracks.to_a.map { |track| track[:track_id] },
      saved.tracks.to_a.map { |track| track[:track_id] }, "tracks"
    equal "id1", saved.find("cafe").first[:track_id], "a search"
    saved.close
    refused("no folder") { catalog.save(File.join(folder, "none", "songs.msc")) }
  end
end

def test_rows_that_cannot_be_read_are_left_out
  catalog = Musicsched::Catalog.parse_csv("title,artist\nSun,Ana\nRain\nSnow,Ben\n")
  equal 2, catalog.info[:tracks], "songs"
  equal [[3, "MSCHED_ERROR_SYNTAX"]], catalog.skipped.map { |row| [row[:line], row[:code]] }, "row"
  equal true, catalog.report_json.include?('"left_out": ['), "report"
  broken = "title,artist\nSun,Ana\nRain\nSnow\n"
  refused("most of the rows") { Musicsched::Catalog.parse_csv(broken) }
  rest = Musicsched::Catalog.parse_csv(broken, skip_bad_rows: true)
  equal 2, rest.info[:rows_skipped], "rows left out"
end

def test_columns_may_be_named_otherwise
  text = SMALL.sub("track_artist", "artists")
  catalog = Musicsched::Catalog.parse_csv(text, columns: { track_artist: "artists" })
  equal "Beyoncé", catalog.top.first[:track_artist], "artist"
  refused("no such column") { Musicsched::Catalog.parse_csv(text, columns: { artist: "artists" }) }
end

def test_other_encodings
  text = "title,artist\nГруппа,Кино\n".encode("Windows-1251").b
  ["", "CP1251"].each do |encoding|
    catalog = Musicsched::Catalog.parse_csv(text, encoding: encoding)
    equal "Кино", catalog.top(1).first[:track_artist], "artist"
  end
  refused("no such encoding") { Musicsched::Catalog.parse_csv(text, encoding: "none") }
end

def test_unplaced_says_why
  catalog = small
  plan = today("9-17 Work\nSwim 10h\n♪ No Such Song At All\n", catalog)
  unplaced = catalog.schedule(plan).unplaced
  equal 2, unplaced.size, "unplaced"
  equal ["Swim", 36_000], unplaced[0].values_at(:title, :needed_s), "to-do"
  equal "unknown_song", unplaced[-1][:reason], "reason"
  check !unplaced[0][:text].empty?, "text"
  equal nil, unplaced[2], "out of range"
  later = catalog.schedule(plan, lazy_reasons: true).unplaced
  equal unplaced.to_a, later.to_a, "the same when read later"
  first = catalog.schedule(plan).fixes[0]
  equal [1, unplaced[first[:item]][:fix_text]], first.values_at(:rank, :text), "what costs least"
end

ATTEMPTS = {
  "csv" => ->(text) { Musicsched::Catalog.parse_csv(text) },
  "plan_text" => ->(text) { Musicsched::Plan.from_text(text) },
  "plan_json" => ->(text) { Musicsched::Plan.from_json(text) },
  "schedule_json" => ->(text) { Musicsched::Schedule.from_json(text) },
  "count" => ->(text) { small.top(count: text) }
}.freeze

def test_objects_as_people_print_them
  catalog = small
  day = catalog.schedule(today("9:00-10:00 Work\nGym 1h\n", catalog))
  check day.entries.map { |entry| entry[:fixed] } == [false, true] ||
    day.entries.map { |entry| entry[:fixed] } == [true, false], "fixed is a flag"
  check JSON.parse(day.entries.to_json).map { |entry| entry["title"] }.sort == %w[Gym Work],
    "a table as JSON"
  check day.entries.to_s.lines.size == 3, "a table as text"
  check catalog.to_s.include?("entries"), "a catalog as text"
end

def test_bad_input
  cases = File.readlines(given("CASES"), chomp: true,
    encoding: "UTF-8").reject { |line| line.start_with?("#") }
  check cases.size > 15, "the list of cases"
  cases.each do |line|
    kind, code, row, column, text = line.split("\t", -1)
    problem = refused(line) {
      ATTEMPTS.fetch(kind).call(text.gsub(/\\./, '\n' => "\n", '\t' => "\t", "\\\\" => "\\")) }
    equal [code, row.to_i, column.to_i], [problem.code, problem.line, problem.column], line
    check problem.message.size > 10 && problem.message.encoding == Encoding::UTF_8, line
  end
end

def test_diagnostics
  all = Musicsched::Plan.check_text("9-10 🎵 A !9\nGym 1h after:nothing\n♪ Cafe\n", catalog: small,
    date: "2026-11-24")
  check all.size >= 2, "all errors at once"
  equal ["error", 1], all.first.values_at(:severity, :line), "first"
  check all.first[:column] > 1 && all.first[:code] && all.first[:message] && all.first[:repair],
    "a diagnostic"
end

def test_unicode
  catalog = small
  row = catalog.top(1).first
  equal ["Café 🎵", "Beyoncé"], row.values_at(:track_name, :track_artist), "title"
  equal [Encoding::UTF_8, 6], [row[:track_name].encoding, row[:track_name].size], "characters"
  equal "id1", catalog.find("Café 🎵").first[:track_id], "find"
  equal "id1", catalog.find("Café".encode("ISO-8859-1")).first[:track_id],
    "find in another encoding"
  equal "Die Ärzte", catalog.find("die arzte").first[:track_artist], "find without marks"
  equal "Beyoncé", catalog.groups(:artist, artist: "Beyoncé").first[:key], "filter"
  unknown = refused("an unknown artist") { catalog.groups(:artist, artist: "beyonce") }
  check unknown.message.include?('did you mean "Beyoncé"?'), "a suggestion"
  equal 0, catalog.groups(:artist, artist: "beyonce", allow_unknown: true).size,
    "an unknown artist is allowed"
  title = "Straße 🏃\u200d♀️ fegen"
  equal title, catalog.schedule(today("9-10 #{title}\n")).first[:title], "title of a to-do"
  equal "MSCHED_ERROR_ENCODING", refused("bad UTF-8") { today("9-10 \xff\n") }.code, "bad UTF-8"
  refused("zero byte", ArgumentError) { catalog.find("a\0b") }
end

def test_large_numbers
  catalog = Musicsched::Catalog.read_csv(given("SAMPLE"))
  plan = today("9-17 Work #focus\nfill: 3h\n", catalog)
  # All one day if the upper halves of these seeds were cut off.
  days = Array.new(8) { |upper| catalog.schedule(plan, seed: upper << 32 | 1).to_json }
  check days.uniq.size > 1, "upper half of a seed"
  catalog.schedule(plan, seed: -1)
  refused("seed 2^64", RangeError) { catalog.schedule(plan, seed: 1 << 64) }
  [1 << 32, 1 << 40, -1].each { |limit| refused("limit #{limit}") { catalog.top(limit) } }
  refused("limit 2^64", RangeError) { catalog.top(1 << 64) }
  [2.5, 2.0, "7"].each { |limit| refused("limit #{limit}", TypeError) { catalog.top(limit) } }
  equal catalog.info[:tracks], catalog.top(4_294_967_295, count: :tracks).size, "a limit above 2^31"
end

def test_wrong_use
  catalog = small
  plan = today("9-10 A\n")
  schedule = catalog.schedule(plan)
  refused("option", ArgumentError) { catalog.top(limt: 1) }
  refused("no plan") { catalog.schedule(nil) }
  refused("a catalog as plan", TypeError) { catalog.schedule(catalog) }
  refused("a number as path", TypeError) { catalog.save(7) }
  refused("an empty list", ArgumentError) { catalog.top(genre: []) }
  refused("popularity") { catalog.top(popularity: 0..0) }
  refused("a number as text", TypeError) { Musicsched::Plan.from_text(7) }
  refused("new without a catalog", NoMethodError) { Musicsched::Catalog.new(nil) }
  equal 1, catalog.top(popularity: 65.., genre: %w[pop rock]).size, "an open range"
  equal 1, catalog.top(popularity: 60...70).size, "a range without its end"
  check refused("years", TypeError) { catalog.top(years: 2010) }.message.start_with?("years: "),
    "the name of an argument"
  refused("an end", ArgumentError) { catalog.top(features: { tempo: 0...0.5 }) }
  equal "#<Musicsched::Catalog 2 entries>", catalog.inspect, "inspect"
  [catalog, plan, schedule].each { |object| 2.times { object.close } }
  [-> { catalog.info }, -> { catalog.top }, -> { plan.to_json }, -> { schedule.entries },
    -> { small.schedule(plan) }].each do |call|
    problem = refused("use after close", &call)
    equal "MSCHED_ERROR_ARGUMENT", problem.code, "use after close"
    check problem.message.include?("closed"), problem.message
  end
  check catalog.closed? && catalog.inspect.end_with?("closed>"), "closed?"
end

def test_threads
  catalog = Musicsched::Catalog.read_csv(given("SAMPLE"))
  plan = Musicsched::Plan.from_text(File.read(given("PLAN"), encoding: "UTF-8"), catalog: catalog)
  expected = File.read(given("SCHEDULE"), encoding: "UTF-8")
  threads = Array.new(2) do
    Thread.new do
      Array.new(20) { [catalog.schedule(plan).to_json == expected,
        catalog.find("dancing monky").first[:track_name]] }.uniq
    end
  end
  threads.each { |thread| equal [[true, "Dancing Monkey"]], thread.value, "a thread" }
end

# Yields a pipe's path and a thread that writes rows into it for as long as somebody reads.
def endless
  Dir.mktmpdir do |folder|
    path = File.join(folder, "endless.csv")
    File.mkfifo(path)
    writer = Thread.new do
      File.open(path, "w") do |file|
        file.write(HEADER)
        0.step { |n| file.write("id#{n},Title #{n},Artist,50,200000,pop\n") }
      end
    rescue Errno::EPIPE
      :stopped
    end
    yield path
    equal :stopped, writer.value, "the writer"
  end
end

def test_other_threads_run_during_a_load
  endless { |path| refused("a time limit",
    Timeout::Error) { Timeout.timeout(0.3) { Musicsched::Catalog.read_csv(path) } } }
  endless do |path|
    loader = Thread.new { Musicsched::Catalog.read_csv(path) }
    loader.report_on_exception = false
    sleep 0.3
    loader.raise(IOError, "enough")
    equal "enough", refused("Thread#raise", IOError) { loader.value }.message, "Thread#raise"
  end
  endless do |path|
    killed = Thread.new { Musicsched::Catalog.read_csv(path) }
    sleep 0.1
    killed.kill.join
  end
end

def test_a_handled_signal_lets_a_load_go_on
  seen = 0
  before = trap("USR1") { seen += 1 }
  text = HEADER + Array.new(200_000) { |n| "id#{n},Title #{n},Artist,50,200000,pop\n" }.join
  sender = Thread.new { 5.times { Process.kill("USR1", Process.pid) && sleep(0.01) } }
  equal 200_000, Musicsched::Catalog.parse_csv(text).info[:tracks], "tracks"
  sender.join
  check seen.positive?, "the handler"
ensure
  trap("USR1", before || "DEFAULT")
end

def test_schedules_can_be_interrupted
  hard = "date: 2026-11-24\nday: 8:00-20:00\n" +
    Array.new(150) { |n| "T#{n} #{7 + n * 37 % 101}m after #{8 + n % 9}:00 !#{1 + n % 4}\n" }.join
  plan = Musicsched::Plan.from_text(hard)
  refused("a time limit",
    Timeout::Error) { Timeout.timeout(0.3) { loop { small.schedule(plan, work_limit: 1 << 62) } } }
end

def resident
  File.read("/proc/self/status")[/VmRSS:\s*(\d+)/, 1].to_i
end

# A catalog of 100 rows takes 50 KB and more: of 10,000 forgotten ones, 500 MB would stay.
def test_objects_come_and_go
  text = HEADER + Array.new(100) { |n| "id#{n},Title #{n},Artist #{n},#{n},200000,pop\n" }.join
  once = lambda do |n|
    catalog = Musicsched::Catalog.parse_csv(text)
    schedule = catalog.schedule(today("9-10 A\n♪ Title 7\n", catalog))
    check schedule.entries.size == 2 && catalog.top(genre: "pop").size == 10, "a small day"
    refused("bad") { Musicsched::Plan.from_json("{") }
    catalog.close if n.even?
  end
  objects = given("OBJECTS").to_i
  (objects / 5).times(&once)
  GC.start
  before = resident
  objects.times(&once)
  GC.start
  grown = resident - before
  puts "  #{objects} of each: #{grown} KB more"
  check grown < 30_000, "memory grows" unless given("MEMORY").empty?
end

private_methods.grep(/\Atest_/).sort.each do |name|
  puts name
  send(name)
end
