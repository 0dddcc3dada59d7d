# Pictures of a schedule and of popularity by group.

plot.musicsched_schedule <- function(x, main = NULL, xlab = "", ...) {
  rows <- entries(x)
  if (nrow(rows) == 0) refuse("the schedule has no entries to draw")
  if (is.null(main)) main <- format(schedule_info(x)$date, "%A %d %B %Y")
  lanes <- ifelse(rows$kind == "todo", 1, 2)
  colors <- c("#9ecae1", "#fdae6b")
  axis_of <- function(side) graphics::axis.POSIXct(side, rows$start, format = "%H:%M")
  graphics::plot(range(rows$start, rows$end), c(0.5, 2.5), type = "n", axes = FALSE, xlab = xlab,
    ylab = "", main = main, ...)
  graphics::rect(as.numeric(rows$start), lanes - 0.4, as.numeric(rows$end), lanes + 0.4,
    col = colors[lanes], border = "white")
  todo <- rows$kind == "todo"
  if (any(todo)) {
    middle <- (as.numeric(rows$start) + as.numeric(rows$end))[todo] / 2
    graphics::text(middle, 1, rows$title[todo], srt = 90, cex = 0.8)
  }
  axis_of(1)
  graphics::axis(2, at = 1:2, labels = c("to-dos", "songs"), tick = FALSE, las = 1)
  invisible(x)
}

# The mean of each group with its 95 % interval; the first group is at the top.
plot.musicsched_groups <- function(x, main = "Mean popularity", xlab = "popularity", ...) {
  if (nrow(x) == 0) refuse("there are no groups to draw")
  at <- rev(seq_len(nrow(x)))
  span <- range(x$mean, x$ci95_low, x$ci95_high, na.rm = TRUE)
  graphics::dotchart(rev(x$mean), labels = rev(x$key), xlim = span, main = main, xlab = xlab,
    pch = 19, ...)
  known <- !is.na(x$ci95_low)
  graphics::segments(x$ci95_low[known], at[known], x$ci95_high[known], at[known])
  invisible(x)
}
