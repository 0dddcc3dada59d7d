package org.musicsched;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A calendar that was read (.ics, RFC 5545). Immutable; threads may share one. */
public final class Calendar implements AutoCloseable {
    final RawCalendar raw;

    private Calendar(RawCalendar raw) {
        this.raw = raw;
    }

    /** Read a file, whose name is shown beside its events. */
    public static Calendar read(Path path) {
        try {
            return parse(Files.readString(path), path.getFileName().toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Read iCalendar text. name: shown beside its events, or null for what it calls itself. */
    public static Calendar parse(String text, String name) {
        return new Calendar(musicsched.parse_calendar(text, name));
    }

    /** Whether recurring events can be read: the library was built with libical. */
    public static boolean canRecur() {
        return musicsched.can_recur() != 0;
    }

    /** What is shown beside its events. */
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
