package dev.lifeboat.sandbox;

import java.util.Optional;

/**
 * What a transaction did to one row.
 *
 * @param content the row as it is afterwards, in one text; empty when it was deleted
 */
record Change(AppTable table, long id, Optional<String> content) {}
