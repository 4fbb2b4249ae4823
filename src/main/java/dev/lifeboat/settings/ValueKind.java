package dev.lifeboat.settings;

import dev.lifeboat.storage.StoragePrices;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** What a setting's text must look like, and when two texts say the same. */
enum ValueKind {
    TEXT("a word without spaces") {
        @Override
        boolean accepts(String text) {
            return text.chars().noneMatch(Character::isWhitespace);
        }
    },
    BUCKET("the bucket's bare name, without s3:// and without a slash") {
        @Override
        boolean accepts(String text) {
            return text.matches("[A-Za-z0-9._-]{3,255}");
        }
    },
    PREFIX("a folder such as orders/, without spaces, . or .. as a step") {
        @Override
        boolean accepts(String text) {
            return text.matches("/?([A-Za-z0-9!_.*'()-]+/)*[A-Za-z0-9!_.*'()-]*")
                    && !text.matches("(.*/)?\\.{1,2}(/.*)?");
        }

        @Override
        String canonical(String text) {
            String bare = text.replaceFirst("^/", "");
            return bare.isEmpty() || bare.endsWith("/") ? bare : bare + "/";
        }
    },
    URL("an address that begins with http:// or https://") {
        @Override
        boolean accepts(String text) {
            try {
                var uri = new URI(text);
                return uri.getHost() != null
                        && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
            } catch (URISyntaxException notAnAddress) {
                return false;
            }
        }

        @Override
        String canonical(String text) {
            return text.replaceFirst("/+$", "");
        }
    },
    BOOLEAN("true or false") {
        @Override
        boolean accepts(String text) {
            return canonical(text).matches("true|false");
        }

        @Override
        String canonical(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    },
    DAYS("a whole number of days, 1 to 36500") {
        @Override
        boolean accepts(String text) {
            return text.matches("0*[1-9]\\d{0,4}") && Integer.parseInt(text) <= 36_500;
        }

        @Override
        String canonical(String text) {
            return text.replaceFirst("^0+", "");
        }
    },
    BYTES("a whole number of bytes greater than 0") {
        @Override
        boolean accepts(String text) {
            return text.matches("0*[1-9]\\d{0,17}");
        }

        @Override
        String canonical(String text) {
            return text.replaceFirst("^0+", "");
        }
    },
    PRICES("US dollars for a GB a month by storage class, such as STANDARD=0.023,GLACIER=0.0036") {
        @Override
        boolean accepts(String text) {
            return StoragePrices.parse(text).isPresent();
        }
    },
    PATH("a path") {
        @Override
        boolean accepts(String text) {
            try {
                return !Path.of(text).toString().isEmpty();
            } catch (InvalidPathException notAPath) {
                return false;
            }
        }
    },
    SECRET("a key, file:PATH or secretsmanager:NAME") {
        @Override
        boolean accepts(String text) {
            return true;
        }
    },
    SECRET_URL("postgresql://user@host:5432/dbname, or libpq's host=... dbname=...") {
        @Override
        boolean accepts(String text) {
            return true;
        }
    };

    private final String form;

    ValueKind(String form) {
        this.form = form;
    }

    /** Whether the text is such a value. What a secret says is judged where it is used. */
    abstract boolean accepts(String text);

    /** The one form of all texts that say the same. */
    String canonical(String text) {
        return text;
    }

    /** What a text must be, for a sentence that begins with "It takes". */
    String form() {
        return form;
    }

    boolean isSecret() {
        return this == SECRET || this == SECRET_URL;
    }
}
