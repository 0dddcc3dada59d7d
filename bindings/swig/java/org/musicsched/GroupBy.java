package org.musicsched;

import java.util.Locale;

/**
 * What to group by. Years and decades leave undated tracks out; months also those that are dated by
 * year only.
 */
public enum GroupBy {
    ALL, GENRE, SUBGENRE, ARTIST, PLAYLIST, YEAR, DECADE, MONTH, YEAR_MONTH;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
