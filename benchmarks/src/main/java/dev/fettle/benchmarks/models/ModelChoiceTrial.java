package dev.fettle.benchmarks.models;

import dev.fettle.benchmarks.models.CheapFirst.Choice;
import dev.fettle.benchmarks.models.CheapFirst.Configuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Chooses on a random half of the tasks and judges on the other half. */
final class ModelChoiceTrial {
    private final List<String> train;
    private final List<String> test;
    private final CheapFirst learnt;
    private final Map<String, Configuration> judged = new TreeMap<>();

    /** Mean success and mean cost of a task in USD. */
    record Result(double success, double usd) {}

    ModelChoiceTrial(OutcomeIndex index, long seed) {
        List<String> shuffled = new ArrayList<>(index.tasks());
        Collections.shuffle(shuffled, new Random(seed));
        train = List.copyOf(shuffled.subList(0, shuffled.size() / 2));
        test = List.copyOf(shuffled.subList(shuffled.size() / 2, shuffled.size()));
        List<Configuration> seen = new ArrayList<>();
        for (String name : index.comparable()) {
            Map<String, OutcomeIndex.Outcome> outcomes = index.outcomes().getOrDefault(name, Map.of());
            seen.add(configuration(name, outcomes, train));
            judged.put(name, configuration(name, outcomes, test));
        }
        learnt = new CheapFirst(seen);
    }

    /** A cost that is not known counts as the mean of the configuration's known ones. */
    private static Configuration configuration(
            String name, Map<String, OutcomeIndex.Outcome> outcomes, List<String> tasks) {
        List<Double> success = new ArrayList<>();
        List<Double> usd = new ArrayList<>();
        double mean = tasks.stream()
                .map(outcomes::get)
                .filter(outcome -> outcome != null && outcome.usd() != null)
                .mapToDouble(outcome -> outcome == null || outcome.usd() == null ? 0 : outcome.usd())
                .average()
                .orElse(0);
        for (String task : tasks) {
            OutcomeIndex.Outcome outcome = outcomes.getOrDefault(task, new OutcomeIndex.Outcome(false, null));
            Double known = outcome.usd();
            success.add(outcome.resolved() ? 1.0 : 0.0);
            usd.add(known == null ? mean : known);
        }
        return new Configuration(name, success, usd);
    }

    int trained() {
        return train.size();
    }

    int tested() {
        return test.size();
    }

    /** What is best on the first half. */
    String best() {
        return learnt.best();
    }

    /** On the second half. */
    Result single(String name) {
        Configuration one = judged.getOrDefault(name, new Configuration(name, List.of(), List.of()));
        return mean(one.success(), one.usd());
    }

    /** @param allowed part of the tasks whose success may be lost */
    Choice choose(double allowed) {
        return learnt.choose(allowed);
    }

    /** The choice on the second half. */
    Result judge(Choice choice) {
        Configuration last = configuration(choice.best());
        if (choice.first() == null) {
            return mean(last.success(), last.usd());
        }
        Configuration first = configuration(choice.first());
        List<Double> success = new ArrayList<>();
        List<Double> usd = new ArrayList<>();
        for (int task = 0; task < test.size(); task++) {
            boolean done = first.usd().get(task) <= choice.limitUsd();
            success.add((done ? first : last).success().get(task));
            usd.add(
                    done
                            ? first.usd().get(task)
                            : choice.limitUsd() + last.usd().get(task));
        }
        return mean(success, usd);
    }

    private Configuration configuration(String name) {
        Configuration found = judged.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no configuration (" + name + ")");
        }
        return found;
    }

    /** Each task of the second half by the cheapest configuration that solves it, or the cheapest where none does. */
    Result oracle() {
        List<Double> success = new ArrayList<>();
        List<Double> usd = new ArrayList<>();
        for (int task = 0; task < test.size(); task++) {
            double solved = 0;
            double cheapest = Double.POSITIVE_INFINITY;
            for (Configuration one : judged.values()) {
                double here = one.success().get(task);
                double price = one.usd().get(task);
                if (here > solved || (here == solved && price < cheapest)) {
                    solved = here;
                    cheapest = price;
                }
            }
            success.add(solved);
            usd.add(cheapest);
        }
        return mean(success, usd);
    }

    /** The configurations that none beats in both on the second half, the cheapest first. */
    Map<String, Result> front() {
        Map<String, Result> all = new TreeMap<>();
        judged.keySet().forEach(name -> all.put(name, single(name)));
        Map<String, Result> front = new TreeMap<>(all);
        front.values().removeIf(one -> all.values().stream()
                .anyMatch(other -> other.success() >= one.success() && other.usd() <= one.usd() && !other.equals(one)));
        return front;
    }

    private static Result mean(List<Double> success, List<Double> usd) {
        return new Result(
                success.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN),
                usd.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
    }
}
