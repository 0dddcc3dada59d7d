# The acceptance test of the R binding; bindings/swig/tests/run.py runs it.
library(musicsched)

given <- function(name) {
  value <- Sys.getenv(paste0("MUSICSCHED_TEST_", name), NA)
  if (is.na(value)) stop(name)
  value
}
contents <- function(path) {
  text <- readChar(path, file.size(path), useBytes = TRUE)
  Encoding(text) <- "UTF-8"
  text
}
equal <- function(found, expected, what) {
  if (!identical(found, expected)) stop(what, ": found ", format(found), ", expected ",
    format(expected))
}
close_to <- function(found, expected, what) {
  if (!isTRUE(abs(found - expected) <= 5e-7)) stop(what, ": found ", format(found, digits = 9),
    ", expected ", expected)
}
check <- function(truth, what) if (!isTRUE(truth)) stop(what)
# The condition that an expression stops with.
refused <- function(what, expression) {
  problem <- tryCatch({ expression; NULL }, musicsched_error = function(e) e)
  if (is.null(problem)) stop(what, ": nothing was raised")
  problem
}

header <- "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_genre\n"
small_text <- paste0(header,
  "id1,Caf\u00e9 \U1F3B5,Beyonc\u00e9,70,200000,pop\n",
  "id2,Zweites Lied,Die \u00c4rzte,60,210000,rock\n")
small <- function() parse_catalog(small_text)
today <- function(text, catalog = NULL) plan_text(text, catalog, date = as.Date("2026-11-24"))

if (Sys.getenv("MUSICSCHED_TEST_FIFO") != "") {
  how <- tryCatch({ read_catalog(given("FIFO")); "loaded" }, interrupt = function(e) "interrupted")
  cat(how, "\n")
  quit(status = 0)
}

if (Sys.getenv("MUSICSCHED_TEST_HARD") != "") {
  catalog <- small()
  plan <- plan_text(given("HARD"))
  cat("scheduling\n")
  flush(stdout())
  how <- tryCatch(repeat schedule(catalog, plan, work_limit = 2^53),
    interrupt = function(e) "interrupted")
  cat(how, "\n")
  quit(status = 0)
}

tests <- list()

tests$what_is_counted_by_default <- function() {
  # one song under two ids, one of them in two playlists
  catalog <- parse_catalog(paste0("track_id,track_name,track_artist,track_popularity,",
    "track_album_release_date,playlist_id,playlist_genre,energy\n",
    "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n",
    "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n"))
  equal(top(catalog)$track_id, c("a1", "b1"), "top")
  equal(as.double(groups(catalog, "genre")$n), 3, "groups")
  equal(as.double(trend(catalog)$n), 3, "trend")
  equal(as.double(sum(histogram(catalog)$n)), 3, "histogram")
  pairs <- correlations(catalog)
  equal(as.double(pairs$n[pairs$feature == "energy"]), 3, "correlations")
  test <- group_test(catalog, "artist")
  equal(c(test$group_count, test$n, test$f, test$df_within, test$eta_squared, test$kruskal_h),
    c(2, 3, 3, 1, 0.75, 1.5), "test of groups")
  check(abs(test$p - 1 / 3) < 1e-12, "p of the test of groups")
}

tests$release_dates <- function() {
  catalog <- parse_catalog(paste0("title,artist,popularity,release_date\n",
    "Sun,Ana,90,2019-06-14\nMoon,Ana,80,2019-06\nRain,Ben,70,2019\nSnow,Ben,60,\n"))
  dates <- as.Date(c("2019-06-14", NA, NA, NA))
  equal(tracks(catalog)$release_date, dates, "dates of tracks")
  equal(as.data.frame(catalog)$track_album_release_date, c("2019-06-14", "2019-06", "2019", NA),
    "what the file says")
  equal(top(catalog)$release_date, dates, "dates of the top")
  equal(as.double(top(catalog)$release_month), c(6, 6, NA, NA), "parts of a date")
  equal(find_songs(catalog, "sun")$release_date, dates[1], "date of a hit")
}

