package org.musicsched;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The items of calendars. Times are seconds from midnight. */
public record Agenda(List<Event> events, List<Task> tasks, List<LeftOut> leftOut, String toJson) {
    /**
     * An instance of an event on a date; startUtc and endUtc are those of the whole instance.
     */
    public record Event(String title, LocalDate date, int startS, int endS, Instant startUtc,
        Instant endUtc, String uid, String calendar, boolean allDay, boolean busy) {
    }

    /**
     * A to-do. Times are from midnight of the first date; times, priority and after are null if not
     * given.
     */
    public record Task(String title, int durationS, boolean durationIsAssumed, Integer priority,
        Integer earliestS, Integer latestS,
            String after, String uid, String calendar) {
    }

    /** A component that was left out or changed on reading, with the reason. */
    public record LeftOut(String uid, String reason, String calendar, long line) {
    }

    /**
     * The items of calendars on `days` dates, starting at `date`. timezone: of the times; "": that
     * of each calendar.
     */
    public static Agenda of(List<Calendar> calendars, LocalDate date, int days, String timezone) {
        RawAgenda raw = raw(calendars, false, false, true);
        raw.make(date.toString(), days, timezone);
        return found(raw);
    }

    static RawAgenda raw(List<Calendar> calendars, boolean music, boolean blockAllDay,
        boolean tasks) {
        RawAgenda raw = new RawAgenda();
        for (Calendar calendar : calendars) {
            raw.add(calendar.raw, music ? 1 : 0, blockAllDay ? 1 : 0, tasks ? 1 : 0);
        }
        return raw;
    }

    static Agenda found(RawAgenda raw) {
        return new Agenda(new Table(raw.events()).records(Event.class), new Table(raw.tasks())
            .records(Task.class),
                new Table(raw.left_out()).records(LeftOut.class), raw.to_json());
    }
}
