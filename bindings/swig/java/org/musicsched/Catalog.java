package org.musicsched;

import static org.musicsched.Library.need;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Songs. Immutable; threads may share one. close() frees the memory at once, and later use is an
 * error; a Cleaner frees a catalog that you do not close.
 */
public final class Catalog implements AutoCloseable {
    private static final List<String> INFO = List.of("entries", "tracks", "recordings", "artists",
        "albums", "playlists", "genres",
            "subgenres", "rows_skipped", "memory_bytes");

    final RawCatalog raw;

    Catalog(RawCatalog raw) {
        this.raw = raw;
    }

    /**
     * A song of a result; parts of the release date are null if unknown, and releaseDate if the
     * day is unknown. trackArtist names all artists in one text.
     */
    public record Song(int rank, String trackId, String trackName, String trackArtist,
        List<String> artists, int trackPopularity, Integer releaseYear,
            Integer releaseMonth, Integer releaseDay, LocalDate releaseDate, long durationMs) {
    }

    /**
     * A hit of a search; releaseDate: null if the day is unknown; score: 0 to 1; match: exact,
     * words, prefix or typo.
     */
    public record Hit(int rank, String trackId, String trackName, String trackArtist,
        List<String> artists, int trackPopularity, LocalDate releaseDate, long durationMs,
            double score, String match) {
    }

    /** Statistics of popularity in a group; NaN if there are too few values. */
    public record Group(String key, String label, long n, long sum, double mean, double sd,
        double ci95Low, double ci95High,
            double min, double q1, double median, double q3, double max, long zeros,
            double zeroShare) {
    }

    /**
     * Tests of whether popularity depends on the group: F of a one-way analysis of variance, the
     * share of the variance between the groups, and Kruskal-Wallis. NaN where a test is not
     * defined.
     */
    public record GroupTest(long groupCount, long n, double f, double dfBetween, double dfWithin,
        double p, double etaSquared, double kruskalH, double kruskalP) {
    }

    /** Popularities in [low, high), in the last one [low, high]. */
    public record Bin(double low, double high, long n, long zeros) {
    }

    /**
     * Correlation of popularity with a feature; slope in points of popularity per unit of the
     * feature; p: of r = 0, by Student's t.
     */
    public record Correlation(String feature, long n, double r, double rCi95Low, double rCi95High,
        double slope,
            double featureMean, double featureSd, double p) {
    }

    /** A row that was left out because it cannot be read. */
    public record Skipped(long line, int column, String code, String message) {
    }

    /** Load a CSV file. Interrupting the thread stops it with a CancellationException. */
    public static Catalog read(Path path) {
        return read(path, "", false, Map.of());
    }

    /** Load several files as one catalog. */
    public static Catalog read(List<Path> paths) {
        return read(paths, "", false, Map.of(), false, 0);
    }

    /**
     * As read(path). delimiter: one character, "": detected; skipBadRows: leave out rows that
     * cannot be read, even if they are most of a file, or with strict; columns: headers of columns
     * with other names, such as Map.of("track_artist", "artists").
     */
    public static Catalog read(Path path, String delimiter, boolean skipBadRows,
        Map<String, String> columns) {
        return read(List.of(need(path, "path")), delimiter, skipBadRows, columns, false, 0);
    }

    /**
     * As above. strict: refuse files that need assumptions; defaultDurationMs: length of songs of
     * unknown length, 0: it stays unknown.
     */
    public static Catalog read(List<Path> paths, String delimiter, boolean skipBadRows,
        Map<String, String> columns,
            boolean strict, long defaultDurationMs) {
        return read(paths, delimiter, skipBadRows, columns, strict, defaultDurationMs, "");
    }

    /** As above. encoding: of the files, for example "GB18030" or "CP1251"; "": detected. */
    public static Catalog read(List<Path> paths, String delimiter, boolean skipBadRows,
        Map<String, String> columns,
            boolean strict, long defaultDurationMs, String encoding) {
        String lines = need(paths, "paths").stream().map(Path::toString)
            .collect(Collectors.joining("\n"));
        return new Catalog(musicsched.read_csv(lines, delimiter, skipBadRows ? 1 : 0,
            lines(columns), strict ? 1 : 0,
                defaultDurationMs, encoding));
    }

