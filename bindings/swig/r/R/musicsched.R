# Songs, what makes them popular, and exact listening schedules: libmusicsched for R. The functions
# of C are called by the names that SWIG gave them; those of one number take SWIG's own last
# argument, which means nothing here.

unused <- FALSE

refuse <- function(...) {
  stop(structure(
    class = c("musicsched_error", "error", "condition"),
    list(message = paste0(...), call = NULL, code = "MSCHED_ERROR_ARGUMENT", line = 0, column = 0)
  ))
}

handle <- function(pointer, class) structure(list(pointer = pointer),
  class = c(class, "musicsched_handle"))

pointer_of <- function(x, class, optional = FALSE) {
  if (is.null(x) && optional) return(NULL)
  if (!inherits(x, class)) refuse(deparse(substitute(x))[1], ": a ", class, " is needed, not ",
    class(x)[1])
  x$pointer
}

# Paths with the user's folder for ~.
paths_of <- function(path) {
  if (!is.character(path) || length(path) == 0 || anyNA(path)) refuse(
    deparse(substitute(path))[1], ": a path is needed")
  path.expand(path)
}

# The collector sees a few bytes where a catalog holds megabytes, so it is called after so many
# bytes of catalogs.
forgotten <- new.env()
forgotten$bytes <- 0
collect_after <- 2^28

catalog_of <- function(pointer) {
  forgotten$bytes <- forgotten$bytes + .Call(R_swig_Catalog_info, pointer, "memory_bytes", unused)
  if (forgotten$bytes > collect_after) {
    forgotten$bytes <- 0
    gc(FALSE)
  }
  handle(pointer, "musicsched_catalog")
}

# A native table as a data.frame.
frame <- function(table) {
  indices <- seq_len(.Call(R_swig_Table_columns, table, unused)) - 1
  columns <- lapply(indices, function(index) {
    if (.Call(R_swig_Table_is_list, table, index, unused) != 0) {
      # All texts come one after the other, with the size of each list.
      sizes <- .Call(R_swig_Table_numbers, table, index, unused)
      rows <- factor(rep(seq_along(sizes), sizes), seq_along(sizes))
      unname(split(.Call(R_swig_Table_texts, table, index, unused), rows))
    } else if (.Call(R_swig_Table_is_text, table, index, unused) != 0) {
      .Call(R_swig_Table_texts, table, index, unused)
    } else {
      .Call(R_swig_Table_numbers, table, index, unused)
    }
  })
  names(columns) <- vapply(indices, function(index) .Call(R_swig_Table_name, table, index), "")
  structure(columns, class = "data.frame",
    row.names = .set_row_names(.Call(R_swig_Table_rows, table, unused)))
}

# A pair of limits, NA where there is none.
limits <- function(name, pair, none) {
  if (length(pair) != 2 || !(is.numeric(pair) || all(is.na(pair)))) refuse(name,
    ": two numbers are needed, NA for no limit")
  ifelse(is.na(pair), none, pair)
}

condition_names <- c(
  "genre", "subgenre", "artist", "playlist", "years", "popularity", "features", "exclude_zero",
  "exclude_january_first",
  "allow_unknown"
)

# The conditions that questions take as `...`.
filter_of <- function(...) {
  given <- list(...)
  if (length(given) == 0) return(NULL)
  unknown <- if (is.null(names(given))) "without a name" else setdiff(names(given), condition_names)
  if (length(unknown) > 0) refuse("there is no condition ", unknown[1])
  filter <- .Call(R_swig_new_Filter)
  for (kind in intersect(names(given), condition_names[1:4])) {
    texts <- given[[kind]]
    if (length(texts) == 0) refuse(kind,
      ": an empty list lets nothing through; leave it out to let everything through")
    for (text in as.list(texts)) .Call(R_swig_Filter_add, filter, kind, text)
  }
  if (!is.null(given$years)) {
    pair <- limits("years", given$years, -1)
    .Call(R_swig_Filter_years, filter, pair[1], pair[2])
  }
  if (!is.null(given$popularity)) {
    pair <- limits("popularity", given$popularity, -1)
    .Call(R_swig_Filter_popularity, filter, pair[1], pair[2])
  }
  for (name in names(given$features)) {
    pair <- limits(name, given$features[[name]], c(-Inf, Inf))
    .Call(R_swig_Filter_feature, filter, name, as.double(pair[1]), as.double(pair[2]))
  }
  .Call(R_swig_Filter_exclude, filter, as.double(isTRUE(given$exclude_zero)),
    as.double(isTRUE(given$exclude_january_first)))
  .Call(R_swig_Filter_allow_unknown, filter, as.double(isTRUE(given$allow_unknown)))
  filter
}