tests$artists_and_genres_as_lists <- function() {
  catalog <- parse_catalog(paste0("title,artists,genres\nStone,Ida Blue;Orson,\"folk, pop\"\n",
    "Rain,Orson,\nSun,Orson;Ida Blue,folk\n"))
  entries <- as.data.frame(catalog)
  equal(entries$artists, list(c("Ida Blue", "Orson"), "Orson", c("Orson", "Ida Blue")), "artists")
  equal(entries$genres, list(c("folk", "pop"), character(), "folk"), "genres")
  equal(tracks(catalog)$artists[[3]], c("Orson", "Ida Blue"), "artists of a track")
  flat <- entries # as README.md shows
  flat[] <- lapply(flat, function(x) if (is.list(x)) vapply(x, paste, "", collapse = "; ") else x)
  file <- tempfile(fileext = ".csv")
  on.exit(unlink(file))
  write.csv(flat, file, row.names = FALSE)
  equal(read.csv(file)$artists, c("Ida Blue; Orson", "Orson", "Orson; Ida Blue"),
    "artists in a CSV file")
}

tests$reference_answers <- function() {
  if (given("REAL") == "") return(cat("  without the real data set\n"))
  catalog <- read_catalog(given("REAL"))
  info <- catalog_info(catalog)
  equal(unname(info[c("entries", "tracks", "recordings", "artists", "playlists")]),
    c(32833, 28356, 26160, 10693, 471), "info")
  best <- top(catalog, 2, count = "entries")
  equal(best$track_name, rep("Dance Monkey", 2), "top")
  equal(best$track_artist, rep("Tones and I", 2), "top artist")
  equal(best$track_popularity, c(100, 100), "top popularity")
  genres <- groups(catalog, "genre", count = "entries")
  expected <- c(pop = 47.744870, latin = 47.026576, rap = 43.215454, rock = 41.728338,
    "r&b" = 41.223532, edm = 34.833526)
  for (genre in names(expected)) close_to(genres$mean[genres$key == genre], expected[[genre]],
    genre)
  months <- trend(catalog, "month", count = "entries")
  close_to(
    max(abs(months$mean - c(38.816218, 41.470952, 40.531778, 40.438550, 43.543812, 43.818410,
    42.934826, 43.441496,
    44.078647, 45.065781, 45.774635, 44.403186))), 0, "means by month")
  equal(months$n, c(5093, 1618, 2014, 1904, 2214, 2390, 2010, 2299, 2543, 3086, 3359, 2448),
    "rows by month")
  bins <- histogram(catalog)
  equal(c(nrow(bins), sum(bins$n), bins$zeros[1]), c(20, 28356, 2620), "histogram")
  check(all(abs(correlations(catalog)$r) <= 0.15), "correlations")
  equal(find_songs(catalog, "dance monky tones")$track_name[1], "Dance Monkey",
    "find with a typing mistake")
  equal(suggest_songs(catalog, "dance mon")$track_name[1], "Dance Monkey", "suggest")
  close_to(groups(catalog, "all", count = "tracks", exclude_zero = TRUE)$mean, 43.333657,
    "without zeros")
  # R's own arithmetic on the whole table agrees.
  all <- as.data.frame(catalog)
  close_to(mean(all$track_popularity[all$playlist_genre == "pop"]), 47.744870, "mean by R")
}

