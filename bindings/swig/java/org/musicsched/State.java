package org.musicsched;

import java.util.Locale;

/** What has become of a to-do or wanted song. */
public enum State {
    /** Nothing is said: it is still to be done. */
    OPEN,
    /** Has not begun, although its time may have come. */
    NOT_STARTED,
    /** Runs. */
    STARTED,
    /** Was interrupted; some of it is still to be done. */
    PAUSED,
    /** Is done; of a song: was heard. */
    DONE,
    /** Is left out today. */
    SKIPPED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
