package org.musicsched;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The native library, and texts on their way to and from it. */
final class Library {
    static final Cleaner CLEANER = Cleaner.create();

    private Library() {
    }

    /**
     * The file that the property musicsched.library names; else the one in the jar; else where java
     * looks; else where it was installed.
     */
    static void load() {
        String named = System.getProperty("musicsched.library");
        if (named != null) {
            System.load(named);
            return;
        }
        try {
            if (loadBundled()) {
                return;
            }
        } catch (IOException unwritable) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("the native library cannot be"
                + " unpacked; set -Djava.io.tmpdir to a folder that can be written to: "
                + unwritable);
            error.initCause(unwritable);
            throw error;
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
     * Load the library of this system that the jar has, with those that it needs. A library is
     * loaded after those it needs, so the loader of the system finds them by name. They stay in
     * memory without their files.
     */
    private static boolean loadBundled() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-"
            + System.getProperty("os.arch").replace("amd64", "x86_64");
        String folder = "native/" + system + "/";
        List<String> names;
        try (InputStream files = Library.class.getResourceAsStream(folder + "files")) {
            if (files == null) {
                return false;
            }
            names = new String(files.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        Path unpacked = Files.createTempDirectory("musicsched");
        try {
            for (String name : names) {
                Path file = unpacked.resolve(name);
                try (InputStream bytes = Library.class.getResourceAsStream(folder + name)) {
                    Files.copy(bytes, file);
                }
                System.load(file.toString());
                Files.delete(file);
            }
        } finally {
            for (String name : names) {
                Files.deleteIfExists(unpacked.resolve(name));
            }
            Files.delete(unpacked);
        }
        return true;
    }

    /** The object, or an exception that names the argument. */
    static <T> T need(T object, String name) {
        if (object == null) {
            throw new MusicschedException(name + ": null is not allowed", "MSCHED_ERROR_ARGUMENT",
                0, 0);
        }
        return object;
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
