package org.musicsched;

import java.util.Locale;

/** What a question counts. */
public enum Count {
    /** Every row of the input: a track in three playlists counts three times. */
    ENTRIES,
    /** Every track id once. */
    TRACKS,
    /** Every recording once, as its most popular track. */
    RECORDINGS,
    /** Recordings for the top, so that no song is named twice, and tracks for all else. */
    DEFAULT;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
