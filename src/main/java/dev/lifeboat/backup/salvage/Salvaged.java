package dev.lifeboat.backup.salvage;

import dev.lifeboat.kernel.Problem;

import java.util.List;
import java.util.Optional;

/**
 * What was brought into the archive.
 *
 * @param archived names of files that the archive lacked, ascending
 * @param thereBefore files that it had, with the same content
 * @param tail what the server was writing when it died; empty when its last segment is whole or
 *     holds no record
 * @param tailName the name under which the tail lies in the archive now
 * @param damaged segments that are not what the log had in them; nothing of them was archived
 * @param diverted why files lie in the DR region alone
 */
public record Salvaged(
        List<String> archived,
        int thereBefore,
        Optional<LeftSegment> tail,
        Optional<String> tailName,
        List<Problem> damaged,
        Optional<Problem> diverted) {}
