package org.musicsched;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What calendars hold. Times are seconds from midnight. */
public record Agenda(List<Event> events, List<Task> tasks, List<LeftOut> leftOut, String toJson) {
    /**
     * An instance of an event on a date; startUtc and endUtc are those of the whole instance.
     */
    public record Event(String title, LocalDate date, int startS, int endS, Instant startUtc,
        Instant endUtc, String uid, String calendar, boolean allDay, boolean busy) {
    }

    /**
     * A to-do; times are from midnight of the first date, and null, as priority and after, where
     * they are not given.
     */
    public record Task(String title, int durationS, boolean durationIsAssumed, Integer priority,
        Integer earliestS, Integer latestS,
            String after, String uid, String calendar) {
    }

    /** A component that was left out or read in another way than it was written, and why. */
    public record LeftOut(String uid, String reason, String calendar, long line) {
    }

    /**
     * What calendars hold for `days` dates from `date` on, on the clocks of a time zone, or "" for
     * those of each calendar.
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
