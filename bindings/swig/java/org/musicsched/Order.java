package org.musicsched;

import java.util.Locale;

/** The order of groups. */
public enum Order {
    /** By mean, highest first; years, decades and months in chronological order. */
    DEFAULT,
    KEY,
    /** Highest first. */
    MEAN,
    /** Largest first. */
    N;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
