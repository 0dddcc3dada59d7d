package org.musicsched;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Times of to-dos and songs, in seconds from midnight. Immutable; threads may share one. */
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

        /** 0: none. If it stops the search, the result depends on the machine. */
        public Options timeLimitMs(long value) {
            timeLimitMs = value;
            return this;
        }

        /** As timeLimitMs; a part of a millisecond counts as one. */
        public Options timeLimit(Duration value) {
            timeLimitMs = value.plusNanos(999_999).toMillis();
            return this;
        }

        /** An earlier schedule, to change as little as possible. */
        public Options previous(Schedule value) {
            previous = value;
            return this;
        }

        /**
         * Count items that the previous schedule has before now as done, unless they have a state.
         */
        public Options assumeDone(boolean value) {
            assumeDone = value;
            return this;
        }

        /** Search for fixes only when unscheduled items are read or the schedule is written. */
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
     * artist, during, wanted and todo are null if they do not apply; state: DONE, STARTED or PAUSED
     * for items in the past or in progress, else OPEN. startS and endS count from midnight of date.
     */
    public record Entry(String kind, String id, String title, String artist, int startS, int endS,
        Instant startUtc, Instant endUtc, String during, Integer todo, Integer wanted,
        boolean fixed, Integer popularity, int piece, State state, LocalDate date, String of) {
        /** The real length, even across a daylight-saving change. */
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
     * A change that schedules an unscheduled item. item: its index in unplaced(); rank: 1 costs you
     * the least; amountS: 0 if the kind has no amount.
     */
    public record Fix(int item, int rank, String kind, int amountS, String id, String text) {
    }

    public record Warning(String code, String message) {
    }

    /**
     * An interval whose tasks need more time than it has; members: ids of to-dos, separated by ";
     * ".
     */
    public record Overload(int startS, int endS, int demandS, int capacityS, String members) {
    }

    /** The value of a level of the objective, and its upper bound. */
    public record Bound(String level, long value, long bound) {
    }

    /** Read a schedule from toJson, to pass it as the previous one. */
    public static Schedule fromJson(String text) {
        return new Schedule(musicsched.schedule_from_json(text));
    }

    public List<Entry> entries() {
        return new Table(raw.entries()).records(Entry.class);
    }

    public List<Unplaced> unplaced() {
        return new Table(raw.unplaced()).records(Unplaced.class);
    }

    /** Up to three fixes of each unscheduled to-do; the first costs you the least. */
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

    /** Local start of an entry of this schedule; times past 24:00 are on the next date. */
    public LocalDateTime start(Entry entry) {
        return entry.date().atStartOfDay().plusSeconds(entry.startS());
    }

    /** Local end of an entry of this schedule. */
    public LocalDateTime end(Entry entry) {
        return entry.date().atStartOfDay().plusSeconds(entry.endS());
    }

    /** IANA name, "" for floating time. */
    public String timezone() {
        return raw.timezone();
    }

    /**
     * "optimal" if it is proved that no schedule is better, "feasible" if one may be better,
     * "unknown" if it was read from JSON without a status.
     */
    public String status() {
        return raw.status();
    }

    /** Why the search stopped: "none" if it finished, "work", "time" or "cancel". */
    public String stop() {
        return raw.stop();
    }

    public List<Bound> bounds() {
        return new Table(raw.bounds()).records(Bound.class);
    }

    /** Whether it is proved that no schedule is better. */
    public boolean optimal() {
        return raw.info("optimal") != 0;
    }

    /** Number of entries whose start differs from the previous schedule. */
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
                options.alarmSeconds, options.cancelled ? 1 : 0, options.sequence,
                options.refreshSeconds);
    }

    /**
     * Options of toIcal. The defaults write everything without alarms, and the same bytes for the
     * same schedule.
     */
    public static final class IcalOptions {
        private String what = "all";
        private String calendarName = "";
        private String timestamp = "";
        private long alarmSeconds = -1;
        private boolean cancelled;
        private long sequence;
        private long refreshSeconds;

        /** "all", "todos" or "songs". */
        public IcalOptions what(String kind) {
            what = kind;
            return this;
        }

        /** The name of the calendar. */
        public IcalOptions calendarName(String name) {
            calendarName = name;
            return this;
        }

        /** The current time, for DTSTAMP and LAST-MODIFIED. */
        public IcalOptions timestamp(java.time.Instant present) {
            timestamp = java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(java.time.ZoneOffset.UTC).format(present);
            return this;
        }

        /** Add an alarm this long before every open to-do. */
        public IcalOptions alarm(java.time.Duration before) {
            alarmSeconds = before.getSeconds();
            return this;
        }

        /** Include items that were removed since the previous schedule, as cancelled. */
        public IcalOptions cancelled(boolean with) {
            cancelled = with;
            return this;
        }

        /**
         * Added to the SEQUENCE of every event. Without a previous schedule, pass a number that
         * grows with each change of the plan.
         */
        public IcalOptions sequence(long number) {
            sequence = number;
            return this;
        }

        /** How often a subscribed program should reload the calendar. */
        public IcalOptions refresh(java.time.Duration interval) {
            refreshSeconds = interval.getSeconds();
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
