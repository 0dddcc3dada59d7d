package org.musicsched;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A result as columns. Numbers are doubles. Unknown numbers are NaN, and unknown texts are null.
 */
public final class Table {
    private final int rows;
    private final Map<String, Object> columns = new LinkedHashMap<>();

    Table(RawTable raw) {
        rows = (int) raw.rows();
        for (int index = 0; index < raw.columns(); index++) {
            columns.put(raw.name(index), raw.is_list(index) != 0
                ? lists(strings(raw.texts(index)), raw.numbers(index))
                : raw.is_text(index) != 0 ? strings(raw.texts(index)) : raw.numbers(index));
        }
    }

    /** All texts come one after the other, with the size of each list. */
    private static List<?>[] lists(String[] texts, double[] sizes) {
        List<?>[] lists = new List<?>[sizes.length];
        int at = 0;
        for (int row = 0; row < lists.length; row++) {
            lists[row] = List.of(Arrays.copyOfRange(texts, at, at + (int) sizes[row]));
            at += (int) sizes[row];
        }
        return lists;
    }

    private static String[] strings(byte[][] texts) {
        String[] strings = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
            strings[i] = Library.string(texts[i]);
        }
        return strings;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Names of the columns, in order. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** The values of a column of numbers. */
    public double[] numbers(String name) {
        if (columns.get(name) instanceof double[] values) {
            return values.clone();
        }
        throw new NoSuchElementException("there is no column of numbers " + name);
    }

    /** The values of a column of texts. */
    public String[] texts(String name) {
        if (columns.get(name) instanceof String[] values) {
            return values.clone();
        }
        throw new NoSuchElementException("there is no column of texts " + name);
    }

    /** The values of a column of dates, for example release_date; null if unknown. */
    public LocalDate[] dates(String name) {
        return Arrays.stream(texts(name)).map(text -> text == null ? null : LocalDate.parse(text))
            .toArray(LocalDate[]::new);
    }

    /** The values of a column of lists, for example the artists. */
    public List<List<String>> lists(String name) {
        if (columns.get(name) instanceof List<?>[] values) {
            @SuppressWarnings("unchecked")
            List<List<String>> lists = (List<List<String>>) (List<?>) List.of(values);
            return lists;
        }
        throw new NoSuchElementException("there is no column of lists " + name);
    }

    /** Each row as a record whose components have the names of columns, in camel case. */
    <R extends Record> List<R> records(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] sources = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            sources[i] = columns.get(components[i].getName().replaceAll("([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT));
        }
        try {
            List<R> records = new ArrayList<>(rows);
            for (int row = 0; row < rows; row++) {
                Object[] values = new Object[components.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(sources[i], row, types[i]);
                }
                records.add(type.getDeclaredConstructor(types).newInstance(values));
            }
            return List.copyOf(records);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Object value(Object column, int row, Class<?> type) {
        if (column instanceof String[] texts) {
            return value(texts[row], type);
        }
        if (column instanceof List<?>[] lists) {
            return lists[row];
        }
        double number = ((double[]) column)[row];
        if (type == double.class) {
            return number;
        }
        if (!type.isPrimitive() && Double.isNaN(number)) {
            return null;
        }
        if (type == Instant.class) {
            return Instant.ofEpochSecond((long) number);
        }
        if (type == boolean.class) {
            return number != 0;
        }
        return type == long.class ? (Object) (long) number : (Object) (int) number;
    }

    private static Object value(String text, Class<?> type) {
        if (type == State.class) {
            return State.valueOf(text.toUpperCase(Locale.ROOT));
        }
        return type == LocalDate.class && text != null ? LocalDate.parse(text) : text;
    }

    @Override
    public String toString() {
        return "Table[" + rows + " rows: " + String.join(", ", columns.keySet()) + "]";
    }
}
