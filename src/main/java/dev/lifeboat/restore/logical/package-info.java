/**
 * The parts of a logical restore. A <em>source</em> is the dump and what is known of it; it is read
 * from whichever region has it. A <em>target</em> is the database that is meant. What is restored
 * goes into a <em>scratch</em> database beside the target, and takes its name only when it is
 * whole.
 */
package dev.lifeboat.restore.logical;
