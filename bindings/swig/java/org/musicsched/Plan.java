package org.musicsched;

import static org.musicsched.Library.need;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/** A person's day. Immutable; threads may share one. */
public final class Plan implements AutoCloseable {
    final RawPlan raw;

    private final Agenda agenda;

    private Plan(RawPlan raw) {
        this(raw, null);
    }

    private Plan(RawPlan raw, Agenda agenda) {
        this.raw = raw;
        this.agenda = agenda;
    }

    /**
     * A message about a plan text. severity: error, warning or note; candidates: similar songs,
     * separated by "; "; edits: texts that can replace columns editColumn to editEndColumn of
     * editLine.
     */
    public record Diagnostic(String severity, int line, int column, String code, String message,
        String repair,
            String candidates, int editLine, int editColumn, int editEndColumn, String edits) {
    }

    /**
     * Read plan text. catalog: in which to look up songs, or null; date and timezone: used if the
     * text has none, or "".
     */
    public static Plan fromText(String text, Catalog catalog, String date, String timezone) {
        return fromText(text, catalog, date, timezone, false);
    }

    /** With lenient, lines with errors are left out instead of refusing the text. */
    public static Plan fromText(String text, Catalog catalog, String date, String timezone,
        boolean lenient) {
        return fromText(text, catalog, date, timezone, lenient, 0, 0);
    }

    /**
     * days (1 to 31): number of days, if the text does not set it; timeLimitMs: limit of the search
     * for misspelled songs. 0: none.
     */
    public static Plan fromText(String text, Catalog catalog, String date, String timezone,
        boolean lenient, int days, long timeLimitMs) {
        return new Plan(musicsched.plan_from_text(text, Catalog.raw(catalog), date, timezone,
            lenient ? 1 : 0, days, timeLimitMs));
    }

    /** Read plan text; date is used if the text has none. */
    public static Plan fromText(String text, Catalog catalog, LocalDate date) {
        return fromText(text, catalog, date.toString(), "");
    }

    public static Plan fromText(String text, Catalog catalog) {
        return fromText(text, catalog, "", "");
    }

    /** All messages about a plan text. */
    public static List<Diagnostic> check(String text, Catalog catalog, String date,
        String timezone) {
        return new Table(musicsched.check_plan_text(text, Catalog.raw(catalog), date, timezone))
            .records(Diagnostic.class);
    }

    /** The text with all unambiguous corrections of check. */
    public static String fix(String text, Catalog catalog, String date, String timezone) {
        return musicsched.fix_plan_text(text, Catalog.raw(catalog), date, timezone);
    }

    public static Plan fromJson(String text) {
        return new Plan(musicsched.plan_from_json(text));
    }

    /**
     * A plan of a day or, with the key "days", of several: maps and lists with the keys of
     * docs/formats.md. A LocalDate, LocalTime, LocalDateTime or Duration (in seconds) may replace
     * its text or number.
     */
    public static Plan of(Map<String, ?> values) {
        return fromJson(Json.of(values));
    }

    /**
     * The same plan with a current time, in seconds after midnight of its first date; nothing is
     * scheduled before it.
     */
    public Plan withNow(long seconds) {
        return new Plan(raw.with_now(seconds));
    }

    /** As withNow(seconds), with a time on the plan's first date. */
    public Plan withNow(LocalTime now) {
        return withNow(need(now, "now").toSecondOfDay());
    }

    /** As withNow(seconds), with a date and time in a plan of several days. */
    public Plan withNow(LocalDateTime now) {
        return new Plan(raw.with_now_on(need(now, "now").toLocalDate().toString(),
            now.toLocalTime().toSecondOfDay()));
    }

    /** The same plan with the state of a to-do. Its times come from the previous schedule. */
    public Plan mark(String id, State state) {
        return mark(id, state, null, null, null);
    }