# Catalogs

# c(track_artist = "artists") as the facade takes it.
named_columns <- function(columns) {
  if (length(columns) > 0 && is.null(names(columns))) refuse(
    "columns: names are needed, as c(track_artist = \"artists\")")
  paste(names(columns), columns, sep = "=", collapse = "\n")
}

read_catalog <- function(path, delimiter = "", skip_bad_rows = FALSE, columns = NULL,
  strict = FALSE, default_duration_ms = 0, encoding = "") {
  catalog_of(.Call(
    R_swig_read_csv, paste(paths_of(path), collapse = "\n"), delimiter,
    as.double(isTRUE(skip_bad_rows)),
    named_columns(columns), as.double(isTRUE(strict)), as.double(default_duration_ms), encoding
  ))
}

parse_catalog <- function(text, delimiter = "", skip_bad_rows = FALSE, columns = NULL,
  strict = FALSE, default_duration_ms = 0, encoding = "") {
  catalog_of(.Call(
    R_swig_read_csv_text, lines_of(text), delimiter, as.double(isTRUE(skip_bad_rows)),
    named_columns(columns),
    as.double(isTRUE(strict)), as.double(default_duration_ms), encoding
  ))
}

catalog_report <- function(catalog) {
  writeLines(.Call(R_swig_Catalog_report, pointer_of(catalog, "musicsched_catalog")), sep = "")
  invisible(.Call(R_swig_Catalog_report_json, pointer_of(catalog, "musicsched_catalog")))
}

info_names <- c(
  "entries", "tracks", "recordings", "artists", "albums", "playlists", "genres", "subgenres",
  "rows_skipped", "memory_bytes"
)

catalog_info <- function(catalog) {
  pointer <- pointer_of(catalog, "musicsched_catalog")
  vapply(info_names, function(name) .Call(R_swig_Catalog_info, pointer, name, unused), 0)
}

save_catalog <- function(catalog, path) {
  .Call(R_swig_Catalog_save, pointer_of(catalog, "musicsched_catalog"), paths_of(path))
  invisible(catalog)
}

prepare <- function(catalog) {
  .Call(R_swig_Catalog_prepare, pointer_of(catalog, "musicsched_catalog"))
  invisible(catalog)
}

tracks <- function(catalog)
  song_frame(.Call(R_swig_Catalog_tracks, pointer_of(catalog, "musicsched_catalog")))

skipped <- function(catalog)
  frame(.Call(R_swig_Catalog_skipped, pointer_of(catalog, "musicsched_catalog")))

track_json <- function(catalog, track_id) {
  .Call(R_swig_Catalog_track_json, pointer_of(catalog, "musicsched_catalog"), track_id)
}

# Questions

top <- function(catalog, limit = 10, count = "default", ...) {
  song_frame(.Call(R_swig_Catalog_top, pointer_of(catalog, "musicsched_catalog"), limit, count,
    filter_of(...)))
}

# A data frame of songs, with the release date as a Date where the day is known.
song_frame <- function(table) with_dates(frame(table), "release_date")

# A data frame that plot() knows how to draw.
group_frame <- function(table) {
  rows <- frame(table)
  class(rows) <- c("musicsched_groups", class(rows))
  rows
}

groups <- function(catalog, by, count = "default", order = "default", min_n = 0, limit = 0, ...) {
  pointer <- pointer_of(catalog, "musicsched_catalog")
  group_frame(.Call(R_swig_Catalog_groups, pointer, by, count, order, min_n, limit,
    filter_of(...)))
}

group_test <- function(catalog, by, count = "default", ...) {
  frame(.Call(R_swig_Catalog_group_test, pointer_of(catalog, "musicsched_catalog"), by, count,
    filter_of(...)))
}

trend <- function(catalog, unit = "year", count = "default", ...) {
  group_frame(.Call(R_swig_Catalog_trend, pointer_of(catalog, "musicsched_catalog"), unit, count,
    filter_of(...)))
}

histogram <- function(catalog, bins = 20, count = "default", ...) {
  frame(.Call(R_swig_Catalog_histogram, pointer_of(catalog, "musicsched_catalog"), bins, count,
    filter_of(...)))
}

