package dev.fettle.strategies.advanced.caching;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.SetPrompt;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
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
import dev.fettle.api.workflow.NodeBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts what never changes in an agent's prompt before what does, so that the provider reads it from its prompt cache at a
 * lower price.
 *
 * <pre>
 *   {document}  |  long instructions      becomes      long instructions  |  {document}
 *   paid in full                                       cached price         paid in full
 * </pre>
 *
 * Needs a price for cached input below the full one, recorded calls soon after one another, and a prefix long enough for
 * providers to keep. Whole paragraphs are moved, nothing is reworded. A model may answer otherwise to another order: risk
 * medium, compare first.
 */
@AutoService(OptimizationStrategy.class)
public final class PromptPrefixCaching implements OptimizationStrategy {
    private static final Set<String> TYPES =
            Set.of(BottleneckTypes.EXPENSIVE_NODE, BottleneckTypes.DOMINANT_NODE, BottleneckTypes.SLOW_NODE);

    /** Characters of a token: English text has about four, code and other languages fewer. */
    private static final double CHARACTERS = 4;

    private static final double MOST_CHARACTERS = 5;
    private static final double FEWEST_CHARACTERS = 3;

    /**
     * @param minPrefixTokens shortest prefix that providers keep
     * @param keptSeconds how long providers keep a prefix that is not read
     * @param minCalls fewer recorded calls say nothing
     * @param minSaving least part of the node's cost, in [0, 1)
     */
    public record Settings(int minPrefixTokens, double keptSeconds, int minCalls, double minSaving) {
        public Settings {
            SettingCheck.atLeast("minPrefixTokens", minPrefixTokens, 1);
            SettingCheck.atLeast("keptSeconds", keptSeconds, 0);
            SettingCheck.atLeast("minCalls", minCalls, 1);
            SettingCheck.share("minSaving", minSaving);
        }
    }

    @Override
    public String name() {
        return "cache-prompt-prefix";
    }

    @Override
    public String needs() {
        return "an agent whose prompt has long paragraphs without state behind some with it, calls soon after one another, and a price for cached input";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(1024, 300, 5, 0.02);
    }

    @Override
    public boolean appliesTo(Bottleneck bottleneck) {
        return TYPES.contains(bottleneck.type());
    }

    @Override
    public List<Suggestion> suggest(StrategyContext context) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (String id : Named.nodes(context.bottlenecks())) {
            Node node = context.workflow().node(id).orElse(null);
            if (node != null && node.body() instanceof NodeBody.Agent agent && agent.model() != null) {
                suggest(context, node, agent, suggestions);
            } else {
                context.refusals().refused(id, "is no agent with a model and a prompt of its own");
            }
        }
        return suggestions;
    }

    private void suggest(StrategyContext context, Node node, NodeBody.Agent agent, List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        ModelPrice price = context.models().find(String.valueOf(agent.model())).orElse(null);
        PromptLayout layout = PromptLayout.of(agent.prompt());
        SetPrompt change = new SetPrompt(node.id(), layout.reordered());
        boolean longer = layout.prefixAfter() > layout.prefixBefore()
                && layout.prefixAfter() / CHARACTERS >= settings.minPrefixTokens();
        if (price == null) {
            context.refusals().refused(node.id(), "the price of its model is not known");
            return;
        }
        if (!context.holds(
                        node.id(),
                        longer,
                        "its prompt has no " + settings.minPrefixTokens()
                                + " tokens without state that could go first, or they do")
                || !context.applies(node.id(), List.of(change))) {
            return;
        }
        RecordedPrompts prompts = new RecordedPrompts(context.profile(), node.id(), settings.keptSeconds());
        double extra = (double) layout.prefixAfter() - kept(layout.prefixBefore(), settings);
        double value = prompts.saving(price, extra / CHARACTERS);
        if (!context.holds(
                        node.id(),
                        prompts.calls() >= settings.minCalls(),
                        "fewer than " + settings.minCalls() + " recorded calls of models")
                || !context.holds(
                        node.id(),
                        value >= settings.minSaving(),
                        "less than " + settings.minSaving() + " of its cost would be saved")) {
            return;
        }
        double least = prompts.saving(price, extra / MOST_CHARACTERS);
        double most = prompts.saving(price, extra / FEWEST_CHARACTERS);
        long tokens = Math.round(extra / CHARACTERS);
        String basis =
                "about " + tokens + " more tokens of the prompt at the cached price in " + prompts.warm() + " of "
                        + Figures.count(prompts.calls(), "recorded call") + " that followed another within "
                        + Figures.seconds(settings.keptSeconds()) + "; tokens taken as " + Figures.number(CHARACTERS)
                        + " characters each";
        suggestions.add(new Suggestion(
                name() + ":" + node.id(),
                name(),
                "reorder_prompt",
                List.of(node.id()),
                "prompt:" + node.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                "the prompt of '" + node.id() + "' begins with state, so that the provider cannot keep the "
                        + (layout.prefixAfter() - layout.prefixBefore()) + " characters that never change",
                List.of(new Evidence(basis, prompts.calls(), prompts.runs(), least, most)),
                List.of(change),
                List.of(new ExpectedOutcome(
                        node.id(),
                        null,
                        Amount.UNCHANGED,
                        Amount.factor(1 - value, 1 - most, 1 - least),
                        Amount.UNCHANGED,
                        Source.ESTIMATED,
                        basis)),
                Confidence.ofConfirmations(prompts.warm())));
    }

    /** What the provider keeps of the prompt as it is. */
    private static double kept(int prefix, Settings settings) {
        return prefix / CHARACTERS >= settings.minPrefixTokens() ? prefix : 0;
    }
}