tests$same_bytes_as_the_command_line <- function() {
  catalog <- read_catalog(given("SAMPLE"))
  plan <- plan_text(contents(given("PLAN")), catalog)
  day <- schedule(catalog, plan)
  equal(to_json(day), contents(given("SCHEDULE")), "schedule")
  equal(to_json(schedule(catalog, plan_json(to_json(plan)))), to_json(day), "by way of JSON")
  equal(format(plan), "<musicsched_plan: 10 to-dos, 5 songs>", "plan")
  equal(schedule_info(day),
    list(date = as.Date("2026-11-24"), timezone = "", status = "optimal", stop = "none",
      optimal = TRUE, moved = 0), "info")
  times <- entries(day)
  equal(times$fixed[times$id %in% c("work", "gym")], c(TRUE, FALSE), "fixed is a flag")
  equal(times$start_s[times$id == "gym"], 17 * 3600 + 300, "gym")
  equal(format(times$start[times$id == "gym"], "%Y-%m-%d %H:%M"), "2026-11-24 17:05", "start")
  equal(nrow(unplaced(day)), 0L, "unplaced")
  check(startsWith(to_ical(day), "BEGIN:VCALENDAR\r\n"), "iCalendar")
  check(nchar(to_ical(day, "todos")) < nchar(to_ical(day)), "to-dos only")
  told <- to_ical(day, calendar_name = "Mine", alarm_s = 300, cancelled = TRUE,
    timestamp = as.POSIXct(1795000000, origin = "1970-01-01", tz = "UTC"), sequence = 7,
    refresh_s = 3600)
  check(grepl("SEQUENCE:7\r\n", told) && grepl("REFRESH-INTERVAL;VALUE=DURATION:PT1H", told),
    "sequence and refresh")
  check(grepl("X-WR-CALNAME:Mine", told) && grepl("TRIGGER:-PT5M", told), "name and alarms")
  check(grepl("LAST-MODIFIED:20261118T110640Z", told), "timestamp")
  check(any(grepl("Gym", capture.output(print(day)))), "text")
  # Later that day, with what was placed before.
  week <- plan_list(date = as.Date("2026-11-23"), days = 7,
    day = list(exceptions = list(list(on = "sun", off = TRUE))),
    todos = list(
      list(title = "Stand-up \\ \"daily\"", start = "09:00", end = "09:15", on = c("mon", "wed")),
      list(title = "Gym", duration_s = 3600, times = 3, apart_days = 2, music = TRUE)),
    songs = list(list(query = "Halo", times = "each")),
    listening = list(fills = list(list(duration_s = 1800, during = "gym", on = "mon"))))
  json <- paste0("{\"date\": \"2026-11-23\", ",
    "\"days\": 7, \"day\": {\"exceptions\": [{\"on\": [\"sun\"",
    "], \"off\": true}]}, \"todos\": [{",
    "\"title\": \"Stand-up \\\\ \\\"daily\\\"\", \"start\": \"09:00\", \"end\": \"09:15\", \"o",
    "n\": [\"mon\", \"wed\"]}, {\"title\": \"Gym\", \"duration_s\": 3600, \"times\": 3, ",
    "\"apart_days\": 2, \"music\": true}], \"songs\": [{\"query\": \"Halo\"",
    ", \"times\": \"each\"}], ",
    "\"listening\": {\"fills\": [{\"duration_s\": 1800, \"during\": \"gym\", \"on\": [\"mon\"]}]}}")
  equal(to_json(week), to_json(plan_json(json)), "from lists")
  followed <- plan_json(sub("{", '{"assume_done": true,', to_json(plan), fixed = TRUE))
  later <- schedule(catalog, with_now(followed, 18 * 3600), previous = schedule_json(to_json(day)))
  again <- entries(later)
  equal(again$id[again$start_s < 17 * 3600], times$id[times$start_s < 17 * 3600],
    "entries of the past")
  equal(schedule_info(later)$moved, 0, "moved")
}

tests$times_and_pictures <- function() {
  catalog <- read_catalog(given("SAMPLE"))
  plan <- plan_text("9-17 Work\nGym 1h after 17:00\n", date = "2026-11-24",
    timezone = "America/New_York")
  rows <- entries(schedule(catalog, plan))
  equal(rows$start[2], as.POSIXct("2026-11-24 17:05", tz = "America/New_York"), "start")
  equal(attr(rows$start, "tzone"), "America/New_York", "zone")
  equal(as.numeric(rows$end[2] - rows$start[2], units = "hours"), 1, "length")
  later <- schedule(catalog, with_now(plan, as.POSIXct("2026-11-24 18:30", tz = "UTC")))
  equal(format(entries(later)$start[2], "%H:%M"), "18:30", "a plan from a time on")
  late <- plan_text("day: 9:00-26:00\nWalk 1h after 25:00\n", date = "2026-11-24")
  equal(format(entries(schedule(catalog, late))$start, "%Y-%m-%d %H:%M"), "2026-11-25 01:00",
    "after midnight")
  genres <- as.data.frame(catalog)$playlist_genre
  check(is.factor(genres) && nlevels(genres) > 2, "genres are a factor")
  file <- tempfile(fileext = ".pdf")
  grDevices::pdf(file)
  plot(schedule(catalog, plan))
  plot(groups(catalog, "genre"))
  grDevices::dev.off()
  check(file.size(file) > 3000, "pictures")
  refused("nothing to draw", plot(schedule(catalog, plan_text("", date = "2026-11-24"))))
}

