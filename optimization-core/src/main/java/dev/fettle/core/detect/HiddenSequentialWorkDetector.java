package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.workflow.Chains;
import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A chain of nodes that run one after another although what they read and write would let some run at the same time.
 *
 * <pre>
 *   a ──▶ b ──▶ c ──▶ d      where b and c read only what a wrote, and d reads b and c: b and c could run together
 * </pre>
 *
 * The value is the time that a run would save: the sum of the nodes' times less the critical path of their data flow,
 * assuming that they do not slow each other down. Nodes with undeclared state keys or effects that must keep their order
 * are never part of a chain. The first node concerned is the bottleneck's node; related is the whole chain in order.
 *
 * <p>HIGH where the saving is over three tenths of the run, MEDIUM over a tenth, else LOW; each by the lower end of the
 * interval.
 */
@AutoService(BottleneckDetector.class)
public final class HiddenSequentialWorkDetector implements BottleneckDetector {
    private static final double HIGH_SHARE = 0.3;
    private static final double MEDIUM_SHARE = 0.1;

    /** @param share least part of the wall clock that could be saved, in [0, 1] */
    public record Settings(double share) {
        public Settings {
            SettingCheck.share("share", share);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.HIDDEN_SEQUENTIAL_WORK;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.05);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        double wall = Figures.seconds(context.profile().duration().mean());
        List<Bottleneck> found = new ArrayList<>();
        for (List<Node> chain : Chains.of(context.workflow())) {
            List<Node> core = trimmed(chain, means(context, chain));
            Interval saving = saving(context, core);
            if (core.size() >= 2 && saving.value() > settings.share() * wall) {
                found.add(bottleneck(context, core, saving, settings.share() * wall, wall));
            }
        }
        return found;
    }

    private static double[] means(DetectionContext context, List<Node> chain) {
        return chain.stream()
                .map(node -> context.profile().nodes().get(node.id()))
                .mapToDouble(profile ->
                        profile == null ? 0 : Figures.seconds(profile.duration().mean()))
                .toArray();
    }

    /** The chain without nodes at either end that gain nothing from being in it. */
    private static List<Node> trimmed(List<Node> chain, double[] seconds) {
        ChainSaving saving = new ChainSaving(chain);
        double whole = saving.of(seconds);
        int from = 0;
        int to = chain.size();
        double tolerance = 1e-9 * whole;
        while (to - from > 2 && saving.of(seconds, from + 1, to) >= whole - tolerance) {
            from++;
        }
        while (to - from > 2 && saving.of(seconds, from, to - 1) >= whole - tolerance) {
            to--;
        }
        return chain.subList(from, to);
    }

    /** The saving of a run, from the sampled runs in which all of the chain ran; each node's occurrences are added up. */
    private static Interval saving(DetectionContext context, List<Node> chain) {
        Map<String, Integer> places = new HashMap<>();
        chain.forEach(node -> places.put(node.id(), places.size()));
        ChainSaving saving = new ChainSaving(chain);
        List<Double> savings = new ArrayList<>();
        for (ExecutionTrace trace : context.profile().sample()) {
            double[] seconds = new double[chain.size()];
            BitSet seen = new BitSet(chain.size());
            for (NodeOccurrence occurrence : trace.occurrences()) {
                Integer place = places.get(occurrence.node());
                if (place != null) {
                    seconds[place] += Figures.seconds(occurrence.duration());
                    seen.set(place);
                }
            }
            if (seen.cardinality() == chain.size()) {
                savings.add(saving.of(seconds));
            }
        }
        return savings.isEmpty()
                ? Interval.exactly(0, 0)
                : Interval.mean(savings).within(0, Double.MAX_VALUE);
    }

    private static Bottleneck bottleneck(
            DetectionContext context, List<Node> chain, Interval saving, double threshold, double wall) {
        List<String> ids = chain.stream().map(Node::id).toList();
        double sure = saving.units() < 2 ? 0 : saving.low() / wall;
        Severity severity = sure > HIGH_SHARE ? Severity.HIGH : sure > MEDIUM_SHARE ? Severity.MEDIUM : Severity.LOW;
        double sum = Arrays.stream(means(context, chain)).sum();
        return Found.of(BottleneckTypes.HIDDEN_SEQUENTIAL_WORK, severity)
                .node(ids.get(0))
                .related(ids)
                .metric("possibleSavingSeconds", saving, threshold)
                .because(
                        String.join(", ", ids) + " run one after another in " + Figures.time(sum)
                                + "; their data flow lets a run save up to " + Figures.time(saving.value()) + " ("
                                + saving.words(Figures::time) + "), "
                                + Figures.percent(saving.value() / wall) + " of its wall clock, measured in "
                                + Figures.count(saving.units(), "run"),
                        saving.units() * chain.size(),
                        saving.units(),
                        "Run them as a dataflow block, in which each starts as soon as what it reads is there.");
    }
}
