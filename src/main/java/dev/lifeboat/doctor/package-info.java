/**
 * Looks at everything a backup and a restore will need, before they do. A <em>finding</em> is one
 * line: what was looked at, whether it is well, what was seen, and what to do when it is not.
 * Nothing is changed.
 */
package dev.lifeboat.doctor;
