package dev.fettle.strategies.advanced.parameters;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ends what hangs: a timeout of the node's 95th percentile and a fifth more.
 *
 * <pre>
 *   fetch: 1 s, 1 s, 1 s, ... 60 s ✗      becomes      fetch {timeout: 1.2 s}: 1 s, 1 s, 1 s, ... 1.2 s ✗
 * </pre>
 *
 * Fires only where recorded occurrences took longer than that, since otherwise nothing would be gained. A timeout that is
 * there is never raised. Nodes with effects that must be kept are left alone: what they did cannot be taken back.
 *
 * <p>Risk: low where all occurrences that would be cut failed anyway; medium where some succeeded, which the replay counts
 * as lost.
 */
@AutoService(OptimizationStrategy.class)
public final class TimeoutTuning implements OptimizationStrategy {
    private static final Set<String> TYPES = Set.of(
            BottleneckTypes.SLOW_NODE,
            BottleneckTypes.DOMINANT_NODE,
            BottleneckTypes.UNRELIABLE_NODE,
            BottleneckTypes.RISING_ERRORS);

    /**
     * @param margin added to the 95th percentile, as a part of it; at least 0
     * @param minOccurrences fewer have no 95th percentile worth the name
     * @param mostLost most part of the occurrences that succeeded and would be cut, in [0, 1]
     */
    public record Settings(double margin, int minOccurrences, double mostLost) {
        public Settings {
            SettingCheck.atLeast("margin", margin, 0);
            SettingCheck.atLeast("minOccurrences", minOccurrences, 1);
            SettingCheck.share("mostLost", mostLost);
        }
    }

    @Override
    public String name() {
        return "tune-timeout";
    }

    @Override
    public String needs() {
        return "at least 20 recorded occurrences, some longer than the 95th percentile and a fifth, and no effects to keep";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.2, 20, 0.02);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        List<Suggestion> suggestions = new ArrayList<>();
        Set<String> named = Named.nodes(context.bottlenecks());
        SampledRuns runs = SampledRuns.of(context.profile(), named);
        for (String id : named) {
            Node node = context.workflow().node(id).orElse(null);
            NodeProfile profile = context.profile().nodes().get(id);
            if (node == null || profile == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (context.holds(id, !context.workflow().effectsOf(node).mustKeep(), Refusals.EFFECTS)) {
                suggest(context, node, profile, runs.occurrences(id), suggestions);
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context,
            Node node,
            NodeProfile profile,
            List<NodeOccurrence> recorded,
            List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        Duration p95 = profile.duration().p95();
        Duration timeout = Duration.ofMillis((long) Math.ceil(p95.toNanos() * (1 + settings.margin()) / 1e6));
        Duration before = node.policies().timeout();
        String id = node.id();
        if (!context.holds(
                        id,
                        profile.occurrences() >= settings.minOccurrences(),
                        "has fewer than " + settings.minOccurrences() + " occurrences")
                || !context.holds(id, !timeout.isZero(), "takes no time")
                || !context.holds(
                        id,
                        before == null || before.compareTo(timeout) > 0,
                        "has a timeout that is no longer than p95 and the margin")) {
            return;
        }
        List<NodeOccurrence> cut = recorded.stream()
                .filter(one -> one.duration().compareTo(timeout) > 0)
                .toList();
        long lost = cut.stream().filter(one -> one.status() == Status.OK).count();
        AddPolicies change = new AddPolicies(node.id(), Policies.NONE.withTimeout(timeout));
        long seen = recorded.size();
        if (!context.holds(id, !cut.isEmpty(), "no recorded occurrence took longer than p95 and the margin")
                || !context.holds(
                        id,
                        lost <= settings.mostLost() * seen,
                        "more than " + settings.mostLost() + " of its occurrences took longer and succeeded")
                || !context.applies(id, List.of(change))) {
            return;
        }
        RiskLevel risk = lost == 0 ? RiskLevel.LOW : RiskLevel.MEDIUM;
        Rate longer = Rate.of(cut.size(), seen);
        suggestions.add(new Suggestion(
                name() + ":" + node.id(),
                name(),
                "set_timeout",
                List.of(node.id()),
                "timeout:" + node.id(),
                risk,
                risk == RiskLevel.LOW ? Recommendation.AUTOMATIC : Recommendation.AB_TEST,
                "'" + node.id() + "' takes " + Figures.seconds(p95) + " at most in 95 % of the cases, and "
                        + cut.size() + " of " + seen + " took longer than " + Figures.seconds(timeout) + ", of which "
                        + (cut.size() - lost) + " failed or were given up",
                List.of(new Evidence(
                        Figures.rate(longer) + " occurrences of '" + node.id() + "' took longer than "
                                + Figures.seconds(timeout) + ", which is its 95th percentile and "
                                + Math.round(100 * settings.margin()) + " %",
                        seen,
                        profile.runs(),
                        longer.low(),
                        longer.high())),
                List.of(change),
                List.of(),
                Confidence.ofConfirmations(seen)));
    }
}