    /**
     * The same plan with the state of a to-do: its start and end, in seconds after midnight, and
     * the remaining seconds of a paused one; null if unknown or not applicable.
     */
    public Plan mark(String id, State state, Integer startedS, Integer endedS, Integer leftS) {
        return new Plan(raw.mark(id, need(state, "state").text(), unset(startedS),
            unset(endedS), unset(leftS)));
    }

    private static long unset(Integer value) {
        return value == null ? -1 : value;
    }

    /**
     * The same plan with a to-do that starts at this second after midnight. A task starts exactly
     * there, even outside its time window; an event keeps its length. null: unlock the task.
     */
    public Plan move(String id, Integer start) {
        return new Plan(raw.move(id, start == null ? -1 : start));
    }

    /**
     * The same plan with the state of a wanted song: DONE (heard), SKIPPED or OPEN. wanted:
     * Schedule.Entry.wanted(), from 0.
     */
    public Plan markSong(int wanted, State state) {
        return new Plan(raw.mark_song(wanted, need(state, "state").text()));
    }

    /** How the events and to-dos of calendars are added to a plan. */
    public static final class CalendarOptions {
        boolean music;
        boolean blockAllDay;
        boolean tasks = true;
        String timezone = "";

        /** Music may play during the events. */
        public CalendarOptions music(boolean value) {
            music = value;
            return this;
        }

        /** All-day events are busy, too. */
        public CalendarOptions blockAllDay(boolean value) {
            blockAllDay = value;
            return this;
        }

        /** false: leave to-dos out. */
        public CalendarOptions tasks(boolean value) {
            tasks = value;
            return this;
        }

        /** Time zone of a plan that has none. */
        public CalendarOptions timezone(String value) {
            timezone = value;
            return this;
        }
    }

    /** The same plan with the events and to-dos of calendars on its date. */
    public Plan addCalendar(Calendar... calendars) {
        return addCalendar(List.of(calendars), new CalendarOptions());
    }

    public Plan addCalendar(List<Calendar> calendars, CalendarOptions options) {
        RawAgenda found = Agenda.raw(calendars, options.music, options.blockAllDay, options.tasks);
        return new Plan(found.add_to(raw, options.timezone), Agenda.found(found));
    }

    /** The agenda of addCalendar; null for a plan that addCalendar did not create. */
    public Agenda agenda() {
        return agenda;
    }

    /** The same plan with the matched songs as wanted songs; each is added once. */
    public Plan addSongs(Match match) {
        return addSongs(match, false, 0, 0);
    }

    /** must and weight: as for a wanted song; limit: maximum number of songs, 0: all. */
    public Plan addSongs(Match match, boolean must, int weight, int limit) {
        return new Plan(raw.add_songs(need(match, "match").raw, must ? 1 : 0, weight,
            limit));
    }

    /**
     * The same plan, whose fill leaves out songs that the history played on the plan's date or in
     * the days before it. A wanted song that was played stays wanted, with a warning.
     */
    public Plan avoid(History history, Catalog catalog) {
        return avoid(history, catalog, 0);
    }

    /** The same with a number of days; 0: as the plan says, else 7. */
    public Plan avoid(History history, Catalog catalog, int days) {
        return new Plan(raw.avoid(need(history, "history").raw, Catalog.raw(catalog),
            days));
    }

    public long todoCount() {
        return raw.todo_count();
    }

    public long songCount() {
        return raw.song_count();
    }

    public String toJson() {
        return raw.to_json();
    }

    /** The plan as plan text, with songs as track ids. */
    public String toText() {
        return toText(null);
    }

    /**
     * The plan as plan text, with songs as titles of the catalog that you will read the text with.
     * It is an error if plan text cannot express something, such as the weight of a song.
     */
    public String toText(Catalog catalog) {
        return raw.to_text(Catalog.raw(catalog));
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
        return isOpen() ? "Plan[" + todoCount() + " to-dos, " + songCount() + " songs]"
            : "Plan[closed]";
    }
}