tests$plans_of_several_days <- function() {
  plan <- plan_text(c("Tue 14:00 Dentist 45m", "Gym 1h 2x"), date = "2026-11-23", days = 3,
    time_limit_ms = 1000)
  check(grepl("\"days\": 3", to_json(plan), fixed = TRUE), "days")
  refused("too many days", plan_text("A 1h", days = 32))
  week <- plan_text(c("date: 2026-11-23 Europe/Berlin", "days: 3", "day: 9:00-17:00",
    "Report 2h on:mon,tue", "Gym 1h every day"))
  week <- add_calendar(week, given("CALENDAR"))
  check(grepl("Design review", to_json(week)), "events of all dates")
  catalog <- small()
  first <- schedule_json(to_json(schedule(catalog, week)))
  later <- to_json(schedule(catalog, with_now(week, 86400 + 12 * 3600), previous = first))
  entry <- paste0("\"report\", \"title\": \"Report\", \"date\": \"2026-11-24\", ",
    "\"start\": \"12:00:00\"")
  check(grepl(entry, later, fixed = TRUE), "what was not done is planned again")
  check(grepl("rolled_over", later), "what rolled over")
  noon <- with_now(week, as.POSIXct("2026-11-24 12:00:00", tz = "Europe/Berlin"))
  equal(to_json(schedule(catalog, noon, previous = first)), later, "the date of a time")
  marked <- mark(mark(week, "gym@2026-11-23", "done", ended = 10 * 3600), "gym@2026-11-25",
    "skipped")
  rows <- entries(schedule(catalog, with_now(marked, 86400 + 12 * 3600), previous = first))
  gym <- rows[rows$title == "Gym", ]
  equal(gym$date, as.Date(c("2026-11-23", "2026-11-24")), "dates of a table")
  equal(gym$state[1], "done", "an occurrence that is done")
  equal(format(gym$end[1]), "2026-11-23 10:00:00", "when it ended")
  equal(gym$end_s[1], 10 * 3600, "seconds from midnight of its date")
}

tests$saved_catalogs <- function() {
  catalog <- small()
  file <- tempfile(fileext = ".msc")
  save_catalog(catalog, file)
  equal(tracks(read_catalog(file)), tracks(catalog), "saved tracks")
  unlink(file)
  refused("no folder", save_catalog(catalog, file.path(tempdir(), "none", "songs.msc")))
}

tests$replan_after_ticking_off <- function() {
  catalog <- read_catalog(given("SAMPLE"))
  plan <- plan_text(contents(given("PLAN")), catalog)
  previous <- schedule(catalog, plan)
  marks <- read.delim(given("MARKS"), header = FALSE, comment.char = "#", na.strings = "-",
    col.names = c("kind", "name", "state", "started", "ended", "left"))
  check(nrow(marks) > 7, "the list of marks")
  value <- function(number) if (is.na(number)) NULL else number
  marked <- plan
  for (i in seq_len(nrow(marks))) {
    one <- marks[i, ]
    marked <- if (one$kind == "song") {
      mark_song(marked, as.integer(one$name), one$state)
    } else {
      mark(marked, one$name, one$state, started = value(one$started), ended = value(one$ended),
        left = value(one$left))
    }
  }
  later <- schedule(catalog, with_now(marked, 18 * 3600), previous = previous)
  equal(to_json(later), contents(given("REPLANNED")), "with what happened")
  rows <- entries(later)
  equal(rows$state[rows$id %in% c("groceries", "gym")], c("done", "started"), "states")
  assumed <- schedule(catalog, with_now(plan, 18 * 3600), previous = previous, assume_done = TRUE)
  equal(to_json(assumed), contents(given("ASSUMED")), "as if it had gone as planned")
  unknown <- refused("an unknown to-do", mark(plan, "yoga", "done"))
  equal(unknown$code, "MSCHED_ERROR_NOT_FOUND", "an unknown to-do")
  check(grepl("gym", conditionMessage(unknown)), "the ids that there are")
  equal(refused("no length", mark(plan, "gym", "paused"))$code, "MSCHED_ERROR_VALUE",
    "paused without a length")
  equal(refused("no such state", mark(plan, "gym", "finished"))$code, "MSCHED_ERROR_ARGUMENT",
    "no such state")
  moved <- move_todo(plan, "gym", 18 * 3600)
  check(grepl('"pin": "18:00"', to_json(moved)), "a to-do that is moved")
  check(!grepl('"pin"', to_json(move_todo(moved, "gym"))), "and free again")
  equal(refused("no such song", mark_song(plan, 5, "done"))$code, "MSCHED_ERROR_NOT_FOUND",
    "no such song")
}