correlations <- function(catalog, count = "default", ...) {
  frame(.Call(R_swig_Catalog_correlations, pointer_of(catalog, "musicsched_catalog"), count,
    filter_of(...)))
}

find_songs <- function(catalog, text, limit = 10, typos = TRUE) {
  song_frame(.Call(R_swig_Catalog_find, pointer_of(catalog, "musicsched_catalog"), text, limit,
    as.double(isTRUE(typos))))
}

suggest_songs <- function(catalog, text, limit = 10) {
  song_frame(.Call(R_swig_Catalog_suggest, pointer_of(catalog, "musicsched_catalog"), text, limit))
}

# Plans

plan_text <- function(text, catalog = NULL, date = "", timezone = "", lenient = FALSE,
  days = 0, time_limit_ms = 0) {
  pointer <- pointer_of(catalog, "musicsched_catalog", optional = TRUE)
  handle(
    .Call(R_swig_plan_from_text, lines_of(text), pointer, as.character(date), timezone,
      as.integer(lenient), days, time_limit_ms), "musicsched_plan"
  )
}

fix_plan <- function(text, catalog = NULL, date = "", timezone = "") {
  pointer <- pointer_of(catalog, "musicsched_catalog", optional = TRUE)
  .Call(R_swig_fix_plan_text, lines_of(text), pointer, as.character(date), timezone)
}

check_plan <- function(text, catalog = NULL, date = "", timezone = "") {
  pointer <- pointer_of(catalog, "musicsched_catalog", optional = TRUE)
  frame(.Call(R_swig_check_plan_text, lines_of(text), pointer, as.character(date), timezone))
}

plan_json <- function(text) handle(.Call(R_swig_plan_from_json, lines_of(text)), "musicsched_plan")

plan_list <- function(...) plan_json(json_of(list(...)))

# JSON of a plan's values: a list with names is an object, a vector of several values a list.
json_of <- function(value, is_list = FALSE) {
  if (is.list(value) && !is.null(names(value))) {
    value <- value[!vapply(value, is.null, logical(1))]
    items <- mapply(function(key, item) paste0(json_text(key), ":", json_of(item, key %in% lists)),
      names(value), value)
    return(paste0("{", paste(items, collapse = ","), "}"))
  }
  if (inherits(value, c("Date", "factor"))) value <- as.character(value)
  if (!is.list(value) && !is.character(value) && !is.numeric(value) && !is.logical(value))
    refuse("not a value of a plan: ", class(value)[1])
  if (is.list(value) || is_list || length(value) != 1)
    return(paste0("[", paste(vapply(value, json_of, ""), collapse = ","), "]"))
  if (is.character(value)) json_text(value)
  else if (is.logical(value)) tolower(as.character(value))
  else format(value, scientific = FALSE, digits = 15)
}

# Keys whose value is a list even if it has one item.
lists <- c("on", "after", "before", "labels", "genres", "subgenres", "artists", "avoid")

json_text <- function(text) {
  text <- gsub("([\"\\\\])", "\\\\\\1", enc2utf8(text))
  text <- gsub("\n", "\\n", text, fixed = TRUE)
  paste0("\"", gsub("\t", "\\t", text, fixed = TRUE), "\"")
}

# What readLines gives is one text.
lines_of <- function(text) if (is.character(text) && length(text) > 1) paste(text,
  collapse = "\n") else text

with_now <- function(plan, seconds) {
  pointer <- pointer_of(plan, "musicsched_plan")
  if (inherits(seconds, "POSIXt")) {
    moved <- .Call(R_swig_Plan_with_now_on, pointer, format(seconds, "%Y-%m-%d"),
      seconds_of(seconds))
  } else {
    moved <- .Call(R_swig_Plan_with_now, pointer, seconds_of(seconds))
  }
  handle(moved, "musicsched_plan")
}

unset <- function(value) if (is.null(value)) -1 else value

mark <- function(plan, id, state, started = NULL, ended = NULL, left = NULL) {
  pointer <- pointer_of(plan, "musicsched_plan")
  handle(.Call(R_swig_Plan_mark, pointer, id, state, seconds_of(started), seconds_of(ended),
    unset(left)),
    "musicsched_plan")
}

move_todo <- function(plan, id, start = NULL) {
  handle(.Call(R_swig_Plan_move, pointer_of(plan, "musicsched_plan"), id,
    seconds_of(start)),
    "musicsched_plan")
}

