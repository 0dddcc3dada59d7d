package org.musicsched;

import java.util.Locale;

/**
 * Attribute to group by. Years and decades leave out undated tracks; months also leave out tracks
 * dated only by year.
 */
public enum GroupBy {
    ALL, GENRE, SUBGENRE, ARTIST, PLAYLIST, YEAR, DECADE, MONTH, YEAR_MONTH;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
