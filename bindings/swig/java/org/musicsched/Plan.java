package org.musicsched;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

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
     * One thing to say about a text. severity: error, warning or note; candidates: songs, "; "
     * between them; edits: texts that may replace columns editColumn to editEndColumn of editLine.
     */
    public record Diagnostic(String severity, int line, int column, String code, String message,
        String repair,
            String candidates, int editLine, int editColumn, int editEndColumn, String edits) {
    }

    /**
     * Read plan text. catalog: to match songs against, or null; date and timezone: for a text that
     * names none, or "".
     */
    public static Plan fromText(String text, Catalog catalog, String date, String timezone) {
        return fromText(text, catalog, date, timezone, false);
    }

    /** With lenient, lines with an error are left out instead of refusing the text. */
    public static Plan fromText(String text, Catalog catalog, String date, String timezone,
        boolean lenient) {
        return fromText(text, catalog, date, timezone, lenient, 0, 0);
    }

    /**
     * With days (1 to 31) a plan of several days, unless the text says how many; with timeLimitMs,
     * misspelled songs are searched for no longer. 0: neither.
     */
    public static Plan fromText(String text, Catalog catalog, String date, String timezone,
        boolean lenient, int days, long timeLimitMs) {
        return new Plan(musicsched.plan_from_text(text, Catalog.raw(catalog), date, timezone,
            lenient ? 1 : 0, days, timeLimitMs));
    }

    /** For a text that names no date. */
    public static Plan fromText(String text, Catalog catalog, LocalDate date) {
        return fromText(text, catalog, date.toString(), "");
    }

    public static Plan fromText(String text, Catalog catalog) {
        return fromText(text, catalog, "", "");
    }

    /** Everything there is to say about a plan text. */
    public static List<Diagnostic> check(String text, Catalog catalog, String date,
        String timezone) {
        return new Table(musicsched.check_plan_text(text, Catalog.raw(catalog), date, timezone))
            .records(Diagnostic.class);
    }

    /** The text with the edits made that check offers, where there is one way only. */
    public static String fix(String text, Catalog catalog, String date, String timezone) {
        return musicsched.fix_plan_text(text, Catalog.raw(catalog), date, timezone);
    }

    public static Plan fromJson(String text) {
        return new Plan(musicsched.plan_from_json(text));
    }

    /** The same plan with nothing to be placed before so many seconds after midnight. */
    public Plan withNow(long seconds) {
        return new Plan(raw.with_now(seconds));
    }

    /** As withNow(seconds), at a time of the plan's date. */
    public Plan withNow(LocalTime now) {
        return withNow(now.toSecondOfDay());
    }

    /** The same plan with what has become of a to-do. Times are as in the previous schedule. */
    public Plan mark(String id, State state) {
        return mark(id, state, null, null, null);
    }

    /**
     * The same plan with what has become of a to-do: when it began and ended, in seconds after
     * midnight, and how many seconds one
     * that is paused still takes; null where it is not known or does not apply.
     */
    public Plan mark(String id, State state, Integer startedS, Integer endedS, Integer leftS) {
        return new Plan(raw.mark(id, state.text(), unset(startedS), unset(endedS), unset(leftS)));
    }

    private static long unset(Integer value) {
        return value == null ? -1 : value;
    }

    /**
     * The same plan with a to-do that starts at a second after midnight: a task exactly there, also
     * where its window says otherwise, an event with its length. null: the task is free again.
     */
    public Plan move(String id, Integer start) {
        return new Plan(raw.move(id, start == null ? -1 : start));
    }

    /**
     * The same plan with a wanted song DONE (heard), SKIPPED or OPEN. wanted:
     * Schedule.Entry.wanted(), from 0.
     */
    public Plan markSong(int wanted, State state) {
        return new Plan(raw.mark_song(wanted, state.text()));
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

        /** Events of whole days are busy, too. */
        public CalendarOptions blockAllDay(boolean value) {
            blockAllDay = value;
            return this;
        }

        /** false: leave to-dos out. */
        public CalendarOptions tasks(boolean value) {
            tasks = value;
            return this;
        }

        /** For a plan without one. */
        public CalendarOptions timezone(String value) {
            timezone = value;
            return this;
        }
    }

    /** The same plan with the events and to-dos that calendars hold for its date. */
    public Plan addCalendar(Calendar... calendars) {
        return addCalendar(List.of(calendars), new CalendarOptions());
    }

    public Plan addCalendar(List<Calendar> calendars, CalendarOptions options) {
        RawAgenda found = Agenda.raw(calendars, options.music, options.blockAllDay, options.tasks);
        return new Plan(found.add_to(raw, options.timezone), Agenda.found(found));
    }

    /** What addCalendar found; null for a plan that it did not make. */
    public Agenda agenda() {
        return agenda;
    }

    /** The same plan with the songs that were found as wanted songs; each is added once. */
    public Plan addSongs(Match match) {
        return addSongs(match, false, 0, 0);
    }

    /** must and weight: as of a wanted song; limit: only so many, 0 for all. */
    public Plan addSongs(Match match, boolean must, int weight, int limit) {
        return new Plan(raw.add_songs(match.raw, must ? 1 : 0, weight, limit));
    }

    /**
     * The same plan whose fill takes no song of the catalog that the history has in the days before
     * the plan's date, or on it. A wanted song that was heard stays, with a warning.
     */
    public Plan avoid(History history, Catalog catalog, int days) {
        return new Plan(raw.avoid(history.raw, Catalog.raw(catalog), days));
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

    /** The plan as plan text, with songs by the ids of their tracks. */
    public String toText() {
        return toText(null);
    }

    /**
     * The plan as plan text, with songs by their titles in the catalog that the text will be read
     * with. What plan text has no words for, such as the weight of a song, is refused.
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
