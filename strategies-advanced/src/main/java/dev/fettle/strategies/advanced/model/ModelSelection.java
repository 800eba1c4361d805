package dev.fettle.strategies.advanced.model;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.SubstituteModel;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives an agent the model that its work asks for.
 *
 * <pre>
 *   classify: model gpt-4o      becomes      classify: model gpt-4o-mini
 * </pre>
 *
 * Where the node's runs recorded outcomes with several models, these decide: each other model is an option that did as well
 * for less money or time, or did better. Otherwise the {@link Complexity} of the work, with the catalogue's prior of
 * capability, decides: the cheapest and the fastest model that is capable enough for simple or medium work. For complex work
 * nothing is said without outcomes.
 *
 * <p>Risk: medium, compare first. Confidence: with outcomes, by their number; without, a setting.
 */
@AutoService(OptimizationStrategy.class)
public final class ModelSelection implements OptimizationStrategy {
    private static final Set<String> TYPES = Set.of(
            BottleneckTypes.EXPENSIVE_NODE,
            BottleneckTypes.SLOW_NODE,
            BottleneckTypes.DOMINANT_NODE,
            BottleneckTypes.UNRELIABLE_NODE);

    /** How much longer or shorter than recorded another model's answers may be. */
    private static final double LENGTH_ERROR = 1.3;

    /** How far the table's speeds may be off. */
    private static final double SPEED_ERROR = 1.5;

    /**
     * @param simpleCapability least prior of capability for simple work, in [0, 1]
     * @param mediumCapability the same for medium work
     * @param minCalls fewer recorded calls say nothing
     * @param minOutcomes fewer recorded outcomes of a model say nothing
     * @param minQuality least quality of a cheaper model's outcomes, relative to the current model's, in [0, 1]
     * @param worthwhile most cost or time of another model, relative to the current one's, in (0, 1]
     * @param confidenceInPrior confidence where only the table speaks, in [0, 1]
     * @param candidates names of models that may be suggested; empty for all in the catalogue
     */
    public record Settings(
            double simpleCapability,
            double mediumCapability,
            int minCalls,
            int minOutcomes,
            double minQuality,
            double worthwhile,
            double confidenceInPrior,
            List<String> candidates) {
        public Settings {
            SettingCheck.share("simpleCapability", simpleCapability);
            SettingCheck.share("mediumCapability", mediumCapability);
            SettingCheck.atLeast("minCalls", minCalls, 1);
            SettingCheck.atLeast("minOutcomes", minOutcomes, 1);
            SettingCheck.share("minQuality", minQuality);
            SettingCheck.above("worthwhile", worthwhile, 0);
            SettingCheck.share("worthwhile", worthwhile);
            SettingCheck.share("confidenceInPrior", confidenceInPrior);
            candidates = List.copyOf(candidates);
        }
    }

    @Override
    public String name() {
        return "select-model";
    }

