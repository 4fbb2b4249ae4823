/** A store that lives in this process: the twin tests and rehearsals use. */
package dev.lifeboat.storage.memory;
