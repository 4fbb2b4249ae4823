/**
 * How long a restore will take. A <em>run</em> is what one earlier restore measured; an estimate is
 * told with its range and with what it rests on.
 */
package dev.lifeboat.restore.estimate;
