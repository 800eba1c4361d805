package dev.fettle.strategies.team.tune;

import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.strategies.team.detect.Contribution;
import dev.fettle.strategies.team.run.TeamHistory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A team that bottlenecks name, with its definition and its recorded runs.
 *
 * @param bottlenecks that name it
 */
record TunedTeam(Node node, Team team, TeamHistory history, List<Bottleneck> bottlenecks) {
    /** How far the quality of a changed team may fall where nothing tells. */
    private static final double QUALITY_LOSS = 0.2;

    /** The defined teams that the context's bottlenecks name, with at least so many recorded runs. */
    static List<TunedTeam> of(StrategyContext context, int minRuns) {
        Set<String> named = new LinkedHashSet<>();
        context.bottlenecks().forEach(bottleneck -> {
            if (bottleneck.node() != null) {
                named.add(bottleneck.node());
            }
        });
        List<TunedTeam> teams = new ArrayList<>();
        for (String id : named) {
            Node node = context.workflow().node(id).orElse(null);
            if (node == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (!(node.body() instanceof Team team) || team.members().isEmpty()) {
                context.refusals().refused(id, "is no team whose members are declared");
            } else {
                TeamHistory history = TeamHistory.of(context.profile(), id);
                if (context.holds(id, history.size() >= minRuns, "fewer than " + minRuns + " recorded runs")) {
                    teams.add(new TunedTeam(
                            node,
                            team,
                            history,
                            context.bottlenecks().stream()
                                    .filter(bottleneck -> id.equals(bottleneck.node()))
                                    .toList()));
                }
            }
        }
        return teams;
    }

    String id() {
        return node.id();
    }

    Contribution contribution() {
        return new Contribution(history, team);
    }

    boolean has(String type) {
        return bottlenecks.stream().anyMatch(bottleneck -> bottleneck.type().equals(type));
    }

    /** Confidence in what was seen in every run: the lower end of the 95 % Wilson interval. */
    double confidence() {
        return Rate.of(history.size(), history.size()).low();
    }

    Evidence evidence(String text) {
        return new Evidence(text, history.size(), history.size(), 1, 1);
    }

    /** What replay cannot know: the result may be worse. */
    ExpectedOutcome qualityUnknown(String basis) {
        return outcome(Amount.UNCHANGED, Source.ASSUMED, basis);
    }

    /** The cost by this factor, and a result that may be worse. */
    ExpectedOutcome outcome(Amount usd, Source source, String basis) {
        return new ExpectedOutcome(
                id(), null, Amount.UNCHANGED, usd, Amount.factor(1, 1 - QUALITY_LOSS, 1), source, basis);
    }

    /** A suggestion for this team. */
    Suggestion suggestion(
            String strategy,
            String variant,
            String action,
            RiskLevel risk,
            String reason,
            Evidence evidence,
            List<WorkflowChange> changes,
            List<ExpectedOutcome> outcomes,
            double confidence) {
        return new Suggestion(
                strategy + ":" + id() + (variant.isEmpty() ? "" : "/" + variant),
                strategy,
                action,
                List.of(id()),
                decision(strategy, action, variant),
                risk,
                switch (risk) {
                    case LOW -> Recommendation.AUTOMATIC;
                    case MEDIUM -> Recommendation.AB_TEST;
                    case HIGH -> Recommendation.MANUAL_REVIEW;
                },
                reason,
                List.of(evidence),
                changes,
                outcomes,
                confidence);
    }

    /**
     * Formations and sub-teams exclude each other, and so do tool budgets; which members leave is decided on one by one.
     */
    private String decision(String strategy, String action, String variant) {
        return switch (strategy) {
            case "team-formation", "team-parallel" -> "formation:" + id();
            case "team-timeout" -> "timeout:" + id();
            case "team-members" ->
                action.equals(MemberSelection.WEIGH)
                        ? TeamToolBudget.NAME + ":" + id()
                        : strategy + ":" + id() + "/" + variant;
            default -> strategy + ":" + id();
        };
    }
}
