/**
 * The command line: thin commands over the services below, and the one place that writes to the
 * terminal.
 *
 * <p>A <em>command</em> is a picocli class with a constructor that takes a {@link
 * dev.lifeboat.cli.Session}; its {@code call} returns the exit code or throws a {@link
 * dev.lifeboat.kernel.RecoveryException}. <em>Results</em> go to stdout, as text or JSON;
 * <em>talk</em> (progress, notes, problems) goes to stderr. To add one: write the class, name it in
 * {@link dev.lifeboat.cli.RootCommand}.
 */
package dev.lifeboat.cli;
