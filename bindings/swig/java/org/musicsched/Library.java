package org.musicsched;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The native library, and texts on their way to and from it. */
final class Library {
    static final Cleaner CLEANER = Cleaner.create();

    private Library() {
    }

    /**
     * The file that the property musicsched.library names; else where java looks; else where it was
     * installed.
     */
    static void load() {
        String named = System.getProperty("musicsched.library");
        if (named != null) {
            System.load(named);
            return;
        }
        try {
            System.loadLibrary("musicsched_java");
        } catch (UnsatisfiedLinkError notFound) {
            try (InputStream path = Library.class.getResourceAsStream("library.path")) {
                if (path == null) {
                    throw notFound;
                }
                System.load(new String(path.readAllBytes(), StandardCharsets.UTF_8).strip());
            } catch (IOException unreadable) {
                throw notFound;
            }
        }
    }

    /**
     * Half of a surrogate pair has no UTF-8 and is refused, where getBytes would write a question
     * mark.
     */
    static byte[] utf8(String text) {
        if (text == null) {
            return null;
        }
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException unpaired) {
            throw new MusicschedException("a text holds half of a surrogate pair",
                "MSCHED_ERROR_ENCODING", 0, 0);
        }
    }

    /** For texts that end at their first zero in C. */
    static byte[] text(String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw new MusicschedException("a text holds a zero character", "MSCHED_ERROR_ARGUMENT",
                0, 0);
        }
        return utf8(text);
    }

    static String string(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
