package org.musicsched;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Plays of songs, with their times and lengths. Immutable; threads may share one. close() frees the
 * memory at once; a Cleaner frees a history that you do not close.
 */
public final class History implements AutoCloseable {
    private static final List<String> INFO = List.of("plays", "songs", "artists", "episodes",
        "duplicates", "unreadable", "first_utc", "last_utc");

    final RawHistory raw;

    private History(RawHistory raw) {
        this.raw = raw;
    }

    /** A song of a summary; trackId is null if the files do not give it. */
    public record Song(int rank, String title, String artist, String trackId, int plays,
        long playedMs, int skipped, int skippedKnown) {
    }

    public record Artist(int rank, String artist, int plays, long playedMs, int skipped,
        int skippedKnown) {
    }

    /** Hours from 0 to 23. */
    public record Hour(int hour, int plays, long playedMs, int skipped, int skippedKnown) {
    }

    /** Weekdays from 1, Monday. */
    public record Weekday(int weekday, int plays, long playedMs, int skipped, int skippedKnown) {
    }

    public record Month(int year, int month, int plays, long playedMs, int skipped,
        int skippedKnown) {
    }

    /** Streaks are days in a row with a play; dates are null without plays. */
    public record Totals(int plays, int songs, int artists, long playedMs, int skipped,
        int skippedKnown, int days, int longestStreak, int latestStreak, LocalDate firstDate,
        LocalDate lastDate, LocalDate longestFrom, LocalDate longestTo) {
    }

    /** Summary of a history over a range of time. */
    public record Summary(Totals totals, List<Song> songs, List<Artist> artists, List<Hour> hours,
        List<Weekday> weekdays, List<Month> months, String toJson) {
    }

    /** Options of a summary. */
    public static final class SummaryOptions {
        int limit = 10;
        String timezone = "";
        LocalDate from;
        LocalDate to;
        int minPlayedS;
        boolean byTime;

        /** Number of songs and artists. */
        public SummaryOptions limit(int value) {
            limit = value;
            return this;
        }

        /** Time zone of hours and days: an IANA name; "": UTC. */
        public SummaryOptions timezone(String value) {
            timezone = value;
            return this;
        }

        /** The first day. */
        public SummaryOptions from(LocalDate value) {
            from = value;
            return this;
        }

        /** The last day. */
        public SummaryOptions to(LocalDate value) {
            to = value;
            return this;
        }

        /** Leave out shorter plays. */
        public SummaryOptions minPlayedS(int value) {
            minPlayedS = value;
            return this;
        }

        /** Sort songs and artists by time played, not by number of plays. */
        public SummaryOptions byTime(boolean value) {
            byTime = value;
            return this;
        }

        @Override
        public String toString() {
            return "SummaryOptions[limit=" + limit + ", timezone=" + timezone + ", from=" + from
                + ", to=" + to + ", minPlayedS=" + minPlayedS + ", byTime=" + byTime + "]";
        }
    }

    /** Read files as one history; a play that is in two files counts once. */
    public static History read(Path... paths) {
        String lines = Arrays.stream(Library.need(paths, "paths"))
            .map(path -> Library.need(path, "path").toString())
            .collect(Collectors.joining("\n"));
        return new History(musicsched.read_history(lines));
    }

    /** Read the text of one file. */
    public static History parse(String text) {
        return new History(musicsched.parse_history(text));
    }

    /** Counts by name; first_utc and last_utc are seconds since 1970. */
    public Map<String, Long> info() {
        Map<String, Long> info = new TreeMap<>();
        for (String name : INFO) {
            info.put(name, raw.info(name));
        }
        return info;
    }

    /** Up to 100 items that could not be read, each as "FILE:LINE: reason". */
    public List<String> remarks() {
        return List.of(new Table(raw.remarks()).texts("remark"));
    }

    public Summary summary() {
        return summary(new SummaryOptions());
    }

    public Summary summary(SummaryOptions options) {
        RawSummary found = raw.summary(options.limit, options.timezone, text(options.from),
            text(options.to), options.minPlayedS, options.byTime ? 1 : 0);
        return new Summary(new Table(found.totals()).records(Totals.class).get(0),
            new Table(found.list("songs")).records(Song.class),
            new Table(found.list("artists")).records(Artist.class),
            new Table(found.list("hours")).records(Hour.class),
            new Table(found.list("weekdays")).records(Weekday.class),
            new Table(found.list("months")).records(Month.class), found.to_json());
    }

    private static String text(LocalDate date) {
        return date == null ? "" : date.toString();
    }

    /**
     * A catalog whose popularity is how often a song was played. songs: its songs; null: the songs
     * of the history, some of which have no length.
     */
    public Catalog catalog(Catalog songs) {
        return new Catalog(raw.catalog(Catalog.raw(songs)));
    }

    public boolean isOpen() {
        return raw.is_open() != 0;
    }

    @Override
    public void close() {
        raw.close();
    }

    @Override
    public String toString() {
        return isOpen() ? "History[" + raw.info("plays") + " plays]" : "History[closed]";
    }
}