mark_song <- function(plan, wanted, state) {
  handle(.Call(R_swig_Plan_mark_song, pointer_of(plan, "musicsched_plan"), wanted, state),
    "musicsched_plan")
}

# Calendars

read_calendar <- function(path, name = NULL) {
  handle(.Call(R_swig_read_calendar, paths_of(path), name), "musicsched_calendar")
}

parse_calendar <- function(text, name = NULL) {
  handle(.Call(R_swig_parse_calendar, lines_of(text), name), "musicsched_calendar")
}

calendar_name <- function(calendar) .Call(R_swig_Calendar_name, pointer_of(calendar,
  "musicsched_calendar"))

can_recur <- function() .Call(R_swig_can_recur, unused) != 0

# A native agenda of a calendar, paths or a list of both.
agenda_of <- function(calendars, music = FALSE, block_all_day = FALSE, tasks = TRUE) {
  if (inherits(calendars, "musicsched_calendar")) calendars <- list(calendars)
  raw <- .Call(R_swig_new_Agenda)
  for (each in as.list(calendars)) {
    calendar <- if (is.character(each)) read_calendar(each) else each
    .Call(
      R_swig_Agenda_add, raw, pointer_of(calendar, "musicsched_calendar"), as.double(isTRUE(music)),
      as.double(isTRUE(block_all_day)), as.double(isTRUE(tasks))
    )
  }
  raw
}

found_in <- function(raw) {
  events <- with_dates(frame(.Call(R_swig_Agenda_events, raw)), "date")
  events$start_utc <- instants(events$start_utc)
  events$end_utc <- instants(events$end_utc)
  tasks <- frame(.Call(R_swig_Agenda_tasks, raw))
  events$all_day <- events$all_day != 0
  events$busy <- events$busy != 0
  tasks$duration_is_assumed <- tasks$duration_is_assumed != 0
  structure(
    list(
      events = events, tasks = tasks, left_out = frame(.Call(R_swig_Agenda_left_out, raw)),
      json = .Call(R_swig_Agenda_to_json, raw)
    ),
    class = "musicsched_agenda"
  )
}

agenda <- function(calendars, date, days = 1, timezone = "") {
  raw <- agenda_of(calendars)
  .Call(R_swig_Agenda_make, raw, as.character(date), days, timezone)
  found_in(raw)
}

add_calendar <- function(plan, calendars, music = FALSE, block_all_day = FALSE, tasks = TRUE,
  timezone = "") {
  raw <- agenda_of(calendars, music, block_all_day, tasks)
  added <- handle(.Call(R_swig_Agenda_add_to, raw, pointer_of(plan, "musicsched_plan"), timezone),
    "musicsched_plan")
  added$agenda <- found_in(raw)
  added
}

print.musicsched_agenda <- function(x, ...) {
  for (part in c("events", "tasks", "left_out")) {
    cat(part, ":\n", sep = "")
    print(x[[part]], ...)
  }
  invisible(x)
}

# Playlists

match_of <- function(pointer) structure(
  list(
    pointer = pointer, name = .Call(R_swig_Match_name, pointer),
    found = .Call(R_swig_Match_found, pointer, unused),
    songs = frame(.Call(R_swig_Match_songs, pointer)),
    remarks = frame(.Call(R_swig_Match_remarks, pointer)),
    json = .Call(R_swig_Match_to_json, pointer)
  ),
  class = "musicsched_match"
)

match_playlist <- function(catalog, path, only = "") {
  pointer <- pointer_of(catalog, "musicsched_catalog")
  match_of(.Call(R_swig_Catalog_match_file, pointer, paths_of(path), only))
}

match_songs <- function(catalog, songs) {
  pointer <- pointer_of(catalog, "musicsched_catalog")
  lines <- paste(gsub("\n", " ", songs, fixed = TRUE), collapse = "\n")
  match_of(.Call(R_swig_Catalog_match_songs, pointer, lines))
}

add_songs <- function(plan, match, must = FALSE, weight = 0, limit = 0) {
  handle(.Call(
    R_swig_Plan_add_songs, pointer_of(plan, "musicsched_plan"),
    pointer_of(match, "musicsched_match"), as.double(isTRUE(must)), weight, limit
  ), "musicsched_plan")
}

print.musicsched_match <- function(x, ...) {
  cat(sprintf("<musicsched_match: %.0f of %d songs found>\n", x$found, nrow(x$songs)))
  invisible(x)
}

