/**
 * Durable job records. A <em>job</em> (backup, restore, verification) owns a folder; its
 * <em>journal</em> is a file of JSON lines in it, one <em>event</em> a line, each a fact in the
 * past tense. The journal is the truth: the terminal, the window, the report and a resume after a
 * crash are all readers of it. While a process works on the job it holds the job's <em>lock</em>
 * and listens on the job's <em>socket</em>, through which others ask it to stop.
 */
package dev.lifeboat.journal;
