package dev.lifeboat.postgres;

import dev.lifeboat.kernel.Lsn;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One row of a result, read by column name. It is good until the reader returns. A column that does
 * not exist, or cannot be read as that type, is a fault of the program and throws {@link
 * IllegalArgumentException}; so does a NULL, except where the method says otherwise.
 */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row);
    }

    /** Any type, as PostgreSQL prints it. */
    public String text(String column) {
        return required(column, optionalText(column));
    }

    /** Empty for NULL. */
    public Optional<String> optionalText(String column) {
        return get(column, () -> Optional.ofNullable(result.getString(column)));
    }

    public long number(String column) {
        return required(column, optionalNumber(column));
    }

    /** Empty for NULL. */
    public Optional<Long> optionalNumber(String column) {
        return get(
                column,
                () -> {
                    long value = result.getLong(column);
                    return result.wasNull() ? Optional.empty() : Optional.of(value);
                });
    }

    public int integer(String column) {
        return Math.toIntExact(number(column));
    }

    public double decimal(String column) {
        return get(column, () -> result.getDouble(column));
    }

    public boolean bool(String column) {
        return required(
                column,
                get(
                        column,
                        () -> {
                            boolean value = result.getBoolean(column);
                            return result.wasNull() ? Optional.empty() : Optional.of(value);
                        }));
    }

    /** A {@code timestamptz}. */
    public Instant instant(String column) {
        return required(column, optionalInstant(column));
    }

    /** Empty for NULL. */
    public Optional<Instant> optionalInstant(String column) {
        return get(
                column,
                () ->
                        Optional.ofNullable(result.getObject(column, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant));
    }

    /** A {@code pg_lsn}. */
    public Lsn lsn(String column) {
        return Lsn.parse(text(column));
    }

    /** Empty for NULL. */
    public Optional<Lsn> optionalLsn(String column) {
        return optionalText(column).map(Lsn::parse);
    }

    public byte[] bytes(String column) {
        return required(column, get(column, () -> Optional.ofNullable(result.getBytes(column))));
    }

    private static <T> T required(String column, Optional<T> value) {
        return value.orElseThrow(
                () -> new IllegalArgumentException("the column " + column + " is NULL"));
    }

    private interface Getter<T> {
        T get() throws SQLException;
    }

    private static <T> T get(String column, Getter<T> getter) {
        try {
            return getter.get();
        } catch (SQLException unreadable) {
            throw new IllegalArgumentException(
                    "the column " + column + " cannot be read", unreadable);
        }
    }
}
