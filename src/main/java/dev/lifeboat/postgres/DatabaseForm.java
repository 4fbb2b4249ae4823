package dev.lifeboat.postgres;

import dev.lifeboat.kernel.RecoveryException;

import java.util.Optional;

/**
 * How a database was made: what CREATE DATABASE is told, and nothing can change afterwards.
 *
 * <p>Source: PostgreSQL documentation, CREATE DATABASE.
 *
 * @param provider {@code libc}, {@code icu} or {@code builtin}
 * @param providerLocale of ICU and built-in locales
 * @param tablespace empty for the cluster's default
 */
public record DatabaseForm(
        String encoding,
        String provider,
        String collate,
        String ctype,
        Optional<String> providerLocale,
        Optional<String> tablespace) {
    private static final String DEFAULT_TABLESPACE = "pg_default";

    /** The form of a database of the session's cluster. Problems as {@link Database}. */
    public static Optional<DatabaseForm> read(Database session, String database)
            throws RecoveryException {
        return session.first(
                row ->
                        new DatabaseForm(
                                row.text("encoding"),
                                provider(row.text("provider")),
                                row.text("datcollate"),
                                row.text("datctype"),
                                row.optionalText("locale"),
                                row.optionalText("spcname")
                                        .filter(name -> !name.equals(DEFAULT_TABLESPACE))),
                """
                select pg_encoding_to_char(encoding) as encoding, datcollate, datctype,
                       coalesce(j ->> 'datlocprovider', 'c') as provider,
                       coalesce(j ->> 'datlocale', j ->> 'daticulocale') as locale, spcname
                  from pg_database d left join pg_tablespace t on t.oid = dattablespace,
                       to_jsonb(d) j
                 where datname = ?""",
                database);
    }

    /** CREATE DATABASE from {@code template0}, which holds nothing of anybody's. */
    public String create(String database) {
        var sql = new StringBuilder("CREATE DATABASE ").append(Sql.identifier(database));
        sql.append(" TEMPLATE template0 ENCODING ").append(Sql.literal(encoding));
        sql.append(" LC_COLLATE ").append(Sql.literal(collate));
        sql.append(" LC_CTYPE ").append(Sql.literal(ctype));
        if (!provider.equals("libc")) {
            sql.append(" LOCALE_PROVIDER ").append(provider);
            providerLocale.ifPresent(
                    locale ->
                            sql.append(provider.equals("icu") ? " ICU_LOCALE " : " BUILTIN_LOCALE ")
                                    .append(Sql.literal(locale)));
        }
        tablespace.ifPresent(space -> sql.append(" TABLESPACE ").append(Sql.identifier(space)));
        return sql.toString();
    }

    private static String provider(String letter) {
        return switch (letter) {
            case "i" -> "icu";
            case "b" -> "builtin";
            default -> "libc";
        };
    }
}
