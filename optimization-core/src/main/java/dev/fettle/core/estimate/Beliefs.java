package dev.fettle.core.estimate;

import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.plan.Source;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;

/** Completes what strategies state by what the sample and the table of models know about other tools and models. */
final class Beliefs {
    private static final double Z90 = 1.6448536269514722;

    /** How far generation speeds of a table may be off: they depend on load, length and provider. */
    private static final double SPEED_ERROR = 1.5;

    /** How much longer or shorter another model's answers may be. */
    private static final double LENGTH_ERROR = 1.3;

    private static final double CAPABILITY_ERROR = 0.1;

    private final SampleStatistics sample;
    private final Pricing pricing;

    Beliefs(SampleStatistics sample, Pricing pricing) {
        this.sample = sample;
        this.pricing = pricing;
    }

    /** All that must be believed to replay a candidate: what is stated, and what the tables and the sample add. */
    List<Belief> needed(RecordedWorkflow base, Workflow candidate, List<Belief> stated) {
        List<Belief> all = new ArrayList<>();
        Map<String, List<Belief>> byNode = byNode(stated);
        for (Node node : candidate.allNodes()) {
            List<Belief> own = byNode.getOrDefault(node.id(), List.of());
            all.addAll(own);
            Node recorded = base.nodes().get(node.id());
            if (recorded != null && !Objects.equals(recorded, node)) {
                all.addAll(derive(recorded, node, own));
            } else if (recorded == null && node.members().isEmpty() && own.isEmpty()) {
                all.add(unknown(node));
            }
        }
        return all;
    }

    static Map<String, List<Belief>> byNode(List<Belief> beliefs) {
        return beliefs.stream().collect(Collectors.groupingBy(Belief::node));
    }

    private static Belief unknown(Node node) {
        return new Belief(
                node.id(),
                Belief.Subject.OCCURRENCE,
                null,
                Amount.absolute(0),
                Amount.absolute(0),
                Amount.UNCHANGED,
                Source.ASSUMED,
                "nothing recorded tells what the new node '" + node.id() + "' takes; taken to take nothing");
    }

    /** What must be believed about a node that differs from the recorded one, beyond what is stated already. */
    private List<Belief> derive(Node before, Node after, List<Belief> stated) {
        List<Belief> derived = new ArrayList<>();
        boolean whole = stated.stream().anyMatch(belief -> belief.subject() == Belief.Subject.OCCURRENCE);
        if (whole) {
            return derived;
        }
        substitutedTools(before, after).forEach((tool, replacement) -> {
            boolean known = stated.stream().anyMatch(belief -> belief.concerns(tool) || belief.concerns(replacement));
            if (!known) {
                derived.add(tool(before.id(), tool, replacement));
            }
        });
        String model = after.model();
        if (model != null && !model.equals(before.model())) {
            derived.add(model(before.id(), before.model(), model));
        }
        return derived;
    }

    /** From recorded tool to the one that answers instead. */
    static Map<String, String> substitutedTools(Node before, Node after) {
        Map<String, String> substituted = new TreeMap<>();
        before.tools().forEach((binding, tool) -> {
            String other = after.tools().get(binding);
            if (other != null && !other.equals(tool)) {
                substituted.put(tool, other);
            }
        });
        if (before.body() instanceof NodeBody.Tool from
                && after.body() instanceof NodeBody.Tool to
                && !from.tool().equals(to.tool())) {
            substituted.put(from.tool(), to.tool());
        }
        return substituted;
    }

    private Belief tool(String node, String tool, String replacement) {
        SummaryStatistics from = sample.tool(tool);
        SummaryStatistics to = sample.tool(replacement);
        Amount usd = Amount.absolute(pricing.usdPerCall(replacement));
        Amount seconds = Amount.UNCHANGED;
        Source source = Source.ASSUMED;
        String basis =
                "nothing recorded tells how long '" + replacement + "' takes; taken to be as fast as '" + tool + "'";
        if (from != null && to != null && from.getMean() > 0) {
            seconds = ratio(to, from);
            source = Source.ESTIMATED;
            basis = "'" + replacement + "' in place of '" + tool + "': mean times of " + to.getN() + " and "
                    + from.getN() + " recorded calls";
        }
        return new Belief(node, Belief.Subject.TOOL, tool, seconds, usd, Amount.UNCHANGED, source, basis);
    }