tests$plan_with_a_calendar <- function() {
  calendar <- read_calendar(given("CALENDAR"))
  equal(calendar_name(calendar), "work.ics", "name of a calendar")
  found <- agenda(calendar, as.Date("2026-11-24"), timezone = "Europe/Berlin")
  equal(to_json(found), contents(given("AGENDA")), "agenda")
  review <- found$events[found$events$title == "Design review", ]
  equal(review$start_s, 14 * 3600, "start of an event")
  equal(review$busy, TRUE, "busy")
  equal(found$events$all_day[found$events$title == "Ana's birthday"], TRUE,
    "an event of a whole day")
  equal(found$tasks$latest_s, 18 * 3600, "due time")
  equal(found$tasks$earliest_s, NA_real_, "no earliest start")
  check(any(grepl("canceled", found$left_out$reason) & found$left_out$line == 19),
    "what was left out")
  check(any(grepl("Design review", capture.output(print(found)))), "print")
  catalog <- read_catalog(given("SAMPLE"))
  plan <- plan_text(contents(given("PLAN")), catalog, timezone = "Europe/Berlin")
  with <- add_calendar(plan, given("CALENDAR"))
  equal(to_json(schedule(catalog, with)), contents(given("WITH_CALENDAR")), "schedule")
  equal(nrow(with$agenda$tasks), 1L, "tasks of the plan's agenda")
  todos <- function(plan) as.integer(sub(".*: ([0-9]+) to-dos.*", "\\1", format(plan)))
  equal(todos(with) - todos(plan), if (can_recur()) 3L else 2L, "to-dos that were added")
  equal(todos(add_calendar(plan, list(calendar), tasks = FALSE, block_all_day = TRUE)), todos(with),
    "options")
  equal(refused("no calendar", parse_calendar("day"))$code, "MSCHED_ERROR_SYNTAX", "no calendar")
  check(grepl("no-such.ics", conditionMessage(refused("no file", read_calendar("no-such.ics")))),
    "no file")
  for (call in list(quote(read_catalog(7)), quote(read_catalog(NULL)), quote(read_calendar(NA)),
      quote(match_playlist(catalog, NULL)), quote(read_history(7)))) {
    check(grepl("^paths?: a path is needed$", conditionMessage(refused("no path", eval(call)))),
      deparse(call))
  }
  says <- function(expression) conditionMessage(refused("an argument", expression))
  equal(says(schedule(catalog, NULL)), "plan: a musicsched_plan is needed, not NULL", "no plan")
  equal(says(top(catalog, "3")), "limit: one whole number is needed that fits its range", "a text")
  equal(says(find_songs(catalog, 5)), "text: one text is needed", "a number as text")
  equal(says(plan_text(NULL)), "text: one text is needed", "no text")
  refused("a plan as calendar", add_calendar(plan, list(plan)))
  close(calendar)
  check(grepl("closed", conditionMessage(refused("closed", add_calendar(plan, calendar)))),
    "closed")
}

tests$playlist_as_wishes <- function() {
  catalog <- read_catalog(given("SAMPLE"))
  match <- match_playlist(catalog, given("MIX"))
  equal(to_json(match), contents(given("MATCH")), "match")
  equal(match$name, "Mix", "name")
  equal(match$found, 2, "found")
  equal(match$songs$found, c("exact", "exact", "none"), "how")
  equal(match$songs$track_artist[1], "Synthetic Empty Harbor", "a song that was found")
  equal(match$songs$track_id[3], NA_character_, "no track")
  check(grepl("2 of 3 songs", capture.output(print(match))), "print")
  plan <- plan_text(contents(given("PLAN")), catalog)
  history <- read_history(given("HISTORY"))
  with <- avoid(add_songs(plan, match), history, catalog, days = 30)
  equal(to_json(schedule(catalog, with)), contents(given("WITH_SONGS")), "schedule")
  typed <- match_songs(catalog, c("Crystal Pavement - Synthetic Empty Harbor", "[x] \"\\"))
  equal(typed$songs$found, c("exact", "none"), "typed songs")
  equal(refused("no file", match_playlist(catalog, "no-such.m3u"))$code, "MSCHED_ERROR_IO",
    "no file")
  refused("a plan as match", add_songs(plan, plan))
}

