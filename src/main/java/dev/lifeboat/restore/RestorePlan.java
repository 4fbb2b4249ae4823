package dev.lifeboat.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything a restore will do, decided and shown before it begins. Immutable; carried out as it is
 * or not at all. Each kind of restore has a plan of its own.
 */
public sealed interface RestorePlan permits PhysicalPlan, LogicalPlan {
    /** Of the restore; also the name of its folder. */
    String id();

    /** The version of Lifeboat that made the plan. */
    String tool();

    /** The machine the plan acts on. */
    String host();

    Instant plannedAt();

    /** {@code auto}, {@code primary} or {@code dr}. */
    String region();

    /** What an operator should know before saying yes, full sentences. */
    List<String> notes();

    /** What must be typed; empty when nothing exists that could be harmed. */
    Optional<String> confirm();

    /** What typing it agrees to, a sentence; empty when nothing must be typed. */
    Optional<String> stake();
}
