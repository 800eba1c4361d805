package dev.fettle.strategies.advanced.speculation;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Starts what a condition may choose while it still decides.
 *
 * <pre>
 *                 ┌─yes─▶ a                             ┌─▶ a ─┐
 *   check ──▶ ?  ─┤              becomes    check ──▶ ? ┼──────┼─▶ the one that was chosen goes on
 *                 └─no──▶ b                             └─▶ b ─┘
 * </pre>
 *
 * Needs branches without effects that read nothing which the condition writes, and a condition that takes a notable time.
 * The branch that is not chosen is cancelled, and what it cost until then is lost: the expected waste is part of the
 * estimate. Risk: medium, compare first.
 */
@AutoService(OptimizationStrategy.class)
public final class EarlyBranches implements OptimizationStrategy {
    private static final String NO_BRANCH = "is no condition, and no branch that may start while a condition decides";
    private static final Set<String> TYPES =
            Set.of(BottleneckTypes.SLOW_NODE, BottleneckTypes.DOMINANT_NODE, BottleneckTypes.HIDDEN_SEQUENTIAL_WORK);

    /**
     * @param minSeconds least mean time of the condition
     * @param minRuns fewer runs of the condition say nothing
     */
    public record Settings(double minSeconds, int minRuns) {
        public Settings {
            SettingCheck.atLeast("minSeconds", minSeconds, 0);
            SettingCheck.atLeast("minRuns", minRuns, 1);
        }
    }

    @Override
    public String name() {
        return "speculate";
    }

    @Override
    public String needs() {
        return "a condition that takes time, and branches without effects that read nothing it writes";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.1, 10);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Set<String> named = Named.nodes(context.bottlenecks());
        List<Suggestion> suggestions = new ArrayList<>();
        Set<String> others = new LinkedHashSet<>(named);
        for (Node node : context.workflow().nodes()) {
            if (node.kind() != NodeKind.CONDITION) {
                continue;
            }
            Set<String> near = near(context, node);
            if (near.stream().anyMatch(named::contains)) {
                others.removeAll(near);
                List<String> branches = branches(context, node);
                boolean concerned =
                        named.contains(node.id()) || branches.stream().anyMatch(named::contains);
                if (context.holds(node.id(), node.policies().speculation() == null, "starts branches early already")
                        && context.holds(node.id(), !branches.isEmpty(), "none of its branches may start early")
                        && concerned) {
                    suggest(context, node, branches, suggestions);
                }
            }
        }
        others.forEach(id -> context.refusals().refused(id, NO_BRANCH));
        return suggestions;
    }

    /** The node and those to which its edges lead. */
    private static Set<String> near(StrategyContext context, Node node) {
        Set<String> near = new LinkedHashSet<>(Set.of(node.id()));
        context.workflow().outgoing(node.id()).forEach(edge -> near.add(edge.to()));
        return near;
    }

    /** The targets that may start early. */
    private static List<String> branches(StrategyContext context, Node condition) {
        Set<String> targets = new LinkedHashSet<>();
        for (Edge edge : context.workflow().outgoing(condition.id())) {
            AddPolicies early = new AddPolicies(
                    condition.id(), Policies.NONE.withSpeculation(new Policies.Speculation(List.of(edge.to()))));
            if (context.applies(edge.to(), List.of(early))
                    && context.holds(edge.to(), context.profile().nodes().containsKey(edge.to()), Refusals.NOT_SEEN)) {
                targets.add(edge.to());
            }
        }
        return List.copyOf(targets);
    }

    private void suggest(StrategyContext context, Node condition, List<String> branches, List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        NodeProfile deciding = context.profile().nodes().get(condition.id());
        AddPolicies change =
                new AddPolicies(condition.id(), Policies.NONE.withSpeculation(new Policies.Speculation(branches)));
        String id = condition.id();
        if (deciding == null) {
            context.refusals().refused(id, Refusals.NOT_SEEN);
            return;
        }
        if (!context.holds(
                        id, deciding.runs() >= settings.minRuns(), "seen in fewer than " + settings.minRuns() + " runs")
                || !context.holds(
                        id,
                        Figures.inSeconds(deciding.duration().mean()) >= settings.minSeconds(),
                        "decides within " + settings.minSeconds() + " s")
                || !context.applies(id, List.of(change))) {
            return;
        }
        double seconds = Figures.inSeconds(deciding.duration().mean());
        Map<String, Long> chosen = chosen(context, condition.id());
        double waste = 0;
        double most = 0;
        for (String branch : branches) {
            NodeProfile profile = context.profile().nodes().get(branch);
            if (profile == null || profile.occurrences() == 0) {
                continue;
            }
            double usd = profile.usd().doubleValue() / profile.occurrences();
            double lost = 1 - (double) chosen.getOrDefault(branch, 0L) / Math.max(1, deciding.occurrences());
            double part = Math.min(
                    1,
                    seconds
                            / Math.max(
                                    1e-9, Figures.inSeconds(profile.duration().mean())));
            waste += Math.max(0, lost) * part * usd;
            most += Math.max(0, lost) * usd;
        }
        String basis = "'" + condition.id() + "' takes " + Figures.seconds(seconds)
                + " to decide; what it does not choose of "
                + branches + " costs " + Figures.number(waste) + " USD a decision until it is cancelled, at most "
                + Figures.number(most);
        suggestions.add(new Suggestion(
                name() + ":" + condition.id(),
                name(),
                "speculate",
                targets(condition, branches),
                "speculation:" + condition.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                String.join(", ", branches) + " can start while '" + condition.id()
                        + "' decides: they have no effects and read nothing that it writes",
                List.of(new Evidence(basis, deciding.occurrences(), deciding.runs(), waste, most)),
                List.of(change),
                List.of(new ExpectedOutcome(
                        condition.id(),
                        null,
                        Amount.UNCHANGED,
                        Amount.absolute(waste, 0, most),
                        Amount.UNCHANGED,
                        Source.ESTIMATED,
                        basis)),
                Confidence.ofConfirmations(deciding.runs())));
    }

    private static List<String> targets(Node condition, List<String> branches) {
        List<String> targets = new ArrayList<>(List.of(condition.id()));
        targets.addAll(branches);
        return targets;
    }

    /** How often control went from the condition to each node. */
    private static Map<String, Long> chosen(StrategyContext context, String condition) {
        Map<String, Long> chosen = new TreeMap<>();
        context.profile().transitions().stream()
                .filter(move -> move.from().equals(condition))
                .forEach(move -> chosen.merge(move.to(), move.count(), Long::sum));
        return chosen;
    }
}
