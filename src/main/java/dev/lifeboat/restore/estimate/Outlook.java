package dev.lifeboat.restore.estimate;

import dev.lifeboat.catalog.windows.TargetAnswer;

import java.util.Optional;

/**
 * What a plan will bring and cost, told beside it. It decides nothing.
 *
 * @param answer what is lost; empty when that could not be found out
 * @param untold why not, a full sentence
 */
public record Outlook(
        Optional<TargetAnswer.Reachable> answer, Optional<String> untold, Estimate estimate) {}