tests$history <- function() {
  history <- read_history(given("HISTORY"))
  info <- history_info(history)
  equal(info[["plays"]], 4, "plays")
  equal(info[["unreadable"]], 1, "unreadable")
  equal(history_info(read_history(dirname(given("HISTORY"))))[["plays"]], 4, "of a folder")
  check(grepl("history.json:6", history_remarks(history), fixed = TRUE), "remarks")
  heard <- history_summary(history, timezone = "Europe/Berlin")
  equal(heard$json, contents(given("HEARD")), "summary")
  equal(heard$songs$title[1], "Dancing Monkey", "most played")
  equal(heard$artists$plays[1], 3, "plays of an artist")
  equal(nrow(heard$hours), 24L, "hours")
  equal(nrow(heard$weekdays), 7L, "weekdays")
  equal(heard$totals$longest_streak, 3, "streak")
  part <- history_summary(history, from = as.Date("2026-11-21"), min_played_s = 30)
  equal(part$totals$plays, 1, "a part")
  mine <- history_catalog(history, read_catalog(given("SAMPLE")))
  equal(top(mine, 2)$track_popularity, c(100, 50), "my own taste")
  equal(top(read_catalog(given("HISTORY")), 1)$track_name, "Dancing Monkey", "as a catalog")
  equal(catalog_info(history_catalog(history))[["tracks"]], 2, "songs of the history")
  equal(history_info(parse_history(contents(given("HISTORY"))))[["plays"]], 4, "from a text")
  equal(refused("no history", parse_history("x"))$code, "MSCHED_ERROR_SYNTAX", "no history")
  check(grepl("4 plays of 2 songs", format(history)), "format")
  close(history)
  check(grepl("closed", conditionMessage(refused("closed", history_summary(history)))), "closed")
}

tests$rows_that_cannot_be_read_are_left_out <- function() {
  text <- "title,artist\nSun,Ana\nRain\nSnow,Ben\n"
  catalog <- parse_catalog(text)
  equal(catalog_info(catalog)[["tracks"]], 2, "songs")
  equal(skipped(catalog)$line, 3, "line")
  equal(skipped(catalog)$code, "MSCHED_ERROR_SYNTAX", "code")
  check(grepl("\"left_out\": [", catalog_report(catalog), fixed = TRUE), "report")
  broken <- "title,artist\nSun,Ana\nRain\nSnow\n"
  equal(refused("most of the rows", parse_catalog(broken))$line, 3, "line of the first")
  equal(catalog_info(parse_catalog(broken, skip_bad_rows = TRUE))[["rows_skipped"]], 2, "rows")
}

tests$columns_may_be_named_otherwise <- function() {
  text <- sub("track_artist", "artists", small_text)
  equal(top(parse_catalog(text, columns = c(track_artist = "artists")), 1)$track_artist,
    "Beyonc\u00e9", "artist")
  refused("no such column", parse_catalog(text, columns = c(artist = "artists")))
  refused("no name", parse_catalog(text, columns = "artists"))
}

tests$other_encodings <- function() {
  path <- tempfile(fileext = ".csv")
  text <- "title,artist\n\u0413\u0440\u0443\u043f\u043f\u0430,\u041a\u0438\u043d\u043e\n"
  writeBin(iconv(text, "UTF-8", "CP1251", toRaw = TRUE)[[1]], path)
  for (encoding in c("", "CP1251"))
    equal(top(read_catalog(path, encoding = encoding), 1)$track_artist,
      "\u041a\u0438\u043d\u043e", "artist")
  refused("no such encoding", read_catalog(path, encoding = "none"))
  unlink(path)
}

tests$unplaced_says_why <- function() {
  catalog <- small()
  plan <- today(c("9-17 Work", "Swim 10h", "\u266a No Such Song At All"), catalog)
  left <- unplaced(schedule(catalog, plan))
  equal(nrow(left), 2L, "unplaced")
  equal(left$title[1], "Swim", "title")
  equal(left$needed_s[1], 36000, "needed")
  equal(left$reason[2], "unknown_song", "reason")
  check(all(nchar(left$text) > 0), "text")
  later <- unplaced(schedule(catalog, plan, lazy_reasons = TRUE))
  equal(later, left, "the same when read later")
  first <- fixes(schedule(catalog, plan))[1, ]
  equal(first$rank, 1, "rank")
  equal(first$text, left$fix_text[first$item], "what costs least")
}

attempts <- list(
  csv = parse_catalog, plan_text = plan_text, plan_json = plan_json, schedule_json = schedule_json,
  count = function(text) top(small(), count = text)
)

