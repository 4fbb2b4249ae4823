/**
 * What Lifeboat was told to work on, resolved once at the start of a command.
 *
 * <p>A <em>setting</em> has one name as an environment variable and one as a field of a
 * <em>profile</em>: a named cluster in {@code profiles.yaml}. A profile that was <em>chosen</em>
 * (by {@code --profile}, by LIFEBOAT_PROFILE, or in the window) wins and the environment fills what
 * it leaves open; a variable that says something else is a <em>contradiction</em>, and nothing is
 * written while there is one. Without a chosen profile the environment alone decides.
 */
package dev.lifeboat.settings;
