package dev.fettle.api.strategy;

import dev.fettle.api.Stable;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Evidence;
import java.util.List;

/**
 * What a strategy proposes.
 *
 * @param id unique within one analysis and the same each time for the same input, as in {@code prune-unused:lint}
 * @param action what is done, in the design's words: {@code remove_node}, {@code create_parallel_group}, ...
 * @param targets nodes or tools concerned
 * @param decision suggestions with the same decision exclude each other, as in {@code tool:scan/linear_search}
 * @param reason one sentence for a person
 * @param evidence what the suggestion rests on; never empty
 * @param changes applied in order
 * @param outcomes what replay cannot know; empty where it knows all
 * @param confidence in [0, 1]: of the strategy in its evidence
 */
@Stable
public record Suggestion(
        String id,
        String strategy,
        String action,
        List<String> targets,
        String decision,
        RiskLevel risk,
        Recommendation recommendation,
        String reason,
        List<Evidence> evidence,
        List<WorkflowChange> changes,
        List<ExpectedOutcome> outcomes,
        double confidence) {
    public Suggestion {
        targets = List.copyOf(targets);
        evidence = List.copyOf(evidence);
        changes = List.copyOf(changes);
        outcomes = List.copyOf(outcomes);
        if (evidence.isEmpty() || changes.isEmpty()) {
            throw new IllegalArgumentException(
                    "the suggestion (" + id + ") has no " + (changes.isEmpty() ? "changes" : "evidence"));
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "the confidence of (" + id + ") is (" + confidence + "); expected a number in [0, 1]");
        }
    }
}