    private Belief model(String node, @Nullable String before, String after) {
        SummaryStatistics from = before == null ? null : sample.modelSpeed(before);
        SummaryStatistics to = sample.modelSpeed(after);
        Double slow = of(before, ModelPrice::outputTokensPerSecond);
        Double fast = of(after, ModelPrice::outputTokensPerSecond);
        Amount seconds = Amount.UNCHANGED;
        String speed = "its speed is not known and taken to be the same";
        Source source = Source.ASSUMED;
        if (from != null && to != null) {
            seconds = ratio(to, from);
            speed = "its speed from " + to.getN() + " recorded calls";
            source = Source.ESTIMATED;
        } else if (slow != null && fast != null) {
            double ratio = slow / fast;
            seconds = Amount.factor(ratio, ratio / SPEED_ERROR, ratio * SPEED_ERROR);
            speed = "its speed from the table of models";
        }
        Belief quality = quality(node, before, after);
        boolean priced = pricing.models().usd(after, new TokenUsage(1, 1, 0)).isPresent();
        return new Belief(
                node,
                Belief.Subject.MODEL,
                null,
                seconds,
                Amount.factor(1, 1 / LENGTH_ERROR, LENGTH_ERROR),
                quality.quality(),
                source.and(quality.source()),
                "model '" + after + "' in '" + node + "': " + speed + "; answers of about the same length; "
                        + (priced ? "" : "its price is not known, and so the cost is not; ")
                        + quality.basis());
    }

    private Belief quality(String node, @Nullable String before, String after) {
        SummaryStatistics from = before == null ? null : sample.modelScore(before);
        SummaryStatistics to = sample.modelScore(after);
        Double weak = of(before, ModelPrice::capability);
        Double strong = of(after, ModelPrice::capability);
        Amount amount;
        Source source = Source.ASSUMED;
        String basis;
        if (from != null && to != null && from.getMean() > 0) {
            amount = ratio(to, from);
            source = Source.ESTIMATED;
            basis = "quality from the scores of " + to.getN() + " recorded runs";
        } else if (weak != null && strong != null && weak > 0) {
            double ratio = Math.min(1, strong / weak);
            amount = Amount.factor(ratio, Math.max(0, ratio - CAPABILITY_ERROR), Math.min(1, ratio + CAPABILITY_ERROR));
            basis = "quality from the table of models, whose author's prior it is";
        } else {
            amount = Amount.factor(1, 1 - 2 * CAPABILITY_ERROR, 1);
            basis = "its quality is not known and taken to be the same";
        }
        return new Belief(node, Belief.Subject.MODEL, null, Amount.UNCHANGED, Amount.UNCHANGED, amount, source, basis);
    }

    private @Nullable Double of(@Nullable String model, Function<ModelPrice, @Nullable Double> field) {
        ModelPrice price = model == null ? null : pricing.models().find(model).orElse(null);
        return price == null ? null : field.apply(price);
    }

    /** Ratio of two means; interval by the delta method on the logarithm. */
    private static Amount ratio(SummaryStatistics numerator, SummaryStatistics denominator) {
        double ratio = numerator.getMean() / denominator.getMean();
        double error = Z90 * Math.sqrt(relativeVariance(numerator) + relativeVariance(denominator));
        return Amount.factor(ratio, ratio * Math.exp(-error), ratio * Math.exp(error));
    }

    private static double relativeVariance(SummaryStatistics statistics) {
        double mean = statistics.getMean();
        return mean == 0 ? 0 : statistics.getVariance() / (statistics.getN() * mean * mean);
    }
}
