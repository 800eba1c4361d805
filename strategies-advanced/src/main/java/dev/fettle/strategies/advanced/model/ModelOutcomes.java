package dev.fettle.strategies.advanced.model;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.SampledRuns;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What each model achieved in one node, from the sampled runs in which the node used that model only. */
final class ModelOutcomes {
    private final Map<String, Outcome> byModel = new TreeMap<>();

    /**
     * What a model achieved.
     *
     * @param count occurrences
     * @param runs runs with one
     * @param success occurrences that succeeded, in runs that did
     * @param score mean of the runs' recorded scores; NaN where there are none
     * @param seconds mean length of an occurrence
     * @param usd mean cost of an occurrence; NaN where a price is not known
     */
    record Outcome(long count, long runs, Rate success, double score, double seconds, double usd) {
        /** The recorded score where there is one, else the success rate. */
        double quality() {
            return Double.isNaN(score) ? success.value() : score;
        }
    }

    /** @param occurrences of the node, in the sampled runs */
    ModelOutcomes(List<SampledRuns.Seen> occurrences, ModelCatalogue models) {
        Map<String, List<SampledRuns.Seen>> seen = new TreeMap<>();
        for (SampledRuns.Seen one : occurrences) {
            Set<String> used = used(one.occurrence());
            if (used.size() == 1) {
                seen.computeIfAbsent(used.iterator().next(), model -> new ArrayList<>())
                        .add(one);
            }
        }
        seen.forEach((model, list) -> byModel.put(model, outcome(models, model, list)));
    }

    private static boolean succeeded(SampledRuns.Seen seen) {
        return seen.occurrence().status() == Status.OK && seen.trace().status() != Status.ERROR;
    }

    private static Set<String> used(NodeOccurrence occurrence) {
        Set<String> models = new LinkedHashSet<>();
        for (ModelCall call : occurrence.modelCalls()) {
            models.add(String.valueOf(call.model()));
        }
        return models;
    }

    private static Outcome outcome(ModelCatalogue models, String model, List<SampledRuns.Seen> seen) {
        long successes = seen.stream().filter(ModelOutcomes::succeeded).count();
        double seconds = seen.stream()
                .mapToDouble(one -> one.occurrence().duration().toNanos() / 1e9)
                .average()
                .orElse(Double.NaN);
        double usd = seen.stream()
                .mapToDouble(one -> models.usd(model, one.occurrence().tokens()).orElse(Double.NaN))
                .average()
                .orElse(Double.NaN);
        double score = seen.stream()
                .flatMap(one -> one.trace().scores().values().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        long runs = seen.stream().map(one -> one.trace().id()).distinct().count();
        return new Outcome(seen.size(), runs, Rate.of(successes, seen.size()), score, seconds, usd);
    }

    /** By model, in order of names; models that were never used are not in it. */
    Map<String, Outcome> byModel() {
        return byModel;
    }
}
