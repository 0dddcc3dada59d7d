package org.musicsched;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** When to do and hear what. Immutable; threads may share one. Times are seconds from midnight. */
public final class Schedule implements AutoCloseable {
    final RawSchedule raw;

    Schedule(RawSchedule raw) {
        this.raw = raw;
    }

    /** How to schedule. */
    public static final class Options {
        long seed;
        long workLimit;
        long timeLimitMs;
        Schedule previous;
        boolean assumeDone;
        boolean lazyReasons;

        /** Varies the choice among equally good songs; all 64 bits count. */
        public Options seed(long value) {
            seed = value;
            return this;
        }

        /** Units of work; 0: the default. */
        public Options workLimit(long value) {
            workLimit = value;
            return this;
        }

        /** 0: none. Where it fires, the result depends on the machine. */
        public Options timeLimitMs(long value) {
            timeLimitMs = value;
            return this;
        }

        /** As timeLimitMs; a part of a millisecond counts as one. */
        public Options timeLimit(Duration value) {
            timeLimitMs = value.plusNanos(999_999).toMillis();
            return this;
        }

        /** A schedule to change as little as possible. */
        public Options previous(Schedule value) {
            previous = value;
            return this;
        }

        /**
         * What the previous schedule has before now was done as planned, where nothing else is
         * said.
         */
        public Options assumeDone(boolean value) {
            assumeDone = value;
            return this;
        }

        /** Seek fixes for unscheduled items only when they are read, or the schedule is written. */
        public Options lazyReasons(boolean value) {
            lazyReasons = value;
            return this;
        }

        @Override
        public String toString() {
            return "Options[seed=" + Long.toUnsignedString(seed) + ", workLimit=" + workLimit
                + ", timeLimitMs=" + timeLimitMs + ", previous=" + (previous != null)
                + ", assumeDone=" + assumeDone + ", lazyReasons=" + lazyReasons + "]";
        }
    }

    /**
     * A to-do or a song with its time. startUtc and endUtc are null if the plan has no time zone;
     * artist and during are null, wanted and todo too, where they do not apply; state: DONE,
     * STARTED or PAUSED for what is past or runs, else OPEN.
     */
    public record Entry(String kind, String id, String title, String artist, int startS, int endS,
        Instant startUtc, Instant endUtc, String during, Integer todo, Integer wanted,
        boolean fixed, Integer popularity, int piece, State state) {
        /** How long it takes, also across a daylight-saving change. */
        public Duration duration() {
            return startUtc == null ? Duration.ofSeconds((long) endS - startS)
                : Duration.between(startUtc, endUtc);
        }
    }

    /** Unscheduled items, with reasons and fixes. */
    public record Unplaced(String kind, String id, String title, Integer todo, Integer wanted,
        int plays, String reason,
            String text, int neededS, int availableS, String fixText) {
    }

    /**
     * A change that schedules an unscheduled item: item is its place in unplaced(), rank 1 costs a
     * person least, amountS is 0 where the kind has no amount.
     */
    public record Fix(int item, int rank, String kind, int amountS, String id, String text) {
    }

    public record Warning(String code, String message) {
    }

    /**
     * A stretch in which more is asked for than there is time; members: ids of to-dos, "; " between
     * them.
     */
    public record Overload(int startS, int endS, int demandS, int capacityS, String members) {
    }

    /** What was reached at a level of the objective, and what no schedule exceeds. */
    public record Bound(String level, long value, long bound) {
    }

    /** Read what toJson wrote, to pass as the previous one. */
    public static Schedule fromJson(String text) {
        return new Schedule(musicsched.schedule_from_json(text));
    }

    public List<Entry> entries() {
        return new Table(raw.entries()).records(Entry.class);
    }

    public List<Unplaced> unplaced() {
        return new Table(raw.unplaced()).records(Unplaced.class);
    }

    /** Up to three fixes of each unscheduled to-do, what costs a person least first. */
    public List<Fix> fixes() {
        return new Table(raw.fixes()).records(Fix.class);
    }

    public List<Warning> warnings() {
        return new Table(raw.warnings()).records(Warning.class);
    }

    public List<Overload> overloads() {
        return new Table(raw.overloads()).records(Overload.class);
    }

    public LocalDate date() {
        return LocalDate.parse(raw.date());
    }

    /** What clocks show when an entry of this schedule starts; past 24:00, on the next date. */
    public LocalDateTime start(Entry entry) {
        return date().atStartOfDay().plusSeconds(entry.startS());
    }

    /** What clocks show when an entry of this schedule ends. */
    public LocalDateTime end(Entry entry) {
        return date().atStartOfDay().plusSeconds(entry.endS());
    }

    /** IANA name, "" for floating time. */
    public String timezone() {
        return raw.timezone();
    }

    /**
     * "optimal" where it was proved that no schedule is better, "feasible" where one may be,
     * "unknown" for one read from JSON that does not say.
     */
    public String status() {
        return raw.status();
    }

    /** Why the search ended: "none" where it was finished, "work", "time" or "cancel". */
    public String stop() {
        return raw.stop();
    }

    public List<Bound> bounds() {
        return new Table(raw.bounds()).records(Bound.class);
    }

    /** Was it proved that no schedule is better? */
    public boolean optimal() {
        return raw.info("optimal") != 0;
    }

    /** How many entries start elsewhere than in the previous schedule. */
    public long moved() {
        return raw.info("moved");
    }

    public String toJson() {
        return raw.to_json();
    }

    public String toText() {
        return raw.to_text();
    }

    public String toIcal() {
        return toIcal("all");
    }

    /** what: "all", "todos" or "songs". */
    public String toIcal(String what) {
        return toIcal(new IcalOptions().what(what));
    }

    public String toIcal(IcalOptions options) {
        return raw.to_ical(options.what, options.calendarName, options.timestamp,
                options.alarmSeconds, options.cancelled ? 1 : 0);
    }

    /** What toIcal writes: everything, without alarms, and the same bytes for the same schedule. */
    public static final class IcalOptions {
        private String what = "all";
        private String calendarName = "";
        private String timestamp = "";
        private long alarmSeconds = -1;
        private boolean cancelled;

        /** "all", "todos" or "songs". */
        public IcalOptions what(String kind) {
            what = kind;
            return this;
        }

        /** The name that a calendar program shows. */
        public IcalOptions calendarName(String name) {
            calendarName = name;
            return this;
        }

        /** The present, which becomes DTSTAMP and LAST-MODIFIED. */
        public IcalOptions timestamp(java.time.Instant present) {
            timestamp = java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(java.time.ZoneOffset.UTC).format(present);
            return this;
        }

        /** An alarm so long before every to-do that is still open. */
        public IcalOptions alarm(java.time.Duration before) {
            alarmSeconds = before.getSeconds();
            return this;
        }

        /** With what the previous schedule had and this one lacks, as cancelled. */
        public IcalOptions cancelled(boolean with) {
            cancelled = with;
            return this;
        }
    }

    public boolean isOpen() {
        return raw.is_open() != 0;
    }

    @Override
    public void close() {
        raw.close();
    }

    /** The day as text. */
    @Override
    public String toString() {
        return isOpen() ? toText() : "Schedule[closed]";
    }
}
