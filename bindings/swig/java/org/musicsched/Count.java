package org.musicsched;

import java.util.Locale;

/** Unit of counting. */
public enum Count {
    /** Every row of the input: a track in three playlists counts three times. */
    ENTRIES,
    /** Every track id once. */
    TRACKS,
    /** Every recording once, as its most popular track. */
    RECORDINGS,
    /**
     * Recordings for the most popular songs, so that no song is listed twice, and tracks for all
     * other queries.
     */
    DEFAULT;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
