// The acceptance test of the Java binding; bindings/swig/tests/run.py runs it.
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.musicsched.Agenda;
import org.musicsched.Calendar;
import org.musicsched.Catalog;
import org.musicsched.Count;
import org.musicsched.Filter;
import org.musicsched.GroupBy;
import org.musicsched.History;
import org.musicsched.Match;
import org.musicsched.MusicschedException;
import org.musicsched.Order;
import org.musicsched.Plan;
import org.musicsched.Schedule;
import org.musicsched.State;
import org.musicsched.Table;

public class TestMusicsched {
    static final String HEADER =
        "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_genre\n";
    static final String SMALL = HEADER
        + "id1,Café 🎵,Beyoncé,70,200000,pop\nid2,Zweites Lied,Die Ärzte,60,210000,rock\n";

    interface Test {
        void run() throws Exception;
    }

    static String given(String name) {
        return Objects.requireNonNull(System.getenv("MUSICSCHED_TEST_" + name), name);
    }

    static void equal(Object expected, Object found, String what) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(what + ": found " + found + ", expected " + expected);
        }
    }

    static void close(double expected, double found, String what) {
        if (!(Math.abs(expected - found) <= 5e-7)) {
            throw new AssertionError(what + ": found " + found + ", expected " + expected);
        }
    }

    static void check(boolean truth, String what) {
        if (!truth) {
            throw new AssertionError(what);
        }
    }

    static MusicschedException refused(String what, Test test) throws Exception {
        try {
            test.run();
        } catch (MusicschedException problem) {
            return problem;
        }
        throw new AssertionError(what + ": nothing was thrown");
    }

    static Plan today(String text, Catalog catalog) {
        return Plan.fromText(text, catalog, "2026-11-24", "");
    }

    static void referenceAnswers() {
        if (given("REAL").isEmpty()) {
            System.out.println("  without the real data set");
            return;
        }
        try (Catalog catalog = Catalog.read(Path.of(given("REAL")))) {
            Map<String, Long> info = catalog.info();
            equal(List.of(32833L, 28356L, 26160L, 10693L, 471L),
                List.of(info.get("entries"), info.get("tracks"),
                    info.get("recordings"), info.get("artists"), info.get("playlists")), "info");
            List<Catalog.Song> top = catalog.top(2, Count.ENTRIES, null);
            equal(2, top.size(), "rows");
            for (Catalog.Song song : top) {
                equal("Dance Monkey/Tones and I/100", song.trackName() + "/" + song.trackArtist()
                    + "/" + song.trackPopularity(), "top");
            }
            Map<String, Double> expected = Map.of("pop", 47.744870, "latin", 47.026576, "rap",
                43.215454, "rock", 41.728338, "r&b",
                    41.223532, "edm", 34.833526);
            List<Catalog.Group> largest = catalog.groups(GroupBy.GENRE, Count.ENTRIES, Order.N,
                5000, 2, null);
            equal(List.of("edm", "rap"), largest.stream().map(Catalog.Group::key).toList(),
                "the largest genres");
            List<Catalog.Group> genres = catalog.groups(GroupBy.GENRE, Count.ENTRIES,
                null);
            equal(6, genres.size(), "genres");
            for (Catalog.Group genre : genres) {
                close(expected.get(genre.key()), genre.mean(), genre.key());
            }
            double[] means = {38.816218, 41.470952, 40.531778, 40.438550, 43.543812, 43.818410,
                42.934826, 43.441496, 44.078647,
                45.065781, 45.774635, 44.403186};
            long[] rows = {5093, 1618, 2014, 1904, 2214, 2390, 2010, 2299, 2543, 3086, 3359, 2448};
            List<Catalog.Group> months = catalog.trend(GroupBy.MONTH, Count.ENTRIES, null);
            for (int i = 0; i < 12; i++) {
                close(means[i], months.get(i).mean(), "mean of " + months.get(i).key());
                equal(rows[i], months.get(i).n(), "rows of " + months.get(i).key());
            }
            List<Catalog.Bin> bins = catalog.histogram(20, Count.TRACKS, null);
            equal(28356L, bins.stream().mapToLong(Catalog.Bin::n).sum(), "sum of the bins");
            equal(2620L, bins.get(0).zeros(), "tracks of popularity 0");
            check(catalog.correlations(Count.TRACKS, null).stream()
                .allMatch(row -> Math.abs(row.r()) <= 0.15), "correlations");
            equal("Dance Monkey", catalog.find("dance monky tones").get(0).trackName(),
                "find with a typing mistake");
            equal("Dance Monkey", catalog.suggest("dance mon", 5).get(0).trackName(), "suggest");
            close(43.333657, catalog.groups(GroupBy.ALL, Count.TRACKS, Filter.where().excludeZero())
                .get(0).mean(), "without zeros");
            Table entries = catalog.entries();
            equal(32833, entries.rows(), "entries");
            equal(32833, entries.numbers("track_popularity").length, "a column");
        }
    }

    static void artistsAndGenresAsLists() {
        try (Catalog catalog = Catalog.parse("title,artists,genres,popularity\n"
                + "Stone,Ida Blue;Orson,\"folk, pop\",9\nRain,Orson,,5\n")) {
            equal(List.of(List.of("Ida Blue", "Orson"), List.of("Orson")),
                catalog.entries().lists("artists"), "artists");
            equal(List.of(List.of("folk", "pop"), List.of()), catalog.entries().lists("genres"),
                "genres");
            equal(List.of("Ida Blue", "Orson"), catalog.top(1).get(0).artists(), "of a song");
        }
    }

    static void releaseDates() {
        try (Catalog catalog = Catalog.parse("title,artist,popularity,release_date\n"
                + "Sun,Ana,90,2019-06-14\nMoon,Ana,80,2019-06\n")) {
            LocalDate day = LocalDate.of(2019, 6, 14);
            equal(Arrays.asList(day, null),
                Arrays.asList(catalog.tracks().dates("release_date")), "dates of tracks");
            equal(List.of("2019-06-14", "2019-06"),
                List.of(catalog.entries().texts("track_album_release_date")), "in the file");
            Catalog.Song moon = catalog.top(2).get(1);
            equal(day, catalog.top(1).get(0).releaseDate(), "date of the top");
            equal(Arrays.asList(2019, 6, null, null), Arrays.asList(moon.releaseYear(),
                moon.releaseMonth(), moon.releaseDay(), moon.releaseDate()), "parts of a date");
            equal(day, catalog.find("sun").get(0).releaseDate(), "date of a hit");
        }
    }

    /** One song under two ids, one of them in two playlists. */
    static void whatIsCountedByDefault() {
        try (Catalog catalog = Catalog.parse("track_id,track_name,track_artist,track_popularity,"
                + "track_album_release_date,playlist_id,playlist_genre,energy\n"
                + "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n"
                + "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n")) {
            equal(List.of("a1", "b1"),
                catalog.top(10).stream().map(Catalog.Song::trackId).toList(), "top");
            equal(3L, catalog.groups(GroupBy.GENRE).get(0).n(), "groups");
            equal(3L, catalog.trend(GroupBy.YEAR).get(0).n(), "trend");
            equal(3L, catalog.histogram().stream().mapToLong(Catalog.Bin::n).sum(), "histogram");
            equal(List.of(3L), catalog.correlations().stream()
                .filter(row -> row.feature().equals("energy"))
                .map(Catalog.Correlation::n).toList(), "correlations");
            Catalog.GroupTest test = catalog.groupTest(GroupBy.ARTIST);
            equal(List.of(2L, 3L), List.of(test.groupCount(), test.n()), "groups tested");
            equal(List.of(3.0, 0.75, 1.5),
                List.of(test.f(), test.etaSquared(), test.kruskalH()), "test of groups");
            check(Math.abs(test.p() - 1.0 / 3) < 1e-12, "p of the test of groups");
        }
    }

    static void sameBytesAsTheCommandLine() throws IOException {
        try (Catalog catalog = Catalog.read(Path.of(given("SAMPLE")));
                Plan plan = Plan.fromText(Files.readString(Path.of(given("PLAN"))), catalog);
                Schedule schedule = catalog.schedule(plan)) {
            equal(Files.readString(Path.of(given("SCHEDULE"))), schedule.toJson(), "schedule");
            equal("none", schedule.stop(), "stop");
            equal(7, schedule.bounds().size(), "levels");
            equal("tasks_1", schedule.bounds().get(0).level(), "first level");
            check(schedule.bounds().stream().allMatch(level -> level.value() == level.bound()),
                "bounds are met");
            List<String> progress = new ArrayList<>();
            List<Schedule> many = catalog.scheduleMany(List.of(plan, plan),
                new Schedule.Options(), (done, total) -> progress.add(done + " of " + total));
            equal(List.of("1 of 2", "2 of 2"), progress, "progress");
            equal(schedule.toJson(), many.get(1).toJson(), "many");
            many.forEach(Schedule::close);
            equal(catalog.groups(GroupBy.GENRE), catalog.groupBy(GroupBy.GENRE), "groupBy");
            String text = plan.toText(catalog);
            check(text.contains("\u266a Dancing Monkey - Synthetic Otters "), "a title");
            equal(plan.toJson(), Plan.fromText(text, catalog).toJson(), "by way of text");
            check(plan.toText().contains("\u266a spotify:track:"), "an id");
            Plan week = Plan.of(Map.of("date", LocalDate.of(2026, 11, 23), "days", 7,
                "day", Map.of("exceptions", List.of(Map.of("on", List.of("sun"), "off", true))),
                "todos", List.of(Map.of("title", "Stand-up \\ \"daily\"", "start",
                    LocalTime.of(9, 0), "end", "09:15", "on", List.of("mon", "wed")),
                    Map.of("title", "Gym", "duration_s", Duration.ofHours(1), "times", 3,
                        "apart_days", 2, "music", true)),
                "songs", List.of(Map.of("query", "Halo", "times", "each")),
                "listening", Map.of("fills", List.of(Map.of("duration_s", 1800, "during", "gym",
                    "on", List.of("mon"))))));
            String json = "{\"date\": \"2026-11-23\", "
                + "\"days\": 7, \"day\": {\"exceptions\": [{\"on\": [\"sun\""
                + "], \"off\": true}]}, \"todos\": [{"
                + "\"title\": \"Stand-up \\\\ \\\"daily\\\"\", \"start\": \"09:00\", "
                + "\"end\": \"09:15\", "
                + "\"on\": [\"mon\", \"wed\"]}, {\"title\": \"Gym\", \"duration_s\": 3600, "
                + "\"times\": 3, \"apart_days\": 2, \"music\": true}], "
                + "\"songs\": [{\"query\": \"Halo\""
                + ", \"times\": \"each\"}], "
                + "\"listening\": {\"fills\": [{\"duration_s\": 1800, \"during\": \"gym\", "
                + "\"on\": [\"mon\"]}]}}";
            equal(Plan.fromJson(json).toJson(), week.toJson(), "from maps");
            equal(schedule.toJson(), catalog.schedule(Plan.fromJson(plan.toJson())).toJson(),
                "by way of JSON");
            equal(List.of(10L, 5L), List.of(plan.todoCount(), plan.songCount()),
                "to-dos and songs");
            equal(LocalDate.of(2026, 11, 24), schedule.date(), "date");
            check(schedule.optimal(), "optimal");
            Schedule.Entry gym = schedule.entries().stream()
                .filter(entry -> entry.id().equals("gym")).findFirst().orElseThrow();
            equal(17 * 3600 + 300, gym.startS(), "gym");
            equal(LocalDate.of(2026, 11, 24).atTime(17, 5), schedule.start(gym), "start of gym");
            equal(LocalDate.of(2026, 11, 24).atTime(18, 5), schedule.end(gym), "end of gym");
            equal(null, gym.startUtc(), "no time zone, no instant");
            equal(List.of(), schedule.unplaced(), "unplaced");
            check(schedule.toIcal().startsWith("BEGIN:VCALENDAR\r\n"), "iCalendar");
            check(schedule.toIcal("todos").length() < schedule.toIcal().length(), "to-dos only");
            String told = schedule.toIcal(new Schedule.IcalOptions().calendarName("Mine").alarm(java.time.Duration.ofMinutes(5))
                .cancelled(true).timestamp(java.time.Instant.ofEpochSecond(1795000000))
                .sequence(7).refresh(java.time.Duration.ofHours(1)));
            check(told.contains("SEQUENCE:7\r\n")
                && told.contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H"), "sequence and refresh");
            check(told.contains("X-WR-CALNAME:Mine") && told.contains("TRIGGER:-PT5M"),
                "name and alarms");
            check(told.contains("LAST-MODIFIED:20261118T110640Z"), "timestamp");
            check(schedule.toText().contains("Gym"), "text");
            // Later that day, with what was placed before.
            Plan followed =
                Plan.fromJson(plan.toJson().replaceFirst("\\{", "{\"assume_done\": true,"));
            Schedule later = catalog.schedule(followed.withNow(18 * 3600),
                new Schedule.Options().previous(Schedule.fromJson(schedule.toJson())));
            equal(past(schedule), past(later), "entries of the past");
            equal(0L, later.moved(), "moved");
        }
    }

    static List<String> past(Schedule schedule) {
        return schedule.entries().stream().filter(entry -> entry.startS() < 17 * 3600)
            .map(Schedule.Entry::id).toList();
    }

    static Integer number(String field) {
        return field.equals("-") ? null : Integer.valueOf(field);
    }

    static void replanAfterTickingOff() throws Exception {
        try (Catalog catalog = Catalog.read(Path.of(given("SAMPLE")));
                Plan plan = Plan.fromText(Files.readString(Path.of(given("PLAN"))), catalog);
                Schedule previous = catalog.schedule(plan)) {
            Plan marked = plan;
            int count = 0;
            for (String line : Files.readAllLines(Path.of(given("MARKS")))) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] field = line.split("\t");
                State state = State.valueOf(field[2].toUpperCase(java.util.Locale.ROOT));
                marked = field[0].equals("song") ? marked.markSong(Integer.parseInt(field[1]),
                    state)
                        : marked.mark(field[1], state, number(field[3]), number(field[4]),
                            number(field[5]));
                count++;
            }
            check(count > 7, "the list of marks");
            Schedule later = catalog.schedule(marked.withNow(18 * 3600), new Schedule.Options()
                .previous(previous));
            equal(Files.readString(Path.of(given("REPLANNED"))), later.toJson(),
                "with what happened");
            for (Schedule.Entry entry : later.entries()) {
                State expected = entry.id().equals("groceries") ? State.DONE : entry.id()
                    .equals("gym") ? State.STARTED : entry.state();
                equal(expected, entry.state(), entry.id());
            }
            Schedule assumed = catalog.schedule(plan.withNow(18 * 3600), new Schedule.Options()
                .previous(previous).assumeDone(true));
            equal(Files.readString(Path.of(given("ASSUMED"))), assumed.toJson(),
                "as if it had gone as planned");
            MusicschedException unknown = refused("an unknown to-do", () -> plan.mark("yoga",
                State.DONE));
            equal("MSCHED_ERROR_NOT_FOUND", unknown.getCode(), "an unknown to-do");
            check(unknown.getMessage().contains("gym"), "the ids that there are");
            equal("MSCHED_ERROR_VALUE", refused("no length", () -> plan.mark("gym", State.PAUSED))
                .getCode(), "paused without a length");
            try (Plan moved = plan.move("gym", 18 * 3600); Plan free = moved.move("gym", null)) {
                check(moved.toJson().contains("\"pin\": \"18:00\""), "a to-do that is moved");
                check(!free.toJson().contains("\"pin\""), "and free again");
            }
            equal("MSCHED_ERROR_NOT_FOUND", refused("no such song", () -> plan.markSong(5,
                State.DONE)).getCode(), "no such song");
        }
    }

    static void planWithACalendar() throws Exception {
        try (Calendar calendar = Calendar.read(Path.of(given("CALENDAR")));
                Catalog catalog = Catalog.read(Path.of(given("SAMPLE")))) {
            equal("work.ics", calendar.name(), "name of a calendar");
            Agenda found = Agenda.of(List.of(calendar), LocalDate.of(2026, 11, 24), 1,
                "Europe/Berlin");
            equal(Files.readString(Path.of(given("AGENDA"))), found.toJson(), "agenda");
            Agenda.Event review = found.events().stream().filter(event -> event.title()
                .equals("Design review")).findFirst().orElseThrow();
            equal(14 * 3600, review.startS(), "start of an event");
            check(review.busy() && !review.allDay(), "flags");
            equal(LocalDate.of(2026, 11, 24), review.date(), "date of an event");
            equal(Instant.parse("2026-11-24T13:00:00Z"), review.startUtc(), "instant of an event");
            equal(18 * 3600, found.tasks().get(0).latestS(), "due time");
            equal(null, found.tasks().get(0).earliestS(), "no earliest start");
            equal(19L, found.leftOut().get(0).line(), "line of what was left out");
            check(found.leftOut().get(0).reason().contains("canceled"), "why it was left out");
            Plan plan = Plan.fromText(Files.readString(Path.of(given("PLAN"))), catalog, "",
                "Europe/Berlin");
            Schedule.Entry first = catalog.schedule(plan).entries().get(0);
            equal(first.duration(), Duration.between(first.startUtc(), first.endUtc()), "duration");
            Plan with = plan.addCalendar(calendar);
            equal(Files.readString(Path.of(given("WITH_CALENDAR"))), catalog.schedule(with)
                .toJson(), "schedule");
            equal(null, plan.agenda(), "no agenda");
            equal(1, with.agenda().tasks().size(), "tasks of the plan's agenda");
            equal(plan.todoCount() + (Calendar.canRecur() ? 3 : 2), with.todoCount(),
                "to-dos that were added");
            Plan.CalendarOptions options = new Plan.CalendarOptions().tasks(false)
                .blockAllDay(true);
            equal(with.todoCount(), plan.addCalendar(List.of(calendar), options).todoCount(),
                "options");
            equal("MSCHED_ERROR_SYNTAX", refused("no calendar", () -> Calendar.parse("day", null))
                .getCode(), "no calendar");
            equal("no-such.ics: cannot be read: No such file or directory", refused("no file",
                () -> Calendar.read(Path.of("no-such.ics"))).getMessage(), "no file");
            Path old = Files.createTempFile("musicsched", ".ics");
            Files.write(old, ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261124T100000\n"
                + "DTEND:20261124T110000\nSUMMARY:Caf\u00e9\nEND:VEVENT\nEND:VCALENDAR\n")
                .getBytes(StandardCharsets.ISO_8859_1));
            equal("Café", Agenda.of(List.of(Calendar.read(old)), LocalDate.of(2026, 11, 24), 1, "")
                .events().get(0).title(), "a calendar that is not UTF-8");
            Files.delete(old);
            calendar.close();
            check(refused("closed", () -> plan.addCalendar(calendar)).getMessage()
                .contains("closed"), "closed");
        }
    }

    static void playlistAsWishes() throws Exception {
        try (Catalog catalog = Catalog.read(Path.of(given("SAMPLE")));
                History history = History.read(Path.of(given("HISTORY")))) {
            Match match = catalog.match(Path.of(given("MIX")));
            equal(Files.readString(Path.of(given("MATCH"))), match.toJson(), "match");
            equal("Mix", match.name(), "name");
            equal(2, match.found(), "found");
            equal("Synthetic Empty Harbor", match.songs().get(0).trackArtist(), "a song");
            equal("none", match.songs().get(2).found(), "missing");
            equal(null, match.songs().get(2).trackId(), "no track");
            Plan plan = Plan.fromText(Files.readString(Path.of(given("PLAN"))), catalog);
            Plan with = plan.addSongs(match).avoid(history, catalog, 30);
            equal(plan.songCount() + 1, with.songCount(), "songs that were added");
            equal(Files.readString(Path.of(given("WITH_SONGS"))), catalog.schedule(with).toJson(),
                "schedule");
            Match typed = catalog.match(List.of("Crystal Pavement - Synthetic Empty Harbor",
                "[x] \"\\"));
            equal("exact", typed.songs().get(0).found(), "a typed song");
            equal("none", typed.songs().get(1).found(), "no song");
            equal("MSCHED_ERROR_IO", refused("no file", () -> catalog.match(Path.of("no-such.m3u")))
                .getCode(), "no file");
        }
    }

    static void listeningHistory() throws Exception {
        try (History history = History.read(Path.of(given("HISTORY")));
                Catalog catalog = Catalog.read(Path.of(given("SAMPLE")))) {
            equal(4L, history.info().get("plays"), "plays");
            equal(1L, history.info().get("unreadable"), "unreadable");
            check(history.remarks().get(0).contains("history.json:6"), "remarks");
            History.Summary heard = history.summary(new History.SummaryOptions()
                .timezone("Europe/Berlin"));
            equal(Files.readString(Path.of(given("HEARD"))), heard.toJson(), "summary");
            equal("Dancing Monkey", heard.songs().get(0).title(), "most played");
            equal(3, heard.artists().get(0).plays(), "plays of an artist");
            equal(24, heard.hours().size(), "hours");
            equal(7, heard.weekdays().size(), "weekdays");
            equal(11, heard.months().get(0).month(), "month");
            equal(3, heard.totals().longestStreak(), "streak");
            check(!heard.totals().firstDate().isAfter(heard.totals().lastDate()), "dates");
            equal(1, history.summary(new History.SummaryOptions().minPlayedS(30)
                .from(LocalDate.of(2026, 11, 21))).totals().plays(), "a part");
            try (Catalog mine = history.catalog(catalog); Catalog own = history.catalog(null)) {
                equal(100, mine.top(1).get(0).trackPopularity(), "my own taste");
                equal(2L, own.info().get("tracks"), "songs of the history");
            }
            try (Catalog own = Catalog.read(Path.of(given("HISTORY")))) {
                equal("Dancing Monkey", own.top(1).get(0).trackName(), "as a catalog");
            }
            try (History folder = History.read(Path.of(given("HISTORY")).getParent())) {
                equal(history.info(), folder.info(), "of a folder");
            }
            String text = Files.readString(Path.of(given("HISTORY")));
            try (History same = History.parse(text)) {
                equal(history.info(), same.info(), "from a text");
            }
            equal("MSCHED_ERROR_SYNTAX", refused("no history", () -> History.parse("x")).getCode(),
                "no history");
            history.close();
            check(refused("closed", () -> history.summary()).getMessage().contains("closed"),
                "closed");
        }
    }

    static void rowsThatCannotBeReadAreLeftOut() throws Exception {
        Catalog catalog = Catalog.parse("title,artist\nSun,Ana\nRain\nSnow,Ben\n");
        equal(2L, catalog.info().get("tracks"), "songs");
        equal(1, catalog.skipped().size(), "rows left out");
        equal(3L, catalog.skipped().get(0).line(), "line");
        equal("MSCHED_ERROR_SYNTAX", catalog.skipped().get(0).code(), "code");
        check(catalog.reportJson().contains("\"left_out\": ["), "report");
        String broken = "title,artist\nSun,Ana\nRain\nSnow\n";
        refused("most of the rows", () -> Catalog.parse(broken));
        equal(2L, Catalog.parse(broken, "", true, Map.of()).info().get("rows_skipped"), "rest");
    }

    static void columnsMayBeNamedOtherwise() throws Exception {
        String text = SMALL.replaceFirst("track_artist", "artists");
        Catalog catalog = Catalog.parse(text, "", false, Map.of("track_artist", "artists"));
        equal("Beyoncé", catalog.top(1).get(0).trackArtist(), "artist");
        refused("no such column",
            () -> Catalog.parse(text, "", false, Map.of("artist", "artists")));
    }

    static void otherEncodings() throws Exception {
        Path path = Files.createTempFile("songs", ".csv");
        try {
            Files.write(path, "title,artist\nГруппа крови,Кино\n".getBytes("windows-1251"));
            for (String encoding : List.of("", "CP1251")) {
                Catalog catalog = Catalog.read(List.of(path), "", false, Map.of(), false, 0,
                    encoding);
                equal("Кино", catalog.top(1).get(0).trackArtist(), "artist");
            }
            refused("no such encoding",
                () -> Catalog.read(List.of(path), "", false, Map.of(), false, 0, "none"));
        } finally {
            Files.delete(path);
        }
    }

    static void plansOfSeveralDays() throws Exception {
        Plan plan = Plan.fromText("Tue 14:00 Dentist 45m\nGym 1h 2x\n", null, "2026-11-23", "",
            false, 3, 1000);
        check(plan.toJson().contains("\"days\": 3"), "days");
        refused("too many days", () -> Plan.fromText("A 1h\n", null, "", "", false, 32, 0));
        String text = "date: 2026-11-23 Europe/Berlin\ndays: 3\nday: 9:00-17:00\n"
            + "Report 2h on:mon,tue\nGym 1h every day\n";
        try (Calendar calendar = Calendar.read(Path.of(given("CALENDAR")));
                Catalog catalog = Catalog.parse(SMALL)) {
            Plan week = Plan.fromText(text, null).addCalendar(calendar);
            check(week.toJson().contains("Design review"), "events of all dates");
            Schedule first = Schedule.fromJson(catalog.schedule(week).toJson());
            String later = catalog.schedule(week.withNow(86400 + 12 * 3600),
                new Schedule.Options().previous(first)).toJson();
            check(later.contains("\"report\", \"title\": \"Report\", \"date\": \"2026-11-24\", "
                + "\"start\": \"12:00:00\""), "what was not done is planned again");
            check(later.contains("rolled_over"), "what rolled over");
            equal(later, catalog.schedule(week.withNow(LocalDateTime.of(2026, 11, 24, 12, 0)),
                new Schedule.Options().previous(first)).toJson(), "the date of a LocalDateTime");
            Plan marked = week.mark("gym@2026-11-23", State.DONE, null, 10 * 3600, null)
                .mark("gym@2026-11-25", State.SKIPPED);
            Schedule rest = catalog.schedule(marked.withNow(86400 + 12 * 3600),
                new Schedule.Options().previous(first));
            List<Schedule.Entry> gym = rest.entries().stream().filter(entry -> entry.title()
                .equals("Gym")).toList();
            equal(2, gym.size(), "occurrences that are not skipped");
            equal(State.DONE, gym.get(0).state(), "an occurrence that is done");
            equal(LocalDateTime.of(2026, 11, 23, 10, 0), rest.end(gym.get(0)),
                "when it ended");
            equal(LocalDate.of(2026, 11, 24), gym.get(1).date(), "dates of a table");
        }
    }

    static void savedCatalogs() throws Exception {
        Path folder = Files.createTempDirectory("musicsched");
        Path file = folder.resolve("songs.msc");
        try (Catalog catalog = Catalog.parse(SMALL)) {
            catalog.save(file);
            try (Catalog saved = Catalog.read(file)) {
                equal(catalog.tracks().toString(), saved.tracks().toString(), "saved tracks");
                equal("id1", saved.find("cafe").get(0).trackId(), "a search");
            }
            Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
            refused("another file", () -> catalog.save(other));
            equal("mine", Files.readString(other), "another file stays");
            refused("no folder", () -> catalog.save(folder.resolve("none/songs.msc")));
            Files.delete(other);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    static void unplacedSaysWhy() {
        Catalog catalog = Catalog.parse(SMALL);
        Plan plan = today("9-17 Work\nSwim 10h\n♪ No Such Song At All\n", catalog);
        List<Schedule.Unplaced> unplaced = catalog.schedule(plan).unplaced();
        equal(2, unplaced.size(), "unplaced");
        equal("Swim", unplaced.get(0).title(), "title");
        equal(36000, unplaced.get(0).neededS(), "needed");
        equal("unknown_song", unplaced.get(1).reason(), "reason");
        check(!unplaced.get(0).text().isEmpty(), "text");
        Schedule lazy = catalog.schedule(plan, new Schedule.Options().lazyReasons(true));
        equal(unplaced, lazy.unplaced(), "the same when read later");
        Schedule.Fix first = lazy.fixes().get(0);
        equal(1, first.rank(), "rank");
        equal(unplaced.get(first.item()).fixText(), first.text(), "what costs least");
    }

    static Object attempt(String kind, String text) {
        return switch (kind) {
            case "csv" -> Catalog.parse(text);
            case "plan_text" -> Plan.fromText(text, null);
            case "plan_json" -> Plan.fromJson(text);
            case "schedule_json" -> Schedule.fromJson(text);
            // What to count is an enum here: nothing to get wrong.
            case "count" -> throw new UnsupportedOperationException();
            default -> throw new AssertionError(kind);
        };
    }

    private static void objectsAsPeoplePrintThem() throws Exception {
        try (Catalog catalog = Catalog.parse(
            "track_id,track_name,track_artist,track_popularity,duration_ms\nid1,A,B,50,200000\n");
                Plan plan = Plan.fromText("9:00-10:00 Work\n", catalog, "2026-11-24", "");
                Schedule day = catalog.schedule(plan)) {
            if (!catalog.toString().equals("Catalog[1 entries]")
                || !plan.toString().startsWith("Plan[1 to-dos")
                    || !day.toString().contains("Work")
                        || !catalog.tracks().toString().startsWith("Table[1 rows: ")) {
                throw new AssertionError(catalog + " " + plan + " " + day);
            }
        }
        equal("Filter[genre [pop, rock], years 1990.., excludeZero]",
            Filter.where().genre("pop", "rock").years(1990, null).excludeZero().toString(),
            "a filter");
        equal("Options[seed=7, workLimit=0, timeLimitMs=0, previous=false, assumeDone=true, "
            + "lazyReasons=false]",
            new Schedule.Options().seed(7).assumeDone(true).toString(), "options");
    }

    static void badInput() throws Exception {
        int cases = 0;
        for (String line : Files.readAllLines(Path.of(given("CASES")))) {
            String[] fields = line.split("\t", -1);
            if (line.startsWith("#") || fields[0].equals("count")) {
                continue;
            }
            MusicschedException problem = refused(line,
                () -> attempt(fields[0], fields[4].replace("\\n", "\n")));
            equal(List.of(fields[1], fields[2], fields[3]),
                List.of(problem.getCode(), "" + problem.getLine(), "" + problem.getColumn()), line);
            check(problem.getMessage().length() > 10, line);
            cases++;
        }
        check(cases > 15, "the list of cases");
    }

    static void diagnostics() {
        List<Plan.Diagnostic> all = Plan.check("9-10 🎵 A !9\nGym 1h after:nothing\n♪ Cafe\n",
            Catalog.parse(SMALL), "2026-11-24", "");
        check(all.size() >= 2, "all errors at once");
        Plan.Diagnostic first = all.get(0);
        equal("error", first.severity(), "severity");
        equal(1, first.line(), "line");
        check(first.column() > 1 && first.code() != null && first.message() != null
            && first.repair() != null, "a diagnostic");
    }

    static void unicode() throws Exception {
        Catalog catalog = Catalog.parse(SMALL);
        Catalog.Song song = catalog.top(1).get(0);
        equal("Café 🎵", song.trackName(), "title");
        equal("Beyoncé", song.trackArtist(), "artist");
        equal(6, song.trackName().codePointCount(0, song.trackName().length()), "characters");
        equal("id1", catalog.find("Café 🎵").get(0).trackId(), "find");
        equal("Die Ärzte", catalog.find("die arzte").get(0).trackArtist(), "find without marks");
        equal("Beyoncé",
            catalog.groups(GroupBy.ARTIST, Count.TRACKS, Filter.where().artist("Beyoncé")).get(0)
            .key(), "filter");
        MusicschedException unknown = refused("an unknown artist",
                () -> catalog.groups(GroupBy.ARTIST, Count.TRACKS,
                    Filter.where().artist("beyonce")));
        check(unknown.getMessage().contains("did you mean \"Beyoncé\"?"), "a suggestion");
        equal(0, catalog.groups(GroupBy.ARTIST, Count.TRACKS,
            Filter.where().artist("beyonce").allowUnknown()).size(), "allowed");
        String title = "Straße 🏃\u200d♀️ fegen";
        equal(title, catalog.schedule(today("9-10 " + title + "\n", null)).entries().get(0).title(),
            "title of a to-do");
        equal("MSCHED_ERROR_ENCODING", refused("half a pair", () -> today("9-10 \ud83c\n", null))
            .getCode(), "half a pair");
        equal("MSCHED_ERROR_ARGUMENT", refused("zero", () -> catalog.find("a\0b")).getCode(),
            "zero character");
        equal("MSCHED_ERROR_ENCODING", refused("zero in a text", () -> today("9-10 a\0b\n", null))
            .getCode(), "zero in a plan text");
    }

    static void largeNumbers() throws Exception {
        Catalog catalog = Catalog.read(Path.of(given("SAMPLE")));
        Plan plan = today("9-17 Work #focus\nfill: 3h\n", catalog);
        // All one day if the upper halves of these seeds were cut off.
        Set<String> days = new HashSet<>();
        for (long upper = 0; upper < 8; upper++) {
            days.add(catalog.schedule(plan, new Schedule.Options().seed(upper << 32 | 1)).toJson());
        }
        check(days.size() > 1, "upper half of a seed");
        catalog.schedule(plan, new Schedule.Options().seed(-1));
        for (long limit : new long[] {1L << 32, 1L << 40, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            equal("MSCHED_ERROR_ARGUMENT", refused("limit " + limit, () -> catalog.top(limit))
                .getCode(), "limit");
        }
        equal(catalog.info().get("tracks"),
            (long) catalog.top(4294967295L, Count.TRACKS, null).size(),
            "a limit above 2^31");
    }

    static void wrongUse() throws Exception {
        Catalog catalog = Catalog.parse(SMALL);
        Plan plan = today("9-10 A\n", null);
        Schedule schedule = catalog.schedule(plan);
        refused("no plan", () -> catalog.schedule(null));
        refused("no text", () -> Plan.fromText(null, null));
        Map<String, Test> nulls = Map.of("state", () -> plan.mark("a", null),
            "match", () -> plan.addSongs(null), "history", () -> plan.avoid(null, catalog),
            "path", () -> catalog.save(null), "plan", () -> catalog.schedule(null),
            "count", () -> catalog.top(3, null, null), "songs",
            () -> catalog.match((List<String>) null));
        for (Map.Entry<String, Test> argument : nulls.entrySet()) {
            equal(argument.getKey() + ": null is not allowed",
                refused("null", argument.getValue()).getMessage(), "an argument that is null");
        }
        refused("no text", () -> catalog.find(null));
        refused("popularity", () -> Filter.where().popularity(0, 0));
        refused("feature", () -> Filter.where().feature("loud", 0, 1));
        refused("unit", () -> catalog.trend(GroupBy.GENRE, Count.TRACKS, null));
        equal(1, catalog.top(9, Count.TRACKS,
            Filter.where().popularity(65, null).genre("pop", "rock")).size(), "an open range");
        for (AutoCloseable object : List.of(catalog, plan, schedule)) {
            object.close();
            object.close();
        }
        List<Test> after = List.of(catalog::info, () -> catalog.top(1), plan::toJson,
            schedule::entries, schedule::toIcal,
                () -> Catalog.parse(SMALL).schedule(plan),
                () -> Plan.fromText("9-10 A\n", catalog));
        for (Test call : after) {
            MusicschedException problem = refused("use after close", call);
            equal("MSCHED_ERROR_ARGUMENT", problem.getCode(), "use after close");
            check(problem.getMessage().contains("closed"), problem.getMessage());
        }
        check(!catalog.isOpen(), "isOpen");
        Thread.currentThread().interrupt();
        try {
            Catalog.read(Path.of(given("SAMPLE")));
            throw new AssertionError("an interrupted thread loads");
        } catch (CancellationException expected) {
            check(Thread.interrupted(), "the flag stays set");
        }
    }

    /** Two threads on one catalog; a third closes it under them. */
    static void threads() throws Exception {
        Catalog catalog = Catalog.read(Path.of(given("SAMPLE")));
        Plan plan = Plan.fromText(Files.readString(Path.of(given("PLAN"))), catalog);
        String expected = Files.readString(Path.of(given("SCHEDULE")));
        ExecutorService pool = Executors.newFixedThreadPool(3);
        Callable<Integer> work = () -> {
            for (int i = 0; i < 20; i++) {
                equal(expected, catalog.schedule(plan).toJson(), "a schedule");
                equal("Dancing Monkey", catalog.find("dancing monky").get(0).trackName(),
                    "a search");
            }
            return 20;
        };
        for (Future<Integer> done : pool.invokeAll(List.of(work, work))) {
            equal(20, done.get(), "a thread");
        }
        Callable<Integer> untilClosed = () -> {
            for (int i = 0;; i++) {
                try {
                    catalog.groups(GroupBy.ARTIST);
                } catch (MusicschedException problem) {
                    check(problem.getMessage().contains("closed"), problem.getMessage());
                    return i;
                }
            }
        };
        List<Future<Integer>> users = List.of(pool.submit(untilClosed), pool.submit(untilClosed));
        catalog.groups(GroupBy.GENRE);
        catalog.close();
        for (Future<Integer> user : users) {
            user.get();
        }
        pool.shutdown();
    }

    static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }

    /** A catalog of 100 rows takes 50 KB and more: of 10,000 forgotten ones, 500 MB would stay. */
    static void objectsComeAndGo() throws Exception {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int n = 0; n < 100; n++) {
            rows.append("id%d,Title %d,Artist %d,%d,200000,pop\n".formatted(n, n, n, n));
        }
        String text = rows.toString();
        int objects = Integer.parseInt(given("OBJECTS"));
        many(text, objects / 5);
        long before = resident();
        many(text, objects);
        long grown = resident() - before;
        System.out.printf("  %d of each: %d KB more%n", objects, grown);
        if (!given("MEMORY").isEmpty()) {
            check(grown < 60000, "memory grows");
        }
    }

    static void many(String text, int objects) throws Exception {
        for (int n = 0; n < objects; n++) {
            Catalog catalog = Catalog.parse(text);
            Schedule schedule = catalog.schedule(today("9-10 A\n♪ Title 7\n", catalog));
            check(schedule.entries().size() == 2, "entries");
            check(catalog.top(10, Count.TRACKS, Filter.where().genre("pop")).size() == 10, "top");
            refused("bad", () -> Plan.fromJson("{"));
            if (n % 2 == 0) {
                catalog.close();
            }
            if (n % 500 == 499) {
                System.gc();
            }
        }
        System.gc();
        Thread.sleep(200);
    }

    static void interrupted() throws Exception {
        Thread loader = Thread.currentThread();
        Thread waiter = new Thread(() -> {
            try {
                System.in.read();
            } catch (IOException closed) {
                // as good as a line
            }
            loader.interrupt();
        });
        waiter.setDaemon(true);
        waiter.start();
        try {
            if (System.getenv("MUSICSCHED_TEST_FIFO") != null) {
                Catalog.read(Path.of(given("FIFO")));
                return;
            }
            Catalog catalog = Catalog.parse(SMALL);
            Plan plan = Plan.fromText(given("HARD"), catalog);
            System.out.println("scheduling");
            while (true) {
                catalog.schedule(plan, new Schedule.Options().workLimit(1L << 62));
            }
        } catch (CancellationException stopped) {
            System.out.println("interrupted");
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (System.getenv("MUSICSCHED_TEST_FIFO") != null
            || System.getenv("MUSICSCHED_TEST_HARD") != null) {
            interrupted();
            return;
        }
        List<Map.Entry<String, Test>> tests = new ArrayList<>();
        tests.add(Map.entry("reference answers", TestMusicsched::referenceAnswers));
        tests.add(Map.entry("what is counted by default",
            TestMusicsched::whatIsCountedByDefault));
        tests.add(Map.entry("release dates", TestMusicsched::releaseDates));
        tests.add(Map.entry("artists and genres as lists",
            TestMusicsched::artistsAndGenresAsLists));
        tests.add(Map.entry("same bytes as the command line",
            TestMusicsched::sameBytesAsTheCommandLine));
        tests.add(Map.entry("replan after ticking off", TestMusicsched::replanAfterTickingOff));
        tests.add(Map.entry("plan with a calendar", TestMusicsched::planWithACalendar));
        tests.add(Map.entry("playlist as wishes", TestMusicsched::playlistAsWishes));
        tests.add(Map.entry("listening history", TestMusicsched::listeningHistory));
        tests.add(Map.entry("rows left out", TestMusicsched::rowsThatCannotBeReadAreLeftOut));
        tests.add(Map.entry("columns may be named otherwise",
            TestMusicsched::columnsMayBeNamedOtherwise));
        tests.add(Map.entry("other encodings", TestMusicsched::otherEncodings));
        tests.add(Map.entry("plans of several days", TestMusicsched::plansOfSeveralDays));
        tests.add(Map.entry("saved catalogs", TestMusicsched::savedCatalogs));
        tests.add(Map.entry("unplaced says why", TestMusicsched::unplacedSaysWhy));
        tests.add(Map.entry("objects as people print them",
            TestMusicsched::objectsAsPeoplePrintThem));
        tests.add(Map.entry("bad input", TestMusicsched::badInput));
        tests.add(Map.entry("diagnostics", TestMusicsched::diagnostics));
        tests.add(Map.entry("unicode", TestMusicsched::unicode));
        tests.add(Map.entry("large numbers", TestMusicsched::largeNumbers));
        tests.add(Map.entry("wrong use", TestMusicsched::wrongUse));
        tests.add(Map.entry("threads", TestMusicsched::threads));
        tests.add(Map.entry("objects come and go", TestMusicsched::objectsComeAndGo));
        for (Map.Entry<String, Test> test : tests) {
            System.out.println(test.getKey());
            test.getValue().run();
        }
    }
}
