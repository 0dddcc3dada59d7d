package org.musicsched;

import java.util.List;

/** The songs of a catalog that match a playlist. Immutable; threads may share one. */
public final class Match {
    final RawMatch raw;

    Match(RawMatch raw) {
        this.raw = raw;
    }

    /**
     * A song as in the file. found: id, exact, close, title or none; line: 0 if unknown; the parts
     * of the track are null if none was found; candidates: similar songs, separated by "; ".
     */
    public record Song(long line, String title, String artist, String album, String id,
        String found, String trackId, String trackName, String trackArtist, String candidates) {
    }

    /** An item that is not a song, or an assumption. line: 0 for the whole file. */
    public record Remark(long line, String reason) {
    }

    /** Name of the playlist, "" if it has none. */
    public String name() {
        return raw.name();
    }

    /** Number of songs that were found. */
    public int found() {
        return (int) raw.found();
    }

    /** Every song of the playlist, in order. */
    public List<Song> songs() {
        return new Table(raw.songs()).records(Song.class);
    }

    public List<Remark> remarks() {
        return new Table(raw.remarks()).records(Remark.class);
    }

    public String toJson() {
        return raw.to_json();
    }

    @Override
    public String toString() {
        return "Match[" + found() + " found]";
    }
}
