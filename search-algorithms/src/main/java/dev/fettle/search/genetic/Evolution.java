package dev.fettle.search.genetic;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of {@link GeneticAlgorithm}. */
final class Evolution {
    /** A candidate with its score. */
    private record Individual(int[] options, double score) {}

    private final GeneticSettings settings;
    private final Space space;
    private final CandidateEvaluator evaluator;
    private final Meter meter;
    private final SplitMix random;
    private final Incumbent incumbent;
    private final Variation variation;
    private final int[] decisions;

    /** Sorted, best first. */
    private List<Individual> population = new ArrayList<>();

    private int allowance;

    Evolution(SearchProblem problem, Space space, SearchContext context) {
        settings = context.settings(GeneticSettings.class);
        this.space = space;
        evaluator = problem.newEvaluator();
        meter = new Meter(problem, context);
        incumbent = new Incumbent(problem.baseline(), evaluator.score());
        Optional<SavedState> saved = context.resumeFrom().map(json -> SavedState.parse(GeneticAlgorithm.NAME, json));
        random = new SplitMix(saved.map(state -> state.number("random"))
                .orElseGet(() -> context.random().nextLong()));
        variation = new Variation(space, random);
        decisions = space.movable();
        saved.ifPresent(state -> incumbent.resume(state, space, evaluator, meter));
        incumbent.relax(problem, evaluator, meter);
        saved.ifPresent(this::repopulate);
    }

    SearchResult run() {
        int generations = 0;
        founders();
        while (breed()) {
            generations++;
        }
        population.sort(Comparator.comparingDouble(Individual::score));
        SavedState state = new SavedState(GeneticAlgorithm.NAME).with("random", random.state());
        int[] all = population.stream()
                .flatMapToInt(individual -> Arrays.stream(individual.options()))
                .toArray();
        return incumbent.result(
                evaluator,
                meter,
                "The budget was used up, or somebody asked to stop, after " + generations + " generations.",
                state.with("population", all));
    }

    private void repopulate(SavedState state) {
        for (int[] options : state.candidates("population", space)) {
            if (affordable()) {
                population.add(grown(options, new int[0]));
            }
        }
    }

    /** The best known, mutants of it, and strangers: half of the population each. */
    private void founders() {
        population.add(new Individual(incumbent.candidate(), incumbent.score()));
        while (population.size() < settings.population() && affordable()) {
            int[] options = incumbent.candidate();
            variation.mutate(options, population.size() % 2 == 0 ? decisions.length / 4.0 : decisions.length);
            population.add(grown(options, settings.learning() > 0 ? decisions.clone() : new int[0]));
        }
        population.sort(Comparator.comparingDouble(Individual::score));
    }

    /** One generation; false where the budget ended it. */
    private boolean breed() {
        List<Individual> all = new ArrayList<>(population);
        boolean complete = true;
        for (int i = 0; complete && i < settings.population(); i++) {
            complete = affordable();
            if (complete) {
                all.add(child());
            }
        }
        all.sort(Comparator.comparingDouble(Individual::score));
        Set<Integer> seen = new HashSet<>();
        List<Individual> next = new ArrayList<>();
        for (Individual individual : all) {
            if (next.size() < settings.population() && seen.add(Arrays.hashCode(individual.options()))) {
                next.add(individual);
            }
        }
        population = next;
        return complete;
    }

    private Individual child() {
        int[] mother = parent().options();
        int[] father = random.uniform() < settings.crossover() ? parent().options() : mother;
        int[] child = mother.clone();
        if (random.uniform() < settings.segment()) {
            variation.segment(child, father);
        } else {
            variation.uniform(child, father);
        }
        variation.mutate(child, settings.mutation());
        int[] open = Arrays.stream(decisions)
                .filter(d -> mother[d] != father[d] || child[d] != mother[d] || random.uniform() < settings.learning())
                .toArray();
        return grown(child, settings.learning() > 0 ? open : new int[0]);
    }

    private Individual parent() {
        return population.get(Variation.tournament(population.size(), settings.tournament(), random));
    }

    /**
     * Scores a candidate after giving some decisions, in random order, their best option with the others as they are.
     */
    private Individual grown(int[] options, int[] open) {
        double score = evaluator.reset(options);
        random.shuffle(open);
        for (int decision : open) {
            int best = options[decision];
            for (int option : space.neighbours(decision, options[decision])) {
                if (!affordable()) {
                    break;
                }
                double changed = evaluator.scoreWith(decision, option, score);
                if (changed < score) {
                    score = changed;
                    best = option;
                }
            }
            if (best != options[decision]) {
                options[decision] = best;
                evaluator.apply(decision, best);
            }
        }
        incumbent.offer(options, score);
        return new Individual(options, score);
    }

    /** Counts one evaluation if the budget has room for it. */
    private boolean affordable() {
        if (allowance == 0) {
            allowance = meter.allowance(incumbent.score());
            if (allowance == 0) {
                return false;
            }
        }
        allowance--;
        meter.spend(1);
        return true;
    }
}
