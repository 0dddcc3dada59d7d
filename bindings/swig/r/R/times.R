# Times as R's own: Date, POSIXct and factors in the tables.

# Instants of seconds since 1970.
instants <- function(seconds, timezone = "UTC") {
  as.POSIXct(seconds, origin = "1970-01-01", tz = if (timezone == "") "UTC" else timezone)
}

# What clocks show so many seconds after the midnight of a date: in the plan's time zone, or on
# those of this session if it has none.
clock_times <- function(seconds, utc, date, timezone) {
  if (timezone != "") return(instants(utc, timezone))
  days <- as.Date(date) + seconds %/% 86400
  text <- sprintf("%s %02d:%02d:%02d", format(days), as.integer(seconds %/% 3600 %% 24),
    as.integer(seconds %/% 60 %% 60), as.integer(seconds %% 60))
  as.POSIXct(text, format = "%Y-%m-%d %H:%M:%S", tz = "")
}

with_times <- function(rows, date, timezone) {
  for (side in c("start", "end")) {
    rows[[side]] <- clock_times(rows[[paste0(side, "_s")]], rows[[paste0(side, "_utc")]], date,
      timezone)
  }
  rows
}

with_dates <- function(rows, names) {
  for (name in names) rows[[name]] <- as.Date(rows[[name]])
  rows
}

with_factors <- function(rows, names) {
  for (name in intersect(names, colnames(rows))) rows[[name]] <- factor(rows[[name]])
  rows
}

# Seconds after midnight of a time on the plan's date; numbers as they are.
seconds_of <- function(time) {
  if (is.null(time)) return(-1)
  if (!inherits(time, "POSIXt")) return(time)
  parts <- as.POSIXlt(time)
  parts$hour * 3600 + parts$min * 60 + floor(parts$sec)
}
