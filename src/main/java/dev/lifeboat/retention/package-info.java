/**
 * What is kept and what goes. A full or a configuration backup belongs to <em>generations</em>
 * (daily, weekly, monthly, yearly), each with its age and its storage class. A <em>promise</em> is
 * a stretch of time of which every moment stays recoverable: the days of BACKUP_PITR_DAYS, and what
 * a <em>hold</em> covers; it keeps bases and all WAL they need. A <em>plan</em> says what goes,
 * what moves to a colder class and what stays, each with its reason; nothing is changed before it
 * is carried out, and nothing but the plan is.
 */
package dev.lifeboat.retention;
