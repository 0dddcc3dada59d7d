package org.musicsched;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rows a query uses. A row must meet every condition, and match one of the texts of a
 * condition.
 */
public final class Filter {
    private final RawFilter raw = new RawFilter();
    private final List<String> conditions = new ArrayList<>();

    private Filter() {
    }

    /** All rows; add conditions to narrow it. */
    public static Filter where() {
        return new Filter();
    }

    static RawFilter raw(Filter filter) {
        return filter == null ? null : filter.raw;
    }

    private Filter add(String kind, String[] texts) {
        if (texts.length == 0) {
            throw new IllegalArgumentException(kind + ": an empty list lets nothing through");
        }
        for (String text : texts) {
            raw.add(kind, text);
        }
        return with(kind + " " + List.of(texts));
    }

    public Filter genre(String... names) {
        return add("genre", names);
    }

    public Filter subgenre(String... names) {
        return add("subgenre", names);
    }

    public Filter artist(String... names) {
        return add("artist", names);
    }

    /** Ids or names of playlists. */
    public Filter playlist(String... names) {
        return add("playlist", names);
    }

    /** Release years, both inclusive; null: no limit. */
    public Filter years(Integer first, Integer last) {
        raw.years(first == null ? -1 : first, last == null ? -1 : last);
        return with("years " + range(first, last));
    }

    /** Popularity 0 to 100, both inclusive; null: no limit. */
    public Filter popularity(Integer low, Integer high) {
        raw.popularity(low == null ? -1 : low, high == null ? -1 : high);
        return with("popularity " + range(low, high));
    }

    /** An audio feature such as "energy". */
    public Filter feature(String name, double low, double high) {
        raw.feature(name, low, high);
        return with(name + " " + range(low, high));
    }

    private boolean zero;
    private boolean januaryFirst;

    /** Leave out popularity 0, which mostly means replaced or removed, not disliked. */
    public Filter excludeZero() {
        zero = true;
        return with("excludeZero").exclude();
    }

    /** Leave out full dates of 1 January, which are mostly placeholders for a year. */
    public Filter excludeJanuaryFirst() {
        januaryFirst = true;
        return with("excludeJanuaryFirst").exclude();
    }

    /** Let a name that is not in the catalog match nothing; otherwise, it is an error. */
    public Filter allowUnknown() {
        raw.allow_unknown(1);
        return with("allowUnknown");
    }

    /** The conditions, in the order in which they were added. */
    @Override
    public String toString() {
        return "Filter" + conditions;
    }

    private Filter with(String condition) {
        conditions.add(condition);
        return this;
    }

    private static String range(Number low, Number high) {
        return (low == null ? "" : low) + ".." + (high == null ? "" : high);
    }

    private Filter exclude() {
        raw.exclude(zero ? 1 : 0, januaryFirst ? 1 : 0);
        return this;
    }
}
