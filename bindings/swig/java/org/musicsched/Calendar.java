package org.musicsched;

import static org.musicsched.Library.need;

import java.nio.file.Path;

/** An iCalendar file (.ics, RFC 5545). Immutable; threads may share one. */
public final class Calendar implements AutoCloseable {
    final RawCalendar raw;

    private Calendar(RawCalendar raw) {
        this.raw = raw;
    }

    /** Read a file. Its name is shown with its events. */
    public static Calendar read(Path path) {
        return new Calendar(musicsched.read_calendar(need(path, "path").toString(), null));
    }

    /** Read iCalendar text. name: shown with its events; null: its own name. */
    public static Calendar parse(String text, String name) {
        return new Calendar(musicsched.parse_calendar(text, name));
    }

    /** Whether recurring events can be expanded, which needs a library built with libical. */
    public static boolean canRecur() {
        return musicsched.can_recur() != 0;
    }

    /** The name that is shown with its events. */
    public String name() {
        return raw.name();
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
        return isOpen() ? "Calendar[" + name() + "]" : "Calendar[closed]";
    }
}
