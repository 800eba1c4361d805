package dev.fettle.strategies.basic.toolselection;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets another tool answer that can do the same for less: a local search for a paid one, an indexed search for a linear
 * scan.
 *
 * <pre>
 *   scan: tools {search: linear_search}      becomes      scan: tools {search: indexed_search}
 * </pre>
 *
 * An alternative shares a declared capability, understands every call that the tool understands, and has no effects that
 * must be kept. It is suggested where its {@link ToolScore} is high enough. What it rests on, and the risk:
 * <ul>
 *   <li>trial calls with recorded arguments, or recorded calls of both with the same arguments: low where all results are
 *       equal, high where some differ; where many differ nothing is said
 *   <li>recorded calls of both with other arguments: medium; not where one had at least twice as many items of data
 *   <li>declared prices only: medium, and the outcome is marked as assumed
 * </ul>
 *
 * <p>From which size of data an index is faster than a scan is not a constant: the times on the recorded data decide.
 *
 * <p>Confidence: by the compared results ({@link Confidence#ofConfirmations}, times the part that was equal); without
 * any, by the calls of the alternative, at most 0.6; for prices alone the setting.
 */
@AutoService(OptimizationStrategy.class)
public final class ToolSubstitution implements OptimizationStrategy {
    private static final double MOST_WITHOUT_COMPARED_RESULTS = 0.6;
    private static final String NO_ALTERNATIVE =
            "no other declared tool shares a capability, understands its arguments and has no more effects";
    private static final String NOT_COMPARED =
            "neither trial calls, nor enough recorded calls of both, nor a lower declared price";
    private static final Set<String> TYPES = Set.of(
            BottleneckTypes.EXPENSIVE_TOOL,
            BottleneckTypes.REPLACEABLE_TOOL,
            BottleneckTypes.SLOW_NODE,
            BottleneckTypes.DOMINANT_NODE,
            BottleneckTypes.UNRELIABLE_NODE,
            BottleneckTypes.UNRELIABLE_TOOL);

    /**
     * @param costWeight and {@code speedWeight}, {@code successWeight}: of the score
     * @param minScore least score of an alternative; 1 is as good as what is there
     * @param minEqual least part of compared results that must be equal, in [0, 1]
     * @param minCalls least recorded calls of each tool, where there are no trials
     * @param confidenceInPrices confidence where only prices are known, in [0, 1]
     */
    public record Settings(
            double costWeight,
            double speedWeight,
            double successWeight,
            double minScore,
            double minEqual,
            int minCalls,
            double confidenceInPrices) {
        public Settings {
            SettingCheck.atLeast("costWeight", costWeight, 0);
            SettingCheck.atLeast("speedWeight", speedWeight, 0);
            SettingCheck.atLeast("successWeight", successWeight, 0);
            SettingCheck.atLeast("minScore", minScore, 0);
            SettingCheck.share("minEqual", minEqual);
            SettingCheck.atLeast("minCalls", minCalls, 1);
            SettingCheck.share("confidenceInPrices", confidenceInPrices);
        }
    }

    @Override
    public String name() {
        return "select-tool";
    }

    @Override
    public String needs() {
        return "another declared tool with a shared capability and agreeing arguments, and trial calls, recorded calls of both, or declared prices";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.4, 0.3, 0.3, 1.05, 0.9, 5, 0.3);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Set<String> nodes = Named.nodes(context.bottlenecks());
        Set<String> tools = new LinkedHashSet<>();
        for (Bottleneck bottleneck : context.bottlenecks()) {
            String tool = bottleneck.tool();
            if (tool != null) {
                tools.add(tool);
            }
        }
        List<Suggestion> suggestions = new ArrayList<>();
        for (Node node : context.workflow().allNodes()) {
            if (nodes.contains(node.id())) {
                context.holds(node.id(), !node.answeringTools().isEmpty(), "calls no tools");
            }
            for (String used : node.answeringTools()) {
                ToolSpec tool = context.workflow().tool(used).orElse(null);
                if (tool != null && (nodes.contains(node.id()) || tools.contains(used))) {
                    alternatives(context, node, tool, suggestions);
                }
            }
        }
        return suggestions;
    }

    private void alternatives(StrategyContext context, Node node, ToolSpec tool, List<Suggestion> suggestions) {
        String candidate = node.id() + "/" + tool.name();
        if (!context.holds(candidate, !tool.effects().mustKeep(), Refusals.EFFECTS)) {
            return;
        }
        boolean any = false;
        Settings settings = context.settings(Settings.class);
        Evidences evidences = new Evidences(context, settings.minCalls());
        for (ToolSpec alternative : context.workflow().tools()) {
            boolean compatible = !alternative.name().equals(tool.name())
                    && alternative.capabilities().stream().anyMatch(tool.capabilities()::contains)
                    && ArgumentSchemas.accepts(tool.arguments(), alternative.arguments())
                    && tool.effects().and(alternative.effects()) == tool.effects();
            any |= compatible;
            if (compatible) {
                evidences
                        .compare(tool, alternative)
                        .ifPresentOrElse(
                                known -> suggest(context, node, tool, alternative, known, suggestions),
                                () -> context.refusals().refused(candidate + "=" + alternative.name(), NOT_COMPARED));
            }
        }
        context.holds(candidate, any, NO_ALTERNATIVE);
    }

    private void suggest(
            StrategyContext context,
            Node node,
            ToolSpec tool,
            ToolSpec alternative,
            Comparison known,
            List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        double usdBefore = usdPerCall(context, tool);
        double usdAfter = usdPerCall(context, alternative);
        double score = new ToolScore(settings.costWeight(), settings.speedWeight(), settings.successWeight())
                .of(usdBefore, usdAfter, known);
        SubstituteTool change = new SubstituteTool(node.id(), tool.name(), alternative.name());
        String candidate = node.id() + "/" + tool.name() + "=" + alternative.name();
        boolean suggested = context.holds(
                        candidate,
                        score >= settings.minScore(),
                        "scores less than " + settings.minScore() + " on cost, speed and success")
                && context.holds(
                        candidate,
                        known.equal() >= settings.minEqual() * known.pairs(),
                        "fewer than " + settings.minEqual() + " of the compared results are equal")
                && context.applies(candidate, List.of(change));
        if (!suggested) {
            return;
        }
        boolean differs = known.equal() < known.pairs();
        RiskLevel risk = differs ? RiskLevel.HIGH : known.pairs() > 0 ? RiskLevel.LOW : RiskLevel.MEDIUM;
        Rate equal = Rate.of(known.equal(), known.pairs());
        suggestions.add(new Suggestion(
                name() + ":" + candidate,
                name(),
                "substitute_tool",
                List.of(node.id(), tool.name(), alternative.name()),
                "tool:" + node.id() + "/" + tool.name(),
                risk,
                switch (risk) {
                    case LOW -> Recommendation.AUTOMATIC;
                    case MEDIUM -> Recommendation.AB_TEST;
                    case HIGH -> Recommendation.MANUAL_REVIEW;
                },
                String.format(
                        Locale.ROOT,
                        "'%s' can answer the calls of '%s' in '%s' and scores %s (1 is as good) on cost, speed and success",
                        alternative.name(),
                        tool.name(),
                        node.id(),
                        Figures.number(score)),
                List.of(new Evidence(
                        known.basis(), known.observations(), context.profile().runs(), equal.low(), equal.high())),
                List.of(change),
                List.of(outcome(node, tool, usdBefore, usdAfter, known, equal)),
                confidence(known, settings)));
    }

    private static ExpectedOutcome outcome(
            Node node, ToolSpec tool, double usdBefore, double usdAfter, Comparison known, Rate equal) {
        boolean priced = !Double.isNaN(usdBefore) && !Double.isNaN(usdAfter);
        Amount quality = known.pairs() == 0
                ? Amount.UNCHANGED
                : Amount.factor(equal.value(), Math.min(equal.low(), equal.value()), equal.high());
        return new ExpectedOutcome(
                node.id(),
                tool.name(),
                known.seconds(),
                priced ? Amount.absolute(usdAfter) : Amount.UNCHANGED,
                quality,
                known.pairs() == 0 ? known.source().and(Source.ESTIMATED) : known.source(),
                known.basis());
    }

    /** What a call costs: as declared, else as recorded; NaN where neither is known. */
    private static double usdPerCall(StrategyContext context, ToolSpec tool) {
        var declared = tool.usdPerCall();
        if (declared != null) {
            return declared.doubleValue();
        }
        ToolProfile profile = context.profile().tools().get(tool.name());
        return profile != null && profile.priced() && profile.calls() > 0
                ? profile.usd().doubleValue() / profile.calls()
                : Double.NaN;
    }

    private static double confidence(Comparison known, Settings settings) {
        if (known.pairs() > 0) {
            return Confidence.ofConfirmations(known.pairs()) * known.equal() / known.pairs();
        }
        return known.observations() > 0
                ? Math.min(MOST_WITHOUT_COMPARED_RESULTS, Confidence.ofConfirmations(known.observations()))
                : settings.confidenceInPrices();
    }
}