# Listening histories

read_history <- function(paths) {
  lines <- paste(paths_of(paths), collapse = "\n")
  handle(.Call(R_swig_read_history, lines), "musicsched_history")
}

parse_history <- function(text) handle(.Call(R_swig_parse_history, lines_of(text)),
  "musicsched_history")

history_names <- c("plays", "songs", "artists", "episodes", "duplicates", "unreadable", "first_utc",
  "last_utc")

history_info <- function(history) {
  pointer <- pointer_of(history, "musicsched_history")
  vapply(history_names, function(name) .Call(R_swig_History_info, pointer, name, unused), 0)
}

history_remarks <- function(history) {
  frame(.Call(R_swig_History_remarks, pointer_of(history, "musicsched_history")))$remark
}

history_lists <- c("songs", "artists", "hours", "weekdays", "months")

history_summary <- function(history, limit = 10, timezone = "", from = "", to = "",
  min_played_s = 0, by_time = FALSE) {
  raw <- .Call(
    R_swig_History_summary, pointer_of(history, "musicsched_history"), limit, timezone,
    as.character(from), as.character(to), min_played_s, as.double(isTRUE(by_time))
  )
  lists <- lapply(history_lists, function(name) frame(.Call(R_swig_Summary_list, raw, name)))
  names(lists) <- history_lists
  totals <- as.list(with_dates(frame(.Call(R_swig_Summary_totals, raw)),
    c("first_date", "last_date", "longest_from", "longest_to")))
  c(list(totals = totals), lists, list(json = .Call(R_swig_Summary_to_json, raw)))
}

history_catalog <- function(history, songs = NULL) {
  given <- pointer_of(songs, "musicsched_catalog", optional = TRUE)
  catalog_of(.Call(R_swig_History_catalog, pointer_of(history, "musicsched_history"), given))
}

avoid <- function(plan, history, catalog, days = 0) {
  handle(.Call(
    R_swig_Plan_avoid, pointer_of(plan, "musicsched_plan"),
    pointer_of(history, "musicsched_history"), pointer_of(catalog, "musicsched_catalog"), days
  ), "musicsched_plan")
}

# Schedules

schedule <- function(catalog, plan, seed = 0, work_limit = 0, time_limit_ms = 0, previous = NULL,
  assume_done = FALSE, lazy_reasons = FALSE) {
  handle(.Call(
    R_swig_Catalog_schedule, pointer_of(catalog, "musicsched_catalog"),
    pointer_of(plan, "musicsched_plan"), seed, work_limit, time_limit_ms,
    pointer_of(previous, "musicsched_schedule", optional = TRUE), as.double(isTRUE(assume_done)),
    as.double(isTRUE(lazy_reasons))
  ), "musicsched_schedule")
}

schedule_many <- function(catalog, plans, ..., progress = NULL) {
  made <- vector("list", length(plans))
  for (i in seq_along(plans)) {
    made[[i]] <- schedule(catalog, plans[[i]], ...)
    if (is.function(progress)) progress(i, length(plans))
  }
  names(made) <- names(plans)
  made
}

schedule_json <- function(text) handle(.Call(R_swig_schedule_from_json, lines_of(text)),
  "musicsched_schedule")

entries <- function(schedule) {
  pointer <- pointer_of(schedule, "musicsched_schedule")
  rows <- frame(.Call(R_swig_Schedule_entries, pointer))
  rows$fixed <- rows$fixed != 0
  rows <- with_times(rows, rows$date, .Call(R_swig_Schedule_timezone, pointer))
  with_dates(rows, "date")
}

unplaced <- function(schedule) frame(.Call(R_swig_Schedule_unplaced,
  pointer_of(schedule, "musicsched_schedule")))

fixes <- function(schedule) {
  found <- frame(.Call(R_swig_Schedule_fixes, pointer_of(schedule, "musicsched_schedule")))
  found$item <- found$item + 1
  found
}

schedule_warnings <- function(schedule) frame(.Call(R_swig_Schedule_warnings,
  pointer_of(schedule, "musicsched_schedule")))

bounds <- function(schedule) frame(.Call(R_swig_Schedule_bounds,
  pointer_of(schedule, "musicsched_schedule")))

overloads <- function(schedule) frame(.Call(R_swig_Schedule_overloads,
  pointer_of(schedule, "musicsched_schedule")))

