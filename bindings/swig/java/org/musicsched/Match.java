package org.musicsched;

import java.util.List;

/** Which songs of a catalog a playlist means. Immutable; threads may share one. */
public final class Match {
    final RawMatch raw;

    Match(RawMatch raw) {
        this.raw = raw;
    }

    /**
     * A song as the file names it, and what was found: id, exact, close, title or none. line: 0
     * where it is not known; track parts are null where nothing was found; candidates: songs that
     * may be meant, "; " between them.
     */
    public record Song(long line, String title, String artist, String album, String id,
        String found, String trackId, String trackName, String trackArtist, String candidates) {
    }

    /** What names no song, or was assumed. line: 0 for the file as a whole. */
    public record Remark(long line, String reason) {
    }

    /** Of the playlist, "" where it has none. */
    public String name() {
        return raw.name();
    }

    /** How many of its songs were found. */
    public int found() {
        return (int) raw.found();
    }

    /** Every song of the playlist, in its order. */
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
