package dev.fettle.core.estimate;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SetPrompt;
import dev.fettle.api.change.SubstituteModel;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Node;
import dev.fettle.core.concurrent.SideBySide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Suggestions and traces compiled to arrays, for judging very many combinations.
 *
 * <p>Each suggestion is applied by itself and the workflow compared before and after. What changes single nodes becomes rows
 * of lengths and costs of their steps, computed by the replay once for each combination of options that touch the same
 * steps. What takes nodes out or arranges them anew becomes a {@link TaskGraph} for each trace and combination. What does
 * both at once, or adds nodes, is replayed in full. The results are those of {@link ReplayEstimator#means}. Safe for several threads.
 */
public final class CompiledSpace {
    /** Results of full replays that are remembered. */
    private static final int MOST_REPLAYED = 2_000;

    /** Structural choices that are remembered as refused. */
    private static final int MOST_REFUSED = 20_000;

    /** Steps in remembered arrangements, which bounds their memory to some ten megabytes. */
    private static final int MOST_ARRANGED_STEPS = 200_000;

    /** Steps in the placements that an evaluator keeps, which bounds their memory alike. */
    private static final int MOST_PLACED_STEPS = 100_000;

    /** Lengths of blocks that the placements of an evaluator remember, which are some eight megabytes. */
    private static final int MOST_LENGTHS = 1 << 20;

    /** All rows of clusters of up to this many states are made at once, rather than when a search comes to them. */
    static final int FEW_STATES = 16;

    /** What is known of pairs of states is kept for clusters of up to this many. */
    static final int FEW_PAIRS = 64;

    private final ReplayEstimator estimator;
    private final Score score;
    private final List<List<Suggestion>> options;
    private final Map<String, Integer> order = new HashMap<>();
    private final Comparator<Suggestion> inOrder;
    private final Compiling compiling;
    private final Partition partition;
    private final int[] structuralDecisions;
    private final double[][] recordedSeconds;

    /** By trace and step: the cluster that changes it, or -1. */
    private final int[][] clusterOfStep;

    private final double[] units;
    private final int mostArrangements;
    private final int mostPlacements;
    private final List<AtomicReferenceArray<Rows>> rows = new ArrayList<>();
    private final Map<List<Integer>, Arrangement> arrangements = new ConcurrentHashMap<>();
    private final Set<List<Integer>> refused = ConcurrentHashMap.newKeySet();
    private final Map<List<Integer>, Optional<Means>> replayed = new ConcurrentHashMap<>();

    /** What all clusters may add to the sums of cost and of quality over runs, or take from them. */
    private final double greatestUsd;

    private final double greatestQuality;
    private @Nullable ExpectedEffects expected;

    /**
     * @param options by decision: the suggestions behind the options from 1
     * @param order in which suggestions are applied: structural ones before those that change single nodes
     */
    public CompiledSpace(
            ReplayEstimator estimator, List<List<Suggestion>> options, List<Suggestion> order, Score score) {
        this.estimator = estimator;
        this.score = score;
        this.options = options.stream().map(List::copyOf).toList();
        order.forEach(suggestion -> this.order.put(suggestion.id(), this.order.size()));
        this.inOrder = Comparator.comparingInt(suggestion -> this.order.getOrDefault(suggestion.id(), 0));
        this.compiling = estimator.compiling();
        this.partition = Partition.of(estimator, compiling.traces(), this.options);
        this.structuralDecisions =
                IntStream.range(0, this.options.size()).filter(this::structural).toArray();
        this.recordedSeconds = compiling.recordedSeconds();
        this.clusterOfStep = clusterOfStep(partition, recordedSeconds);
        this.units = compiling.traces().stream()
                .mapToDouble(trace -> TaskTimes.unit(trace.seconds))
                .toArray();
        int steps = compiling.traces().stream()
                .mapToInt(trace -> trace.steps.size())
                .sum();
        this.mostArrangements = Math.max(8, MOST_ARRANGED_STEPS / Math.max(1, steps));
        this.mostPlacements = Math.max(2, MOST_PLACED_STEPS / Math.max(1, steps));
        partition.clusters().forEach(cluster -> rows.add(new AtomicReferenceArray<>(cluster.states)));
        prepare();
        double[] greatest = greatest();
        this.greatestUsd = greatest[0];
        this.greatestQuality = greatest[1];
    }

    /** Of the rows that are there: for each cluster that state which adds or takes most; of cost, and of quality. */
    private double[] greatest() {
        double[] greatest = new double[2];
        for (int cluster = 0; cluster < rows.size(); cluster++) {
            double[] unchanged = rows(cluster, 0).usd();
            double usd = 0;
            double quality = 0;
            for (int state = 1; state < partition.clusters().get(cluster).states; state++) {
                Rows row = rows.get(cluster).get(state);
                if (row != null && !row.refused()) {
                    usd = Math.max(usd, distance(row.usd(), unchanged));
                    quality = Math.max(quality, distance(row.quality(), new double[row.quality().length]));
                }
            }
            greatest[0] += usd;
            greatest[1] += quality;
        }
        return greatest;
    }

    private static double distance(double[] one, double[] other) {
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            distance += Math.abs(one[i] - other[i]);
        }
        return distance;
    }

    /** On all processors: clusters are independent, and all of them are needed. */
    private void prepare() {
        List<Supplier<Integer>> tasks = new ArrayList<>();
        for (int cluster = 0; cluster < rows.size(); cluster++) {
            int prepared = cluster;
            tasks.add(() -> {
                prepare(prepared);
                return prepared;
            });
        }
        SideBySide.of(tasks, SideBySide.processors());
    }

    private static int[][] clusterOfStep(Partition partition, double[][] steps) {
        int[][] clusterOfStep = new int[steps.length][];
        for (int t = 0; t < steps.length; t++) {
            clusterOfStep[t] = new int[steps[t].length];
            Arrays.fill(clusterOfStep[t], -1);
            for (int c = 0; c < partition.clusters().size(); c++) {
                Cluster cluster = partition.clusters().get(c);
                for (int i = cluster.traceStarts[t]; i < cluster.traceStarts[t + 1]; i++) {
                    clusterOfStep[t][cluster.steps[i].index] = c;
                }
            }
        }
        return clusterOfStep;
    }

    /** Makes the rows of all states of a cluster where they are few, else of those in which one option is chosen. */
    private void prepare(int cluster) {
        Cluster prepared = partition.clusters().get(cluster);
        boolean few = prepared.states <= FEW_STATES;
        rows(cluster, 0);
        for (int state = 1; few && state < prepared.states; state++) {
            rows(cluster, state);
        }
        for (int i = 0; !few && i < prepared.decisions.length; i++) {
            for (int option = 1; option < partition.optionCounts()[prepared.decisions[i]]; option++) {
                rows(cluster, option * prepared.radixes[i]);
            }
        }
    }

    /** A new evaluator, placed where every decision leaves things as they are. */
    public CandidateEvaluator newEvaluator() {
        return new IncrementalEvaluator(this);
    }

    /**
     * What an option by itself would change, as {@link dev.fettle.api.search.SearchProblem#expectedEffects} says it.
     */
    public double[] expectedEffects(int decision, int option) {
        return expected().of(decision, option);
    }

    /** What prices of time tell of the options, as {@link dev.fettle.api.search.SearchProblem#relaxation} says it. */
    public Optional<Relaxation> relaxation(int[] around, int mostEvaluations) {
        StructureFirst first = new StructureFirst(this, mostEvaluations / 2);
        int[] structural = first.improve(structural(around));
        int[] candidate = around.clone();
        for (int decision = 0; decision < candidate.length; decision++) {
            if (partition.reaches()[decision] == OptionKind.Reach.STRUCTURAL) {
                candidate[decision] = structural[decision];
            }
        }
        boolean base = Arrays.stream(structural).allMatch(option -> option == 0);
        return arrangement(structural).flatMap(arrangement -> PathPrices.of(this, arrangement, base)
                .relaxation(candidate, mostEvaluations, first.evaluations()));
    }

    /** The candidate with only its structural options. */
    private int[] structural(int[] candidate) {
        int[] structural = candidate.clone();
        for (int decision = 0; decision < structural.length; decision++) {
            if (!structural(decision)) {
                structural[decision] = 0;
            }
        }
        return structural;
    }

    private boolean structural(int decision) {
        return partition.clusterOf()[decision] < 0 && partition.reaches()[decision] != OptionKind.Reach.WHOLE;
    }

    private synchronized ExpectedEffects expected() {
        ExpectedEffects known = expected;
        if (known == null) {
            known = new ExpectedEffects(this);
            expected = known;
        }
        return known;
    }

    /** The suggestions that a candidate stands for, in the order in which they are applied. */
    public List<Suggestion> suggestions(int[] candidate) {
        List<Suggestion> chosen = chosen(candidate);
        return chosen.size() < 2 ? chosen : ordered(chosen);
    }

    private List<Suggestion> chosen(int[] candidate) {
        List<Suggestion> chosen = new ArrayList<>();
        for (int decision = 0; decision < candidate.length; decision++) {
            if (candidate[decision] > 0) {
                chosen.add(options.get(decision).get(candidate[decision] - 1));
            }
        }
        return chosen;
    }

    private List<Suggestion> ordered(List<Suggestion> chosen) {
        chosen.sort(inOrder);
        return chosen;
    }

    Partition partition() {
        return partition;
    }

    Score score() {
        return score;
    }

    ReplayEstimator estimator() {
        return estimator;
    }

    /** By trace and step. */
    double[][] recordedSeconds() {
        return recordedSeconds;
    }

    /** The cluster that changes a step, or -1. */
    int clusterOfStep(int trace, int step) {
        return clusterOfStep[trace][step];
    }

    /** By trace: the unit of time in seconds. */
    double unit(int trace) {
        return units[trace];
    }

    double greatestUsd() {
        return greatestUsd;
    }

    double greatestQuality() {
        return greatestQuality;
    }

    /** In lengths: what each block of a placement may remember. */
    int roomForLengths() {
        double placements = 1;
        for (int decision : structuralDecisions) {
            placements *= options.get(decision).size() + 1;
        }
        return (int) (MOST_LENGTHS / Math.min(placements, mostPlacements));
    }

    int mostPlacements() {
        return mostPlacements;
    }

    RecordedEnds ends() {
        return compiling.ends();
    }

    /** A run replayed in full under these effects. */
    TraceOutcome replay(int trace, CandidateEffects effects) {
        return estimator.replay(trace, effects).run();
    }

    ReplaySettings settings() {
        return estimator.settings();
    }

    /** What the steps of a cluster take in a state. */
    Rows rows(int cluster, int state) {
        AtomicReferenceArray<Rows> known = rows.get(cluster);
        Rows row = known.get(state);
        if (row == null) {
            row = compiling.rows(partition.clusters().get(cluster), clusterSuggestions(cluster, state));
            known.set(state, row);
        }
        return row;
    }

    private List<Suggestion> clusterSuggestions(int index, int state) {
        Cluster cluster = partition.clusters().get(index);
        List<Suggestion> chosen = new ArrayList<>();
        for (int i = 0; i < cluster.decisions.length; i++) {
            int option = cluster.option(state, i);
            if (option > 0) {
                chosen.add(options.get(cluster.decisions[i]).get(option - 1));
            }
        }
        return chosen.size() < 2 ? chosen : ordered(chosen);
    }

    /** The arrangement under these structural options, all else left as it is; empty where they cannot be combined. */
    Optional<Arrangement> arrangement(int[] structural) {
        List<Integer> key = new ArrayList<>();
        for (int decision : structuralDecisions) {
            key.add(structural[decision]);
        }
        Arrangement known = arrangements.get(key);
        if (known != null || refused.contains(key)) {
            return Optional.ofNullable(known);
        }
        Optional<Arrangement> made = compiling.arrangement(suggestions(structural), partition);
        if (made.isPresent()) {
            if (arrangements.size() >= mostArrangements) {
                arrangements.clear();
            }
            arrangements.put(key, made.get());
        } else {
            if (refused.size() >= MOST_REFUSED) {
                refused.clear();
            }
            refused.add(key);
        }
        return made;
    }

    /** Means by a full replay; empty where the options cannot be combined. */
    Optional<Means> replay(int[] candidate) {
        if (replayed.size() >= MOST_REPLAYED) {
            replayed.clear();
        }
        return replayed.computeIfAbsent(key(candidate), key -> estimator.means(suggestions(candidate)));
    }

    /** Whether the options of a cluster can be applied in an arrangement. */
    boolean fits(Arrangement arrangement, int cluster, int state) {
        List<Suggestion> chosen = clusterSuggestions(cluster, state);
        boolean same = true;
        for (Suggestion suggestion : chosen) {
            for (WorkflowChange change : suggestion.changes()) {
                String node = onlyNode(change);
                if (node != null && !arrangement.nodes().containsKey(node)) {
                    return false;
                }
                same &= node != null && Objects.equals(arrangement.nodes().get(node), recorded(node));
            }
        }
        // what changes one node only, and can be applied to it in the base, can be applied where the node is the same
        return same || ReplayEstimator.compose(arrangement.workflow(), chosen) instanceof ChangeResult.Applied;
    }

    private @Nullable Node recorded(String node) {
        return estimator.recorded().nodes().get(node);
    }

    /** The node that a change looks at and changes, if there is no more to it; else null. */
    private static @Nullable String onlyNode(WorkflowChange change) {
        if (change instanceof SetParameter parameter) {
            return parameter.node();
        }
        if (change instanceof SetPolicies policies) {
            return policies.node();
        }
        if (change instanceof AddPolicies policies) {
            return policies.node();
        }
        if (change instanceof SetPrompt prompt) {
            return prompt.node();
        }
        if (change instanceof SubstituteTool tool) {
            return tool.node();
        }
        return change instanceof SubstituteModel model ? model.node() : null;
    }

    private static List<Integer> key(int[] values) {
        List<Integer> key = new ArrayList<>(values.length);
        for (int value : values) {
            key.add(value);
        }
        return key;
    }
}
