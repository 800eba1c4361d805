package dev.fettle.search.genetic;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.genetic.Dominance.Point;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One run of {@link Nsga2}. */
final class FrontEvolution {
    /** How many candidates compete to become the parent of a child with a direction. */
    private static final int DRAWS = 10;
    /** Share of decisions that are reconsidered in such a child although its parents agree. */
    private static final double OPENED = 0.05;

    private final Nsga2Settings settings;
    private final Space space;
    private final CandidateEvaluator evaluator;
    private final Meter meter;
    private final SplitMix random;
    private final Incumbent incumbent;
    private final Variation variation;

    /** Sorted by front, the least crowded first within each. */
    private List<Point> population = new ArrayList<>();

    private List<Point> archive = new ArrayList<>();
    private int allowance;

    FrontEvolution(SearchProblem problem, Space space, SearchContext context) {
        settings = context.settings(Nsga2Settings.class);
        this.space = space;
        evaluator = problem.newEvaluator();
        meter = new Meter(problem, context);
        incumbent = new Incumbent(problem.baseline(), evaluator.score());
        add(new Point(problem.baseline(), evaluator.score(), evaluator.objectives()));
        Optional<SavedState> saved = context.resumeFrom().map(json -> SavedState.parse(Nsga2.NAME, json));
        random = new SplitMix(saved.map(state -> state.number("random"))
                .orElseGet(() -> context.random().nextLong()));
        variation = new Variation(space, random);
        saved.ifPresent(state -> {
            incumbent.resume(state, space, evaluator, meter);
            add(new Point(incumbent.candidate(), evaluator.score(), evaluator.objectives()));
            for (int[] options : state.candidates("archive", space)) {
                if (affordable()) {
                    add(scored(options));
                }
            }
        });
    }

    SearchResult run() {
        population.addAll(archive);
        while (population.size() < settings.population() && affordable()) {
            int[] options = incumbent.candidate();
            variation.mutate(options, space.movable().length * random.uniform());
            population.add(scored(options));
        }
        int generations = 0;
        while (breed()) {
            generations++;
        }
        archive.sort((a, b) -> Double.compare(a.score(), b.score()));
        SearchResult single = incumbent.result(
                evaluator,
                meter,
                "The budget was used up, or somebody asked to stop, after " + generations + " generations.",
                new SavedState(Nsga2.NAME)
                        .with("random", random.state())
                        .with(
                                "archive",
                                archive.stream()
                                        .flatMapToInt(point -> Arrays.stream(point.options()))
                                        .toArray()));
        return new SearchResult(
                single.best(), single.score(), single.evaluations(), front(single), single.end(), single.state());
    }

    /** The archive with the best candidate in it, unless that one only ties with what dominates it. */
    private List<SearchResult.FrontPoint> front(SearchResult single) {
        SearchResult.FrontPoint best = single.front().get(0);
        Point bestPoint = new Point(best.candidate(), single.score(), best.objectives());
        List<SearchResult.FrontPoint> front = new ArrayList<>();
        front.add(best);
        for (Point point : archive) {
            if (!Arrays.equals(point.options(), best.candidate())
                    && !Dominance.dominates(bestPoint, point)
                    && !Dominance.dominates(point, bestPoint)) {
                front.add(new SearchResult.FrontPoint(point.options(), point.objectives()));
            }
        }
        return front;
    }

    /** One generation; false where the budget ended it. */
    private boolean breed() {
        List<Point> all = new ArrayList<>(population);
        boolean complete = true;
        for (int i = 0; complete && i < settings.population(); i++) {
            complete = affordable();
            if (complete) {
                all.add(child());
            }
        }
        List<Point> next = new ArrayList<>();
        for (List<Point> front : Dominance.fronts(all)) {
            next.addAll(Dominance.leastCrowded(front, settings.population() - next.size()));
            if (next.size() >= settings.population()) {
                break;
            }
        }
        population = next;
        return complete;
    }

    private Point child() {
        if (random.uniform() < settings.learning() && !archive.isEmpty()) {
            return directed(Direction.random(archive, random));
        }
        int[] child = parent().clone();
        if (random.uniform() < settings.crossover()) {
            cross(child, parent());
        }
        variation.mutate(child, settings.mutation());
        return scored(child);
    }

    private void cross(int[] child, int[] other) {
        if (random.next() < 0) {
            variation.uniform(child, other);
        } else {
            variation.segment(child, other);
        }
    }

    /** A child of parents that are good in one direction, improved in that direction where they left it open. */
    private Point directed(Direction direction) {
        int[] mother = direction.best(archive, DRAWS, random).options();
        int[] father = direction.best(archive, DRAWS, random).options();
        int[] child = mother.clone();
        cross(child, father);
        variation.mutate(child, settings.mutation());
        int[] open = Arrays.stream(space.movable())
                .filter(d -> mother[d] != father[d] || child[d] != mother[d] || random.uniform() < OPENED)
                .toArray();
        random.shuffle(open);
        double score = evaluator.reset(child);
        double value = direction.value(score, evaluator.objectives());
        for (int decision : open) {
            int best = child[decision];
            for (int option : space.neighbours(decision, best)) {
                if (!affordable()) {
                    break;
                }
                double changed = direction.value(evaluator.apply(decision, option), evaluator.objectives());
                if (changed < value) {
                    value = changed;
                    best = option;
                }
            }
            child[decision] = best;
            evaluator.apply(decision, best);
        }
        return noted(child);
    }

    private int[] parent() {
        return population
                .get(Variation.tournament(population.size(), 2, random))
                .options();
    }

    private Point scored(int[] options) {
        evaluator.reset(options);
        return noted(options);
    }

    /** The evaluator's current candidate as a point, offered to the archive. */
    private Point noted(int[] options) {
        double score = evaluator.score();
        incumbent.offer(options, score);
        Point point = new Point(options, score, evaluator.objectives());
        add(point);
        return point;
    }

    private void add(Point point) {
        if (point.score() == Double.POSITIVE_INFINITY) {
            return;
        }
        for (Point other : archive) {
            if (Dominance.dominates(other, point)
                    || (Arrays.equals(other.objectives(), point.objectives()) && other.score() <= point.score())) {
                return;
            }
        }
        archive.removeIf(other -> Dominance.dominates(point, other));
        archive.add(point);
        if (archive.size() > settings.front() * 5 / 4) {
            archive = new ArrayList<>(Dominance.leastCrowded(archive, settings.front()));
        }
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
