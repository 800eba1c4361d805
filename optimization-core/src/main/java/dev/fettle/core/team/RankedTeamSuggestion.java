package dev.fettle.core.team;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Proposal;
import dev.fettle.core.plan.RankedSuggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A suggestion for a team.
 *
 * @param priority the severity of the gravest bottleneck of the team that it is for
 * @param gain expected: by how much it lowers the score, as a part of the score's size at the baseline
 */
public record RankedTeamSuggestion(Suggestion suggestion, Estimate estimate, Severity priority, double gain) {
    /** Less sure suggestions are dropped. */
    public static final double LEAST_CONFIDENCE = 0.6;

    private double weight() {
        return gain * suggestion.confidence();
    }

    /**
     * The suggestions for teams: by priority, then by expected gain times confidence. Those below {@link
     * #LEAST_CONFIDENCE}, and those that would make things worse, are dropped.
     */
    public static List<RankedTeamSuggestion> rank(Analysis analysis, Proposal proposal) {
        List<RankedTeamSuggestion> ranked = new ArrayList<>();
        for (RankedSuggestion one : proposal.suggestions()) {
            Suggestion suggestion = one.suggestion();
            boolean sure = suggestion.confidence() >= LEAST_CONFIDENCE;
            if (sure && one.gain() >= 0 && isForTeam(analysis.workflow(), suggestion)) {
                ranked.add(new RankedTeamSuggestion(
                        suggestion, one.estimate(), priorityOf(analysis.bottlenecks(), suggestion), one.gain()));
            }
        }
        ranked.sort(Comparator.comparing(RankedTeamSuggestion::priority)
                .thenComparingDouble(RankedTeamSuggestion::weight)
                .reversed()
                .thenComparing(one -> one.suggestion().id()));
        return ranked;
    }

    private static boolean isForTeam(Workflow workflow, Suggestion suggestion) {
        return suggestion.targets().stream().allMatch(target -> workflow.node(target)
                .map(node -> node.kind() == NodeKind.TEAM)
                .orElse(false));
    }

    private static Severity priorityOf(List<Bottleneck> bottlenecks, Suggestion suggestion) {
        return bottlenecks.stream()
                .filter(bottleneck ->
                        bottleneck.node() != null && suggestion.targets().contains(bottleneck.node()))
                .map(Bottleneck::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.LOW);
    }
}
