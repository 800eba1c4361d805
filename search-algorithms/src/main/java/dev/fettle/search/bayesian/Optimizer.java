package dev.fettle.search.bayesian;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.bayesian.BayesianSettings.Acquisition;
import dev.fettle.search.bayesian.gp.GaussianProcess;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of {@link BayesianOptimization}. */
final class Optimizer {
    /** With so many observations hyperparameters are fitted at each step; with more, once for each tenth more. */
    private static final int FIT_ALWAYS = 60;

    private final BayesianSettings settings;
    private final Space space;
    private final CandidateEvaluator evaluator;
    private final Meter meter;
    private final SplitMix random;
    private final Incumbent incumbent;
    private final Encoding encoding;
    private final Proposer proposer;

    /** Score by candidate: none is evaluated twice. */
    private final Map<List<Integer>, Double> observed = new LinkedHashMap<>();

    private @Nullable GaussianProcess model;
    private int fittedTo;

    Optimizer(SearchProblem problem, Space space, SearchContext context) {
        settings = context.settings(BayesianSettings.class);
        this.space = space;
        evaluator = problem.newEvaluator();
        meter = new Meter(problem, context);
        incumbent = new Incumbent(problem.baseline(), evaluator.score());
        encoding = new Encoding(problem, space);
        observed.put(key(problem.baseline()), evaluator.score());
        Optional<SavedState> saved =
                context.resumeFrom().map(json -> SavedState.parse(BayesianOptimization.NAME, json));
        random = new SplitMix(saved.map(state -> state.number("random"))
                .orElseGet(() -> context.random().nextLong()));
        proposer = new Proposer(settings, encoding, random);
        saved.ifPresent(state -> {
            incumbent.resume(state, space, evaluator, meter);
            double[] scores = state.reals("scores");
            List<int[]> candidates = state.candidates("candidates", space);
            for (int i = 0; i < Math.min(scores.length, candidates.size()); i++) {
                observed.put(key(candidates.get(i)), scores[i]);
            }
        });
    }

    SearchResult run() {
        int initial = settings.initial() > 0
                ? settings.initial()
                : Math.max(4, Math.min(encoding.dimension() + encoding.dimension() / 2 + 1, 40));
        int design = (int) Math.max(1, Math.min(initial, meter.left() / 2)) - (observed.size() - 1);
        boolean more = true;
        for (int[] candidate : design > 0 ? encoding.spreadHypercube(design, random) : new int[0][]) {
            more = more && evaluate(candidate);
        }
        int step = 0;
        while (more) {
            step++;
            Acquisition acquisition =
                    settings.explore() > 0 && step % settings.explore() == 0 ? Acquisition.UCB : settings.acquisition();
            int[] next = proposer.propose(model(), acquisition, incumbent, observed);
            more = next.length > 0 && evaluate(next);
        }
        boolean exhausted = meter.left() > 0 && observed.size() >= cardinality();
        return incumbent.result(
                evaluator,
                meter,
                exhausted
                        ? "Every candidate was evaluated."
                        : "The budget was used up, or somebody asked to stop, after " + observed.size()
                                + " different candidates.",
                state());
    }

    private SavedState state() {
        return new SavedState(BayesianOptimization.NAME)
                .with("random", random.state())
                .with(
                        "scores",
                        observed.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                .with(
                        "candidates",
                        observed.keySet().stream()
                                .flatMap(List::stream)
                                .mapToInt(Integer::intValue)
                                .toArray());
    }

    private double cardinality() {
        return IntStream.range(0, space.size()).mapToDouble(space::options).reduce(1, (a, b) -> a * b);
    }

    /** Evaluates a candidate not seen before; false where the budget does not allow it. */
    private boolean evaluate(int[] candidate) {
        List<Integer> key = key(candidate);
        if (observed.containsKey(key)) {
            return true;
        }
        if (meter.allowance(incumbent.score()) == 0) {
            return false;
        }
        meter.spend(1);
        double score = evaluator.reset(candidate);
        observed.put(key, score);
        incumbent.offer(candidate, score);
        if (model != null && usable(score) && !model.add(encoding.point(candidate), score)) {
            model = null;
        }
        return true;
    }

    private static boolean usable(double score) {
        return score < CandidateEvaluator.INFEASIBLE;
    }

    /** The Gaussian process over what was observed, with hyperparameters not older than a tenth of it. */
    private GaussianProcess model() {
        GaussianProcess current = model;
        int size = observed.size();
        if (current != null && size > FIT_ALWAYS && size < fittedTo * 11 / 10 && size <= settings.memory()) {
            return current;
        }
        List<Map.Entry<List<Integer>, Double>> points = remembered();
        // A violated constraint counts as the worst score seen: its size has another scale than the scores.
        double worst = points.stream()
                .mapToDouble(Map.Entry::getValue)
                .filter(Optimizer::usable)
                .max()
                .orElse(0);
        double[][] inputs = new double[points.size()][];
        double[] targets = new double[points.size()];
        for (int i = 0; i < targets.length; i++) {
            inputs[i] = encoding.point(candidate(points.get(i).getKey()));
            double score = points.get(i).getValue();
            targets[i] = usable(score) ? score : worst;
        }
        GaussianProcess fitted =
                GaussianProcess.fit(inputs, targets, encoding.groups(), settings.restarts(), random, current);
        model = fitted;
        fittedTo = size;
        return fitted;
    }

    private List<Map.Entry<List<Integer>, Double>> remembered() {
        List<Map.Entry<List<Integer>, Double>> all = new ArrayList<>(observed.entrySet());
        int memory = settings.memory();
        if (all.size() <= memory) {
            return all;
        }
        List<Map.Entry<List<Integer>, Double>> kept = new ArrayList<>(all.subList(all.size() - memory / 2, all.size()));
        all.subList(0, all.size() - memory / 2).stream()
                .sorted(Comparator.comparingDouble(Map.Entry::getValue))
                .limit(memory - memory / 2)
                .forEach(kept::add);
        return kept;
    }

    static List<Integer> key(int[] candidate) {
        return Arrays.stream(candidate).boxed().collect(Collectors.toUnmodifiableList());
    }

    private static int[] candidate(List<Integer> key) {
        return key.stream().mapToInt(Integer::intValue).toArray();
    }
}