tests$bad_input <- function() {
  cases <- strsplit(readLines(given("CASES"), encoding = "UTF-8"), "\t")
  cases <- Filter(function(fields) !startsWith(fields[1], "#"), cases)
  check(length(cases) > 15, "the list of cases")
  for (fields in cases) {
    text <- if (length(fields) < 5) "" else gsub("\\n", "\n", fields[5], fixed = TRUE)
    problem <- refused(fields[5], attempts[[fields[1]]](text))
    equal(c(problem$code, problem$line, problem$column), fields[2:4], paste(fields, collapse = " "))
    check(nchar(conditionMessage(problem)) > 10, "message")
  }
}

tests$diagnostics <- function() {
  all <- check_plan(c("9-10 \U1F3B5 A !9", "Gym 1h after:nothing", "\u266a Cafe"), small(),
    date = "2026-11-24")
  check(nrow(all) >= 2, "all errors at once")
  equal(all$severity[1], "error", "severity")
  equal(all$line[1], 1, "line")
  check(all$column[1] > 1 && nzchar(all$code[1]) && nzchar(all$message[1]) && !is.na(all$repair[1]),
    "a diagnostic")
}

tests$unicode <- function() {
  catalog <- small()
  row <- top(catalog, 1)
  equal(row$track_name, "Caf\u00e9 \U1F3B5", "title")
  equal(row$track_artist, "Beyonc\u00e9", "artist")
  equal(nchar(row$track_name), 6L, "characters")
  equal(find_songs(catalog, "Caf\u00e9 \U1F3B5")$track_id[1], "id1", "find")
  latin1 <- iconv("Caf\u00e9", "UTF-8", "latin1")
  equal(find_songs(catalog, latin1)$track_id[1], "id1", "find in another encoding")
  equal(find_songs(catalog, "die arzte")$track_artist[1], "Die \u00c4rzte", "find without marks")
  equal(groups(catalog, "artist", artist = "Beyonc\u00e9")$key, "Beyonc\u00e9", "filter")
  title <- "Stra\u00dfe \U1F3C3\u200d\u2640\ufe0f fegen"
  equal(entries(schedule(catalog, today(paste("9-10", title))))$title, title, "title of a to-do")
  bad <- "9-10 \xff\n"
  Encoding(bad) <- "UTF-8"
  equal(refused("bad UTF-8", today(bad))$code, "MSCHED_ERROR_ENCODING", "bad UTF-8")
}

tests$large_numbers <- function() {
  catalog <- read_catalog(given("SAMPLE"))
  plan <- today("9-17 Work #focus\nfill: 3h\n", catalog)
  # All one day if the upper parts of these seeds were cut off.
  days <- vapply(0:7, function(upper) to_json(schedule(catalog, plan, seed = upper * 2^32 + 1)), "")
  check(length(unique(days)) > 1, "upper part of a seed")
  for (limit in list(2^32, 2^40, 2^64, -1, 2.5, NaN, NA_integer_, Inf, "7", c(1, 2), factor("7"),
    TRUE)) {
    equal(refused(paste("limit", limit), top(catalog, limit))$code, "MSCHED_ERROR_ARGUMENT",
      "limit")
  }
  refused("seed", schedule(catalog, plan, seed = 2^54))
  all <- top(catalog, 4294967295, count = "tracks")
  equal(as.double(nrow(all)), catalog_info(catalog)[["tracks"]], "a limit above 2^31")
  equal(nrow(top(catalog, 3L)), 3L, "an integer")
}

tests$wrong_use <- function() {
  catalog <- small()
  plan <- today("9-10 A\n")
  day <- schedule(catalog, plan)
  refused("condition", top(catalog, limt = 1))
  refused("no plan", schedule(catalog, NULL))
  refused("a catalog as plan", schedule(catalog, catalog))
  refused("a forged plan",
    schedule(catalog, structure(list(pointer = catalog$pointer), class = "musicsched_plan")))
  refused("an empty list", top(catalog, genre = character()))
  refused("popularity", top(catalog, popularity = c(0, 0)))
  refused("a number as text", plan_text(7))
  refused("NA as text", plan_text(NA_character_))
  check(grepl("did you mean \"pop\"",
    conditionMessage(refused("an unknown genre", top(catalog, genre = "pup")))), "a suggestion")
  equal(nrow(top(catalog, genre = "pup", allow_unknown = TRUE)), 0L, "an unknown genre is allowed")
  equal(nrow(top(catalog, popularity = c(65, NA), genre = c("pop", "rock"),
    features = list(tempo = c(NA, NA)))), 0L, "a filter")
  for (object in list(catalog, plan, day)) {
    close(object)
    close(object)
    check(endsWith(format(object), "closed>"), "format of what is closed")
  }
  after <- list(
    function() catalog_info(catalog), function() top(catalog), function() to_json(plan),
    function() entries(day),
    function() schedule(small(), plan)
  )
  for (call in after) check(grepl("closed", conditionMessage(refused("use after close", call()))),
    "use after close")
  # What comes back from a file has no pointer any more.
  saved <- unserialize(serialize(small(), NULL))
  refused("a saved catalog", catalog_info(saved))
}