schedule_info <- function(schedule) {
  pointer <- pointer_of(schedule, "musicsched_schedule")
  list(
    date = as.Date(.Call(R_swig_Schedule_date, pointer)),
    timezone = .Call(R_swig_Schedule_timezone, pointer),
    status = .Call(R_swig_Schedule_status, pointer),
    stop = .Call(R_swig_Schedule_stop, pointer),
    optimal = .Call(R_swig_Schedule_info, pointer, "optimal", unused) != 0,
    moved = .Call(R_swig_Schedule_info, pointer, "moved", unused)
  )
}

to_json <- function(x) {
  if (inherits(x, "musicsched_plan")) return(.Call(R_swig_Plan_to_json, x$pointer))
  if (inherits(x, c("musicsched_agenda", "musicsched_match"))) return(x$json)
  .Call(R_swig_Schedule_to_json, pointer_of(x, "musicsched_schedule"))
}

to_text <- function(x, catalog = NULL) {
  if (!inherits(x, "musicsched_plan")) {
    return(.Call(R_swig_Schedule_to_text, pointer_of(x, "musicsched_schedule")))
  }
  songs <- pointer_of(catalog, "musicsched_catalog", optional = TRUE)
  .Call(R_swig_Plan_to_text, x$pointer, songs)
}

to_ical <- function(schedule, what = "all", calendar_name = "", timestamp = NULL, alarm_s = -1,
                    cancelled = FALSE, sequence = 0, refresh_s = 0) {
  stamp <- if (is.null(timestamp)) "" else format(timestamp, "%Y%m%dT%H%M%SZ", tz = "UTC")
  .Call(
    R_swig_Schedule_to_ical, pointer_of(schedule, "musicsched_schedule"), what, calendar_name,
    stamp, alarm_s, as.integer(cancelled), sequence, refresh_s
  )
}

musicsched_version <- function() .Call(R_swig_version)

# Methods of R's own generics

as.data.frame.musicsched_catalog <- function(x, ...) {
  with_factors(song_frame(.Call(R_swig_Catalog_entries, pointer_of(x, "musicsched_catalog"))),
    c("playlist_genre", "playlist_subgenre"))
}

as.data.frame.musicsched_schedule <- function(x, ...) entries(x)

close.musicsched_handle <- function(con, ...) {
  switch(class(con)[1],
    musicsched_catalog = .Call(R_swig_Catalog_close, con$pointer),
    musicsched_plan = .Call(R_swig_Plan_close, con$pointer),
    musicsched_schedule = .Call(R_swig_Schedule_close, con$pointer),
    musicsched_calendar = .Call(R_swig_Calendar_close, con$pointer),
    musicsched_history = .Call(R_swig_History_close, con$pointer)
  )
  invisible(NULL)
}

is_open <- function(x) {
  open <- switch(class(x)[1],
    musicsched_catalog = .Call(R_swig_Catalog_is_open, x$pointer, unused),
    musicsched_plan = .Call(R_swig_Plan_is_open, x$pointer, unused),
    musicsched_schedule = .Call(R_swig_Schedule_is_open, x$pointer, unused),
    musicsched_calendar = .Call(R_swig_Calendar_is_open, x$pointer, unused),
    musicsched_history = .Call(R_swig_History_is_open, x$pointer, unused)
  )
  open != 0
}

format.musicsched_handle <- function(x, ...) {
  name <- class(x)[1]
  if (!is_open(x)) return(paste0("<", name, ", closed>"))
  if (name == "musicsched_catalog") {
    info <- catalog_info(x)
    return(sprintf("<musicsched_catalog: %.0f entries of %.0f tracks>", info[["entries"]],
      info[["tracks"]]))
  }
  if (name == "musicsched_schedule") return(to_text(x))
  if (name == "musicsched_calendar") return(sprintf("<musicsched_calendar %s>", calendar_name(x)))
  if (name == "musicsched_history") {
    info <- history_info(x)
    return(sprintf("<musicsched_history: %.0f plays of %.0f songs>", info[["plays"]],
      info[["songs"]]))
  }
  sprintf(
    "<musicsched_plan: %.0f to-dos, %.0f songs>", .Call(R_swig_Plan_todo_count, x$pointer, unused),
    .Call(R_swig_Plan_song_count, x$pointer, unused)
  )
}

print.musicsched_handle <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  invisible(x)
}

summary.musicsched_catalog <- function(object, ...) catalog_info(object)
