package dev.fettle.strategies.advanced.model;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cheap model first, and the agent's own where the answer fails a check that a program can make.
 *
 * <pre>
 *   extract: model gpt-4o      becomes      extract: gpt-4o-mini ──▶ is it JSON? ──no──▶ gpt-4o
 * </pre>
 *
 * Needs an agent without effects that must be kept, whose prompt asks for JSON: then a broken answer shows. How often the
 * cheap model is enough comes from its recorded outcomes in this node; without any, from the ratio of the catalogue's priors
 * of capability, as an assumption. A check sees whether an answer is well formed, not whether it is right: risk medium,
 * compare first.
 */
@AutoService(OptimizationStrategy.class)
public final class ModelCascade implements OptimizationStrategy {
    private static final Pattern ASKS_FOR_JSON = Pattern.compile("\\bJSON\\b", Pattern.CASE_INSENSITIVE);
    private static final Set<String> TYPES = Set.of(BottleneckTypes.EXPENSIVE_NODE, BottleneckTypes.DOMINANT_NODE);

    /**
     * @param capability least prior of capability of the cheap model, in [0, 1]
     * @param mostCost most expected cost of the cascade, relative to the agent's own model alone, in (0, 1]
     * @param minCalls fewer recorded calls say nothing
     * @param minOutcomes fewer recorded outcomes of the cheap model say nothing
     * @param confidenceInPrior confidence where only the table speaks, in [0, 1]
     * @param candidates names of models that may be asked first; empty for all in the catalogue
     */
    public record Settings(
            double capability,
            double mostCost,
            int minCalls,
            int minOutcomes,
            double confidenceInPrior,
            List<String> candidates) {
        public Settings {
            SettingCheck.share("capability", capability);
            SettingCheck.above("mostCost", mostCost, 0);
            SettingCheck.share("mostCost", mostCost);
            SettingCheck.atLeast("minCalls", minCalls, 1);
            SettingCheck.atLeast("minOutcomes", minOutcomes, 1);
            SettingCheck.share("confidenceInPrior", confidenceInPrior);
            candidates = List.copyOf(candidates);
        }
    }

    @Override
    public String name() {
        return "cascade-model";
    }

    @Override
    public String needs() {
        return "an agent without effects to keep, whose prompt asks for JSON and whose model has a price";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.4, 0.8, 5, 10, 0.3, List.of());
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
            ModelPrice current = context.models().find(one.model()).orElse(null);
            String id = one.node().id();
            boolean json = one.node().body() instanceof NodeBody.Agent agent
                    && ASKS_FOR_JSON.matcher(agent.prompt()).find();
            if (current == null || !current.priced()) {
                context.refusals().refused(id, "the price of its model is not known");
            } else if (context.holds(id, one.node().policies().cascade() == null, "is a cascade already")
                    && context.holds(id, json, "its prompt does not ask for JSON, so no broken answer shows")) {
                Set<String> allowed = Set.copyOf(settings.candidates());
                new Candidates(context.models(), current, one.use(), settings.capability(), allowed)
                        .cheapest(settings.mostCost())
                        .ifPresentOrElse(
                                cheap -> suggest(context, one, current, cheap, suggestions), () -> context.refusals()
                                        .refused(id, "no model that the table holds for capable is cheap enough"));
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context,
            ModelNode one,
            ModelPrice current,
            ModelPrice cheap,
            List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        Node node = one.node();
        NodeUse use = one.use();
        AddPolicies change = new AddPolicies(
                node.id(), Policies.NONE.withCascade(new Policies.Cascade(cheap.name(), true, null, 0, null)));
        if (!context.applies(node.id(), List.of(change))) {
            return;
        }
        Candidates candidates = new Candidates(context.models(), current, use, 0, Set.of(cheap.name()));
        double cost = candidates.costRatio(cheap);
        double time = candidates.timeRatio(cheap);
        Enough enough = enough(one.outcomes(context.models()), current, cheap, settings);
        double expected = cost + 1 - enough.value();
        if (!context.holds(
                node.id(),
                expected <= settings.mostCost(),
                "a cascade is expected to cost more than " + settings.mostCost() + " of what its model does")) {
            return;
        }
        String basis = "'" + cheap.name() + "' costs " + Figures.number(cost) + " of what '" + current.name()
                + "' does and is enough in " + Figures.number(enough.value()) + " ("
                + Figures.interval(enough.low(), enough.high()) + ") of the cases: " + enough.basis();
        Amount seconds = Double.isNaN(time)
                ? Amount.UNCHANGED
                : Amount.factor(time + 1 - enough.value(), time + 1 - enough.high(), time + 1 - enough.low());
        suggestions.add(new Suggestion(
                name() + ":" + node.id() + "=" + cheap.name(),
                name(),
                "cascade_models",
                List.of(node.id()),
                "model:" + node.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                "'" + node.id() + "' is asked for JSON, so that a broken answer of '" + cheap.name() + "' shows and '"
                        + current.name() + "' can be asked then",
                List.of(new Evidence(basis, enough.count(), use.runs(), enough.low(), enough.high())),
                List.of(change),
                List.of(new ExpectedOutcome(
                        node.id(),
                        null,
                        seconds,
                        Amount.factor(expected, cost + 1 - enough.high(), cost + 1 - enough.low()),
                        Amount.factor(1, Math.min(1, enough.low()), 1),
                        enough.source(),
                        basis)),
                enough.source() == Source.ASSUMED
                        ? settings.confidenceInPrior()
                        : Confidence.ofConfirmations(enough.count())));
    }

    /** How often the cheap model's answer is enough. */
    private record Enough(double value, double low, double high, long count, Source source, String basis) {}

    private static Enough enough(ModelOutcomes outcomes, ModelPrice current, ModelPrice cheap, Settings settings) {
        ModelOutcomes.Outcome known = outcomes.byModel().get(cheap.name());
        if (known != null && known.count() >= settings.minOutcomes()) {
            Rate success = known.success();
            return new Enough(
                    success.value(),
                    success.low(),
                    success.high(),
                    success.trials(),
                    Source.ESTIMATED,
                    "it succeeded in " + Figures.rate(success) + " recorded occurrences");
        }
        double prior = Math.min(1, prior(cheap) / Math.max(prior(current), 1e-9));
        return new Enough(
                prior,
                prior * prior,
                1,
                0,
                Source.ASSUMED,
                "the ratio of the priors of capability in the table of models");
    }

    private static double prior(ModelPrice model) {
        @Nullable Double capability = model.capability();
        return capability == null ? 0 : capability;
    }
}