    /** Load CSV text. */
    public static Catalog parse(String text) {
        return parse(text, "", false, Map.of());
    }

    public static Catalog parse(String text, String delimiter, boolean skipBadRows,
        Map<String, String> columns) {
        return new Catalog(musicsched.read_csv_text(text, delimiter, skipBadRows ? 1 : 0,
            lines(columns), 0, 0, ""));
    }

    private static String lines(Map<String, String> columns) {
        return columns.entrySet().stream().map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining("\n"));
    }

    /** Look up the songs of a playlist file: M3U, XSPF, Spotify's JSON, a table or a plain list. */
    public Match match(Path playlist) {
        return match(playlist, "");
    }

    /** only: name of the playlist to read, if the file has several. */
    public Match match(Path playlist, String only) {
        return new Match(raw.match_file(need(playlist, "playlist").toString(), only));
    }

    /** Look up songs: each is "Title - Artist", a title or a Spotify link. */
    public Match match(List<String> songs) {
        return new Match(raw.match_songs(need(songs, "songs").stream()
            .map(song -> song.replace('\n', ' ')).collect(Collectors.joining("\n"))));
    }

    static RawCatalog raw(Catalog catalog) {
        return catalog == null ? null : catalog.raw;
    }

    @Override
    public void close() {
        raw.close();
    }

    public boolean isOpen() {
        return raw.is_open() != 0;
    }

    /** Counts by name. */
    public Map<String, Long> info() {
        Map<String, Long> info = new TreeMap<>();
        for (String name : INFO) {
            info.put(name, raw.info(name));
        }
        return info;
    }

    /** Build the indexes that the first search and schedule would otherwise build. */
    public Catalog prepare() {
        raw.prepare();
        return this;
    }

    /**
     * Save as a file (usually *.msc) that {@link #read} opens at once; it is written whole or not
     * at all.
     */
    public Catalog save(Path path) {
        raw.save(need(path, "path").toString());
        return this;
    }

    /** All tracks, in order of first appearance. */
    public Table tracks() {
        return new Table(raw.tracks());
    }

    /** All rows of the input. */
    public Table entries() {
        return new Table(raw.entries());
    }

    public List<Skipped> skipped() {
        return new Table(raw.skipped()).records(Skipped.class);
    }

    /** How the catalog was read, as text for people. */
    public String report() {
        return raw.report();
    }

    /** The same as JSON. */
    public String reportJson() {
        return raw.report_json();
    }

    /** One track with its audio features and playlists. */
    public String trackJson(String trackId) {
        return raw.track_json(trackId);
    }

    public List<Song> top(long limit) {
        return top(limit, Count.DEFAULT, null);
    }

    /** The most popular songs. where: null for all songs, here and below. */
    public List<Song> top(long limit, Count count, Filter where) {
        return new Table(raw.top(limit, need(count, "count").text(), Filter.raw(where)))
            .records(Song.class);
    }

    public List<Group> groups(GroupBy by) {
        return groups(by, Count.DEFAULT, null);
    }

    /**
     * Groups of texts are sorted by mean, highest first; years, decades and months chronologically.
     */
    public List<Group> groups(GroupBy by, Count count, Filter where) {
        return groups(by, count, Order.DEFAULT, 0, 0, where);
    }

    /** The first `limit` groups (0: all) of those with `minN` songs or more. */
    public List<Group> groups(GroupBy by, Count count, Order order, long minN, long limit,
        Filter where) {
        return new Table(raw.groups(need(by, "by").text(), need(count, "count").text(),
            need(order, "order").text(), minN, limit, Filter.raw(where))).records(Group.class);
    }

    /** As groups. */
    public List<Group> groupBy(GroupBy by) {
        return groups(by);
    }

    /** As groups. */
    public List<Group> groupBy(GroupBy by, Count count, Filter where) {
        return groups(by, count, where);
    }

    /** Whether the popularity of tracks depends on the group. */
    public GroupTest groupTest(GroupBy by) {
        return groupTest(by, Count.DEFAULT, null);
    }

    /**
     * Whether popularity depends on the group: one-way analysis of variance and the Kruskal-Wallis
     * test. Both take songs as independent; etaSquared is the share of the variance between the
     * groups.
     */
    public GroupTest groupTest(GroupBy by, Count count, Filter where) {
        return new Table(raw.group_test(need(by, "by").text(), need(count, "count").text(),
            Filter.raw(where)))
            .records(GroupTest.class).get(0);
    }

    /** Tracks by YEAR, DECADE, MONTH (of the year) or YEAR_MONTH, in chronological order. */
    public List<Group> trend(GroupBy unit) {
        return trend(unit, Count.DEFAULT, null);
    }

    /** By YEAR, DECADE, MONTH (of the year) or YEAR_MONTH, in chronological order. */
    public List<Group> trend(GroupBy unit, Count count, Filter where) {
        return new Table(raw.trend(need(unit, "unit").text(), need(count, "count").text(),
            Filter.raw(where)))
            .records(Group.class);
    }

    /** The popularity of tracks in 20 bins. */
    public List<Bin> histogram() {
        return histogram(20, Count.DEFAULT, null);
    }

    public List<Bin> histogram(long bins, Count count, Filter where) {
        return new Table(raw.histogram(bins, need(count, "count").text(), Filter.raw(where)))
            .records(Bin.class);
    }

    /** Correlation of the popularity of tracks with each audio feature. */
    public List<Correlation> correlations() {
        return correlations(Count.DEFAULT, null);
    }

    public List<Correlation> correlations(Count count, Filter where) {
        return new Table(raw.correlations(need(count, "count").text(), Filter.raw(where)))
            .records(Correlation.class);
    }

    public List<Hit> find(String text) {
        return find(text, 10, true);
    }

    /** Find songs by typed text. */
    public List<Hit> find(String text, long limit, boolean typos) {
        return new Table(raw.find(text, limit, typos ? 1 : 0)).records(Hit.class);
    }

    /** Completions for a search box. */
    public List<Hit> suggest(String text, long limit) {
        return new Table(raw.suggest(text, limit)).records(Hit.class);
    }

    public Schedule schedule(Plan plan) {
        return schedule(plan, new Schedule.Options());
    }

    /** Schedule a plan. Interrupting the thread stops it with a CancellationException. */
    public Schedule schedule(Plan plan, Schedule.Options options) {
        need(options, "options");
        return new Schedule(raw.schedule(need(plan, "plan").raw, options.seed,
            options.workLimit, options.timeLimitMs,
            options.previous == null ? null : options.previous.raw, options.assumeDone ? 1 : 0,
            options.lazyReasons ? 1 : 0));
    }

    /** The schedule of each plan, in the same order; close each schedule. */
    public List<Schedule> scheduleMany(List<Plan> plans, Schedule.Options options) {
        return scheduleMany(plans, options, (done, total) -> { });
    }

    /** Called after each plan with the number of scheduled plans and the total. */
    @FunctionalInterface
    public interface Progress {
        void report(int done, int total);
    }

    /** As above, with progress. An exception of progress ends the call. */
    public List<Schedule> scheduleMany(List<Plan> plans, Schedule.Options options,
        Progress progress) {
        List<Schedule> made = new java.util.ArrayList<>();
        try {
            for (Plan plan : need(plans, "plans")) {
                made.add(schedule(plan, options));
                progress.report(made.size(), plans.size());
            }
        } catch (RuntimeException problem) {
            made.forEach(Schedule::close);
            throw problem;
        }
        return made;
    }

    /** Version of the library. */
    public static String libraryVersion() {
        return musicsched.version();
    }

    @Override
    public String toString() {
        return isOpen() ? "Catalog[" + raw.info("entries") + " entries]" : "Catalog[closed]";
    }
}
