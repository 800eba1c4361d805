package dev.fettle.strategies.advanced.parameters;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.evidence.Confidence;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.evidence.Named;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ExpectedOutcome;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Recommendation;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.RiskLevel;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets an agent answer the same to the same, where its luck decides whether it succeeds.
 *
 * <pre>
 *   judge(x) ✓, judge(x) ✗, judge(x) ✓      becomes      judge {temperature: 0}(x) ✓
 * </pre>
 *
 * Fires where the same prompt got different answers and both succeeded and failed, and the temperature is not 0 already.
 * What it does to quality is not known before it is tried: risk medium, compare first, and no gain is claimed.
 */
@AutoService(OptimizationStrategy.class)
public final class TemperatureTuning implements OptimizationStrategy {
    private static final Set<String> TYPES = Set.of(BottleneckTypes.UNRELIABLE_NODE, BottleneckTypes.RISING_ERRORS);

    /**
     * @param minPairs fewer pairs of equal prompts say nothing
     * @param minDiffering least part of them with different answers, in [0, 1]
     * @param minMixed least number of prompts that both succeeded and failed
     */
    public record Settings(int minPairs, double minDiffering, int minMixed) {
        public Settings {
            SettingCheck.atLeast("minPairs", minPairs, 1);
            SettingCheck.share("minDiffering", minDiffering);
            SettingCheck.atLeast("minMixed", minMixed, 1);
        }
    }

    @Override
    public String name() {
        return "tune-temperature";
    }

    @Override
    public String needs() {
        return "equal prompts with recorded answers that differ, of which some succeeded and some failed";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(10, 0.1, 2);
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
            if (node == null) {
                context.refusals().refused(id, Refusals.NOT_SEEN);
            } else if (context.holds(id, node.kind() == NodeKind.AGENT, "is no agent")
                    && context.holds(
                            id,
                            AgentParameters.of(node.parameters()).temperature().orElse(1) > 0,
                            "has temperature 0 already")) {
                suggest(context, node, runs.occurrences(id), suggestions);
            }
        }
        return suggestions;
    }

    private void suggest(
            StrategyContext context, Node node, List<NodeOccurrence> recorded, List<Suggestion> suggestions) {
        Settings settings = context.settings(Settings.class);
        Map<String, Answers> byPrompt = new HashMap<>();
        for (NodeOccurrence occurrence : recorded) {
            for (ModelCall call : occurrence.modelCalls()) {
                if (call.inputHash() != null && call.outputHash() != null) {
                    byPrompt.computeIfAbsent(call.inputHash(), prompt -> new Answers())
                            .add(call.outputHash(), occurrence.status());
                }
            }
        }
        long pairs =
                byPrompt.values().stream().mapToLong(answers -> answers.pairs).sum();
        long differing = byPrompt.values().stream()
                .mapToLong(answers -> answers.differing)
                .sum();
        long mixed = byPrompt.values().stream().filter(Answers::mixed).count();
        if (!context.holds(
                        node.id(),
                        pairs >= settings.minPairs(),
                        "fewer than " + settings.minPairs() + " recorded pairs of equal prompts")
                || !context.holds(
                        node.id(),
                        differing >= settings.minDiffering() * pairs,
                        "fewer than " + settings.minDiffering()
                                + " of the pairs of equal prompts got different answers")
                || !context.holds(
                        node.id(),
                        mixed >= settings.minMixed(),
                        "fewer than " + settings.minMixed() + " prompts both succeeded and failed")) {
            return;
        }
        Rate rate = Rate.of(differing, pairs);
        String text = Figures.rate(rate) + " pairs of equal prompts of '" + node.id() + "' got different answers, and "
                + Figures.count(mixed, "prompt") + " both succeeded and failed";
        suggestions.add(new Suggestion(
                name() + ":" + node.id(),
                name(),
                "set_parameter",
                List.of(node.id()),
                AgentParameters.TEMPERATURE + ":" + node.id(),
                RiskLevel.MEDIUM,
                Recommendation.AB_TEST,
                "'" + node.id() + "' answers differently to the same, sometimes rightly and sometimes not",
                List.of(new Evidence(text, pairs, context.profile().runs(), rate.low(), rate.high())),
                List.of(new SetParameter(node.id(), AgentParameters.TEMPERATURE, 0)),
                List.of(new ExpectedOutcome(
                        node.id(),
                        null,
                        Amount.UNCHANGED,
                        Amount.UNCHANGED,
                        Amount.UNCHANGED,
                        Source.ASSUMED,
                        "what a temperature of 0 does to the answers of '" + node.id()
                                + "' is not known; taken as nothing")),
                Confidence.ofConfirmations(pairs)));
    }

    /** What one prompt was answered. */
    private static final class Answers {
        private String last = "";
        private long pairs;
        private long differing;
        private boolean succeeded;
        private boolean failed;

        void add(String answer, Status status) {
            if (!last.isEmpty()) {
                pairs++;
                differing += last.equals(answer) ? 0 : 1;
            }
            last = answer;
            succeeded |= status == Status.OK;
            failed |= status == Status.ERROR;
        }

        boolean mixed() {
            return succeeded && failed;
        }
    }
}
