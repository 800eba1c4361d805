package dev.fettle.core.profile;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.core.profile.NodeStatistics.RunStatus;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sums up traces of one workflow. Memory does not grow with their number.
 *
 * <p>Adding and merging are associative and commutative: any split of the traces over accumulators, merged in any order,
 * gives the same profile. Counts, sums, costs and the sample are exact in this sense; quantiles have three significant
 * digits. Not safe for use by several threads; give each its own accumulator and merge.
 */
public final class ProfileAccumulator {
    /** Stands for a model whose name is not recorded. */
    public static final String UNKNOWN_MODEL = "(unknown)";

    private final ProfileSettings settings;
    private final BoundedMap<NodeStatistics> nodes;
    private final BoundedMap<ToolStatistics> tools;
    private final BoundedMap<Spend> models;
    private final BoundedMap<Counter> workflows;
    private final Transitions transitions;
    private final TraceSample sample;
    private final DurationSketch duration = new DurationSketch();
    private long runs;
    private long incompleteRuns;
    private long succeeded;
    private long failed;

    public ProfileAccumulator() {
        this(ProfileSettings.DEFAULT);
    }

    public ProfileAccumulator(ProfileSettings settings) {
        this.settings = settings;
        nodes = new BoundedMap<>(settings.maxNodes(), () -> new NodeStatistics(settings));
        tools = new BoundedMap<>(settings.maxTools(), () -> new ToolStatistics(settings));
        models = new BoundedMap<>(settings.maxModels(), Spend::new);
        workflows = new BoundedMap<>(settings.maxErrorTypes(), Counter::new);
        transitions = new Transitions(settings.maxTransitions());
        sample = new TraceSample(settings.sampleTraces(), settings.sampleOccurrences());
    }

    public ProfileSettings settings() {
        return settings;
    }

    /** How many traces were added, here and in what was merged. */
    public long runs() {
        return runs;
    }

    public void add(ExecutionTrace trace) {
        runs++;
        workflows.at(trace.workflow()).increment();
        if (trace.complete()) {
            duration.add(TraceTree.nanos(trace.wallClock()));
        } else {
            incompleteRuns++;
        }
        if (trace.status() == Status.OK) {
            succeeded++;
        } else if (trace.status() != Status.UNKNOWN && trace.status() != Status.PAUSED) {
            failed++;
        }
        TraceTree tree = TraceTree.of(trace);
        addNodes(trace, tree);
        RepeatedWork.nodes(tree, nodes);
        RepeatedWork.tools(trace, tools);
        transitions.add(tree);
        sample.add(trace);
    }

    private void addNodes(ExecutionTrace trace, TraceTree tree) {
        Map<String, RunStatus> byNode = new HashMap<>();
        for (int i = 0; i < tree.size(); i++) {
            NodeOccurrence occurrence = tree.occurrence(i);
            nodes.at(occurrence.node())
                    .add(occurrence, tree.end(i) - tree.start(i), tree.exclusive(i), trace.complete());
            byNode.merge(occurrence.node(), RunStatus.of(occurrence), RunStatus::and);
            for (ModelCall call : occurrence.modelCalls()) {
                models.at(modelName(call)).add(call.tokens(), call.recordedUsd());
            }
        }
        long epochMillis = trace.startedAt().toEpochMilli();
        byNode.forEach((node, status) -> nodes.at(node).addRun(status, epochMillis));
    }

    static String modelName(ModelCall call) {
        String model = call.model();
        return model == null || model.isBlank() ? UNKNOWN_MODEL : model;
    }

    /**
     * Takes in everything that was added to the other, which stays as it is. Both have the same settings.
     *
     * @return this
     */
    public ProfileAccumulator merge(ProfileAccumulator other) {
        if (!settings.equals(other.settings)) {
            throw new IllegalArgumentException(
                    "profiles with different settings cannot be merged: " + settings + " and " + other.settings);
        }
        nodes.merge(other.nodes);
        tools.merge(other.tools);
        models.merge(other.models);
        workflows.merge(other.workflows);
        transitions.merge(other.transitions);
        sample.merge(other.sample);
        duration.merge(other.duration);
        runs += other.runs;
        incompleteRuns += other.incompleteRuns;
        succeeded += other.succeeded;
        failed += other.failed;
        return this;
    }

    /** The statistics so far, with costs that no trace states taken from the catalogue. */
    public PerformanceProfile profile(ModelCatalogue catalogue) {
        return profile(catalogue, List.of());
    }

    /**
     * The statistics so far.
     *
     * @param catalogue prices model calls whose cost no trace states
     * @param declared prices tool calls whose cost no trace states
     */
    public PerformanceProfile profile(ModelCatalogue catalogue, Collection<ToolSpec> declared) {
        Prices prices = new Prices(catalogue, declared);
        SortedMap<String, NodeProfile> nodeProfiles = new TreeMap<>();
        nodes.forEach((id, node) -> nodeProfiles.put(id, node.profile(id, duration.sumNanos(), prices)));
        SortedMap<String, ToolProfile> toolProfiles = new TreeMap<>();
        tools.forEach((name, tool) -> toolProfiles.put(name, tool.profile(name, prices)));
        TokenUsage[] tokens = {TokenUsage.NONE};
        models.forEach((name, spend) -> tokens[0] = tokens[0].plus(spend.tokens()));
        return new PerformanceProfile(
                workflowName(),
                runs,
                incompleteRuns,
                Rate.of(succeeded, succeeded + failed),
                duration.summary(),
                tokens[0],
                cost(prices, toolProfiles),
                Collections.unmodifiableSortedMap(nodeProfiles),
                Collections.unmodifiableSortedMap(toolProfiles),
                transitions.list(),
                sample.traces());
    }

    private CostSummary cost(Prices prices, SortedMap<String, ToolProfile> toolProfiles) {
        Map<String, BigDecimal> byModel = new TreeMap<>();
        Map<String, BigDecimal> byTool = new TreeMap<>();
        TreeSet<String> unpriced = new TreeSet<>();
        BigDecimal usd = BigDecimal.ZERO;
        for (Map.Entry<String, Spend> model : models.sorted().entrySet()) {
            BigDecimal whole = prices.model(model.getKey(), model.getValue());
            if (whole == null) {
                unpriced.add(model.getKey());
            }
            BigDecimal known = Prices.knownPart(whole, model.getValue());
            if (whole != null || known.signum() > 0) {
                byModel.put(model.getKey(), known);
                usd = usd.add(known);
            }
        }
        for (ToolProfile tool : toolProfiles.values()) {
            if (tool.priced() || tool.usd().signum() > 0) {
                byTool.put(tool.name(), tool.usd());
                usd = usd.add(tool.usd());
            }
        }
        return new CostSummary(
                usd,
                Collections.unmodifiableMap(byModel),
                Collections.unmodifiableMap(byTool),
                Collections.unmodifiableSet(unpriced));
    }

    /** The most frequent name among the traces; the first by alphabet of several. */
    private String workflowName() {
        String most = "";
        long count = 0;
        for (Map.Entry<String, Counter> entry : workflows.sorted().entrySet()) {
            if (entry.getValue().count() > count) {
                most = entry.getKey();
                count = entry.getValue().count();
            }
        }
        return most;
    }
}
