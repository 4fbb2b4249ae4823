package dev.lifeboat.settings;

/**
 * A query of the profile that a restored database must answer as expected.
 *
 * @param name what it proves, in the operator's words
 * @param sql one statement that yields one row with one column
 * @param expected what that value must be
 */
public record OwnQuery(String name, String sql, Expectation expected) {}
