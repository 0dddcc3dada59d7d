package org.musicsched;

import java.util.concurrent.CancellationException;

/** An error of the library, with its position in the input if known. */
public class MusicschedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final long line;
    private final long column;

    MusicschedException(String message, String code, long line, long column) {
        super(message);
        this.code = code;
        this.line = line;
        this.column = column;
    }

    /** Called from the native side. */
    static RuntimeException create(byte[] message, byte[] code, long line, long column) {
        String name = Library.string(code);
        if (name.equals("MSCHED_ERROR_CANCELLED")) {
            return new CancellationException("the thread was interrupted");
        }
        return new MusicschedException(Library.string(message), name, line, column);
    }

    /** Name of the C result code, such as "MSCHED_ERROR_VALUE". */
    public String getCode() {
        return code;
    }

    /** 1-based line; 0 if it does not apply. */
    public long getLine() {
        return line;
    }

    /** 1-based column in characters, or the field number in a CSV row; 0 if it does not apply. */
    public long getColumn() {
        return column;
    }
}
