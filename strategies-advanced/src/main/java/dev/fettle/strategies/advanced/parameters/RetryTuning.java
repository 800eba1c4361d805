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
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tries again what failed for a reason that passes.
 *
 * <pre>
 *   fetch ✗ RateLimited      becomes      fetch {retry: 3} ✗ RateLimited ──▶ wait ──▶ fetch ✓
 * </pre>
 *
 * Fires where most failures have the name of a passing trouble (a timeout, too many requests, a lost connection, a server
 * that is overloaded or gone), and where retries that were recorded helped, if there were some. As many attempts as leave
 * less than the wanted part failing, if attempts fail independently. Nodes with effects that must be kept are left alone.
 *
 * <p>Risk: low without effects, medium with idempotent ones.
 */
@AutoService(OptimizationStrategy.class)
public final class RetryTuning implements OptimizationStrategy {
    private static final Set<String> TYPES = Set.of(BottleneckTypes.UNRELIABLE_NODE, BottleneckTypes.RISING_ERRORS);
    private static final Pattern PASSING = Pattern.compile(
            "(?i).*(time[-_ ]?out|timed[-_ ]?out|rate[-_ ]?limit|too[-_ ]?many|429|50[0234]|connect|unavailable|reset"
                    + "|overload|temporar|transient|throttl).*");

    /**
     * @param wantedFailure part of the occurrences that may still fail, in (0, 1)
     * @param maxAttempts most attempts, including the first
     * @param backoffMillis wait before the second attempt
     * @param minFailures fewer failures are an accident
     * @param passingPart least part of the failures that must look passing, in [0, 1]
     */
    public record Settings(
            double wantedFailure, int maxAttempts, long backoffMillis, int minFailures, double passingPart) {
        public Settings {
            SettingCheck.part("wantedFailure", wantedFailure);
            SettingCheck.atLeast("maxAttempts", maxAttempts, 2);
            SettingCheck.atLeast("backoffMillis", backoffMillis, 0);
            SettingCheck.atLeast("minFailures", minFailures, 1);
            SettingCheck.share("passingPart", passingPart);
        }
    }

    @Override
    public String name() {
        return "tune-retry";
    }

    @Override
    public String needs() {
        return "recorded failures whose error types look passing, and no effects to keep";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.01, 4, 500, 3, 0.5);
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
            } else if (context.holds(id, node.members().isEmpty(), "is a block; its members are looked at")
                    && context.holds(id, !context.workflow().effectsOf(node).mustKeep(), Refusals.EFFECTS)) {
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
        long failures = profile.success().trials() - profile.success().successes();
        long passing = profile.errors().entrySet().stream()
                .filter(error -> PASSING.matcher(error.getKey()).matches())
                .mapToLong(Map.Entry::getValue)
                .sum();
        Rate helped = helped(recorded);
        double failing = 1 - profile.success().value();
        int attempts = attempts(failing, settings);
        Policies.Retry before = node.policies().retry();
        AddPolicies change = new AddPolicies(
                node.id(),
                Policies.NONE.withRetry(new Policies.Retry(attempts, Duration.ofMillis(settings.backoffMillis()))));
        String id = node.id();
        if (!context.holds(
                        id,
                        failures >= settings.minFailures(),
                        "failed fewer than " + settings.minFailures() + " times")
                || !context.holds(
                        id,
                        passing >= settings.passingPart() * failures,
                        "fewer than " + settings.passingPart() + " of its failures have the name of a passing trouble")
                || !context.holds(
                        id,
                        helped.trials() < settings.minFailures() || helped.successes() > 0,
                        "recorded retries never helped")
                || !context.holds(id, before == null || before.maxAttempts() < attempts, "has as many attempts already")
                || !context.applies(id, List.of(change))) {
            return;
        }
        RiskLevel risk = context.workflow().effectsOf(node) == Effects.NONE ? RiskLevel.LOW : RiskLevel.MEDIUM;
        String tried = helped.trials() == 0
                ? "no retry was recorded"
                : "recorded retries helped in " + Figures.rate(helped) + " occurrences";
        suggestions.add(new Suggestion(
                name() + ":" + node.id(),
                name(),
                "set_retry",
                List.of(node.id()),
                "retry:" + node.id(),
                risk,
                risk == RiskLevel.LOW ? Recommendation.AUTOMATIC : Recommendation.AB_TEST,
                "'" + node.id() + "' fails in " + Figures.number(failing)
                        + " of the cases, mostly for reasons that pass ("
                        + passing + " of " + failures + "); " + attempts + " attempts leave about "
                        + Figures.number(Math.pow(failing, attempts)),
                List.of(new Evidence(
                        passing + " of " + Figures.count(failures, "failure") + " have the name of a passing trouble; "
                                + tried,
                        failures,
                        profile.runs(),
                        profile.success().low(),
                        profile.success().high())),
                List.of(change),
                List.of(),
                Confidence.ofConfirmations(failures)));
    }

    /** Of the occurrences that were tried again: those that succeeded in the end. */
    private static Rate helped(List<NodeOccurrence> recorded) {
        long tried = 0;
        long ok = 0;
        for (NodeOccurrence occurrence : recorded) {
            if (!occurrence.retriedErrors().isEmpty()) {
                tried++;
                ok += occurrence.status() == Status.OK ? 1 : 0;
            }
        }
        return Rate.of(ok, tried);
    }

    private static int attempts(double failing, Settings settings) {
        int attempts = 2;
        while (attempts < settings.maxAttempts() && Math.pow(failing, attempts) > settings.wantedFailure()) {
            attempts++;
        }
        return attempts;
    }
}