resident <- function() {
  line <- grep("^VmRSS", readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("\\D", "", line))
}

# A catalog of 100 rows takes 50 KB and more: of 10,000 forgotten ones, 500 MB would stay.
tests$objects_come_and_go <- function() {
  text <- paste0(header,
    paste0(sprintf("id%d,Title %d,Artist %d,%d,200000,pop\n", 1:100, 1:100, 1:100, 1:100),
    collapse = ""))
  once <- function(n) {
    catalog <- parse_catalog(text)
    day <- schedule(catalog, today("9-10 A\n\u266a Title 7\n", catalog))
    check(nrow(entries(day)) == 2 && nrow(top(catalog, genre = "pop")) == 10, "a small day")
    refused("bad", plan_json("{"))
    if (n %% 2 == 0) close(catalog)
  }
  objects <- as.numeric(given("OBJECTS"))
  for (n in seq_len(objects / 5)) once(n)
  gc(FALSE)
  before <- resident()
  for (n in seq_len(objects)) once(n)
  gc(FALSE)
  grown <- resident() - before
  cat(sprintf("  %.0f of each: %.0f KB more\n", objects, grown))
  if (given("MEMORY") != "") check(grown < 30000, "memory grows")
}

tests$how_good_a_schedule_is <- function() {
  catalog <- small()
  plan <- today(c("9-17 Work", "Gym 1h after 17:00", "\u266a Zweites Lied must"), catalog)
  calls <- character()
  days <- schedule_many(catalog, list(plan, plan), progress = function(done, total) {
    calls <<- c(calls, paste(done, "of", total))
  })
  equal(calls, c("1 of 2", "2 of 2"), "progress")
  equal(vapply(days, to_json, ""), rep(to_json(schedule(catalog, plan)), 2), "many")
  equal(schedule_info(days[[1]])$stop, "none", "stop")
  levels <- bounds(days[[1]])
  equal(levels$level, c("tasks_1", "must_songs", "tasks_2", "tasks_3", "tasks_4", "song_weight",
    "fill_s"), "levels")
  equal(levels$value[1:2], c(1, 1), "reached")
  equal(levels$bound, levels$value, "bounds")
}

tests$a_plan_as_plan_text <- function() {
  catalog <- small()
  plan <- today(c("9-17 Work", "\"Tea at 5\" 20m after:work", "\u266a Zweites Lied"), catalog)
  text <- to_text(plan, catalog)
  equal(text, paste0("date: 2026-11-24\n\n09:00-17:00 Work\n\"Tea at 5\" 20m after:work\n",
    "\u266a Zweites Lied\n"), "with a catalog")
  equal(to_json(plan_text(text, catalog)), to_json(plan), "read again")
  check(grepl("// Zweites Lied\n\u266a spotify:track:id2\n", to_text(plan), fixed = TRUE), "ids")
  heavy <- plan_json(paste0("{\"version\": 1, \"date\": \"2026-11-24\", ",
    "\"songs\": [{\"query\": \"A\", \"weight\": 7}]}"))
  equal(refused("weight", to_text(heavy))$code, "MSCHED_ERROR_VALUE", "no words")
}

tests$every_function_has_a_page_whose_example_runs <- function() {
  pages <- tools::Rd_db("musicsched")
  names <- sub("[.]Rd$", "", names(pages))
  equal(setdiff(getNamespaceExports("musicsched"), names), character(), "functions without a page")
  equal(length(tools::undoc("musicsched")[[1]]), 0L, "objects without a page")
  equal(length(tools::codoc("musicsched")), 0L, "usages that differ from the code")
  if (given("MEMORY") == "") return(invisible())
  grDevices::pdf(NULL)
  utils::capture.output(for (page in pages) {
    code <- tempfile(fileext = ".R")
    tools::Rd2ex(page, code)
    if (file.exists(code)) source(code, local = new.env(), echo = FALSE)
  })
  grDevices::dev.off()
}

for (name in sort(names(tests))) {
  cat(name, "\n")
  tests[[name]]()
}
