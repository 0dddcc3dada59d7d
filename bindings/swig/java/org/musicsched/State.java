package org.musicsched;

import java.util.Locale;

/** State of a to-do or wanted song. */
public enum State {
    /** Not recorded: still to be done. */
    OPEN,
    /** Not begun, although its time may have come. */
    NOT_STARTED,
    /** In progress. */
    STARTED,
    /** Interrupted; a part is still to be done. */
    PAUSED,
    /** Done, or heard. */
    DONE,
    /** Left out today. */
    SKIPPED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