    @Override
    public String needs() {
        return "an agent with recorded tokens whose model has a price; for complex work recorded outcomes of several models";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.4, 0.57, 5, 10, 0.95, 0.9, 0.4, List.of());
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        Settings settings = context.settings(Settings.class);
        List<Suggestion> suggestions = new ArrayList<>();
        for (ModelNode one : ModelNode.named(context, settings.minCalls())) {
            ModelOutcomes outcomes = one.outcomes(context.models());
            byOutcomes(context, one.node(), one.model(), outcomes, suggestions);
            byPrior(context, one.node(), one.model(), one.use(), outcomes, suggestions);
        }
        return suggestions;
    }

    /** Each model that did as well for less, or did better. */
    private void byOutcomes(
            StrategyContext context, Node node, String model, ModelOutcomes outcomes, List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        ModelOutcomes.Outcome now = outcomes.byModel().get(model);
        if (now == null || now.count() < settings.minOutcomes() || !(now.quality() > 0)) {
            context.refusals()
                    .refused(
                            node.id() + " by outcomes",
                            "fewer than " + settings.minOutcomes() + " recorded outcomes of its model");
            return;
        }
        outcomes.byModel().forEach((other, then) -> {
            double quality = then.quality() / now.quality();
            double usd = then.usd() / now.usd();
            double seconds = then.seconds() / now.seconds();
            boolean less = usd <= settings.worthwhile() || seconds <= settings.worthwhile();
            boolean worth = (quality >= settings.minQuality() && less) || quality > 1 / settings.minQuality();
            String candidate = node.id() + "=" + other;
            if (!other.equals(model)
                    && context.holds(
                            candidate,
                            then.count() >= settings.minOutcomes(),
                            "fewer than " + settings.minOutcomes() + " recorded outcomes of the other model")
                    && context.holds(candidate, worth, "did no better by its recorded outcomes, or not for less")) {
                suggestions.add(suggestion(node, model, other, now, then));
            }
        });
    }

    private Suggestion suggestion(
            Node node, String model, String other, ModelOutcomes.Outcome now, ModelOutcomes.Outcome then) {
        String basis = "'" + other + "' succeeded in " + Figures.rate(then.success()) + ", '" + model + "' in "
                + Figures.rate(now.success()) + " recorded occurrences of '" + node.id() + "', at "
                + Figures.number(then.usd()) + " and " + Figures.number(now.usd()) + " USD, "
                + Figures.seconds(then.seconds()) + " and " + Figures.seconds(now.seconds()) + " each";
        double quality = then.quality() / now.quality();
        double low = then.success().low() / Math.max(now.success().high(), 1e-9);
        double high = then.success().high() / Math.max(now.success().low(), 1e-9);
        Amount usd = Double.isNaN(then.usd() / now.usd()) || now.usd() == 0
                ? Amount.UNCHANGED
                : around(then.usd() / now.usd(), LENGTH_ERROR);
        return suggestion(
                node,
                other,
                "recorded outcomes of '" + node.id() + "' speak for '" + other + "' in place of '" + model + "'",
                new Evidence(
                        basis,
                        then.count(),
                        then.runs(),
                        then.success().low(),
                        then.success().high()),
                new ExpectedOutcome(
                        node.id(),
                        null,
                        around(then.seconds() / now.seconds(), LENGTH_ERROR),
                        usd,
                        Amount.factor(quality, Math.min(low, quality), Math.max(high, quality)),
                        Source.ESTIMATED,
                        basis),
                Confidence.ofConfirmations(Math.min(now.count(), then.count())));
    }

    /** The cheapest and the fastest model that the table holds for capable; not those that outcomes speak about. */
    private void byPrior(
            StrategyContext context,
            Node node,
            String model,
            NodeUse use,
            ModelOutcomes outcomes,
            List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        Complexity complexity = Complexity.of(use);
        ModelPrice current = context.models().find(model).orElse(null);
        if (current == null || !current.priced()) {
            context.refusals().refused(node.id(), "the price of its model is not known");
            return;
        }
        if (!context.holds(
                node.id(),
                complexity != Complexity.COMPLEX,
                "its work is complex by tokens, tools and failures, which only outcomes could speak for")) {
            return;
        }
        double capability = complexity == Complexity.SIMPLE ? settings.simpleCapability() : settings.mediumCapability();
        Candidates candidates =
                new Candidates(context.models(), current, use, capability, Set.copyOf(settings.candidates()));
        Map<String, ModelPrice> chosen = new LinkedHashMap<>();
        candidates.cheapest(settings.worthwhile()).ifPresent(one -> chosen.put(one.name(), one));
        candidates.fastest(settings.worthwhile()).ifPresent(one -> chosen.put(one.name(), one));
        context.holds(
                node.id(), !chosen.isEmpty(), "no model that the table holds for capable is cheaper or faster enough");
        chosen.values().stream()
                .filter(one -> context.holds(
                        node.id() + "=" + one.name(),
                        !decided(outcomes, one.name(), settings),
                        "recorded outcomes speak about it, and not the table"))
                .forEach(one -> suggestions.add(byPrior(node, current, one, use, complexity, candidates, settings)));
    }

    private static boolean decided(ModelOutcomes outcomes, String model, Settings settings) {
        ModelOutcomes.Outcome known = outcomes.byModel().get(model);
        return known != null && known.count() >= settings.minOutcomes();
    }

    private Suggestion byPrior(
            Node node,
            ModelPrice current,
            ModelPrice other,
            NodeUse use,
            Complexity complexity,
            Candidates candidates,
            Settings settings) {
        double cost = candidates.costRatio(other);
        double time = candidates.timeRatio(other);
        String basis = "the work of '" + node.id() + "' is " + complexity.word() + " ("
                + Figures.number(use.inputTokens()) + " tokens in, " + Figures.number(use.outputTokens())
                + " out, " + Figures.number(use.toolCalls()) + " tool calls, success in "
                + Figures.rate(use.success()) + "), for which '" + other.name()
                + "' is taken to be capable by the table of models; it costs " + Figures.number(cost)
                + " of what '" + current.name() + "' does";
        double prior = ratio(other.capability(), current.capability());
        return suggestion(
                node,
                other.name(),
                "'" + other.name() + "' is enough for the " + complexity.word() + " work of '" + node.id() + "'",
                new Evidence(basis, use.calls(), use.runs(), cost, cost),
                new ExpectedOutcome(
                        node.id(),
                        null,
                        Double.isNaN(time) ? Amount.UNCHANGED : around(time, SPEED_ERROR),
                        around(cost, LENGTH_ERROR),
                        Amount.factor(1, Math.min(1, prior), 1),
                        Source.ASSUMED,
                        basis + "; answers of about the same length and quality"),
                settings.confidenceInPrior());
    }

    private static double ratio(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null || other == 0 ? 1 : one / other;
    }

    private static Amount around(double ratio, double error) {
        return Amount.factor(ratio, ratio / error, ratio * error);
    }

    private Suggestion suggestion(
            Node node, String other, String reason, Evidence evidence, ExpectedOutcome outcome, double confidence) {
        return new Suggestion(
                name() + ":" + node.id() + "=" + other,
                name(),
                "substitute_model",
                List.of(node.id()),
                "model:" + node.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                reason,
                List.of(evidence),
                List.of(new SubstituteModel(node.id(), other)),
                List.of(outcome),
                confidence);
    }
}
