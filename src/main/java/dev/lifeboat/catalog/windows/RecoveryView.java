package dev.lifeboat.catalog.windows;

import dev.lifeboat.wal.index.IndexedWal;

import java.util.Optional;

/**
 * To when one can go back, and what answers questions about single targets, both of the same
 * moment.
 *
 * @param answers empty when there is no usable base
 * @param wal the WAL and its index; empty when there is no usable base
 */
public record RecoveryView(
        RecoveryTimeline timeline, Optional<TargetAnswers> answers, Optional<IndexedWal> wal) {}
