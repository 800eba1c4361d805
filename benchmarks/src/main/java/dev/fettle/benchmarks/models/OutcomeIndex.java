package dev.fettle.benchmarks.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of configurations on the tasks of a benchmark, read from {@code
 * CONFIGURATION/instance_results/BENCHMARK.json}: {@code {task: {cost, resolved}}}.
 *
 * <p>A cost of zero is no price: nobody is asked for free. A configuration without any cost above zero has an unknown one.
 *
 * @param tasks that all compared configurations tried, in order
 * @param outcomes by configuration and task, of configurations that tried nearly all tasks
 * @param unknownCost configurations without a known cost
 * @param incomplete configurations that tried too few tasks to be compared
 */
record OutcomeIndex(
        List<String> tasks,
        Map<String, Map<String, Outcome>> outcomes,
        List<String> unknownCost,
        List<String> incomplete) {
    private static final double NEARLY_ALL = 0.9;

    /** @param usd null where it is not known */
    record Outcome(boolean resolved, @Nullable Double usd) {}

    static OutcomeIndex read(Path index, String benchmark) {
        Map<String, Map<String, Outcome>> read = new TreeMap<>();
        try (Stream<Path> folders = Files.list(index)) {
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve("instance_results").resolve(benchmark + ".json");
                if (Files.isRegularFile(file)) {
                    read.put(folder.getFileName().toString(), outcomes(file));
                }
            }
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, index + ": cannot be read (" + e.getMessage() + ")", e);
        }
        if (read.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    index + ": holds no configuration with instance_results/" + benchmark + ".json");
        }
        return of(read);
    }

    private static Map<String, Outcome> outcomes(Path file) throws IOException {
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                new ObjectMapper().readTree(file.toFile()).properties()) {
            JsonNode usd = entry.getValue().path("cost");
            outcomes.put(
                    entry.getKey(),
                    new Outcome(
                            entry.getValue().path("resolved").asBoolean(false),
                            usd.isNumber() && usd.asDouble() > 0 ? (Double) usd.asDouble() : null));
        }
        return outcomes;
    }

    private static OutcomeIndex of(Map<String, Map<String, Outcome>> read) {
        Set<String> every = new TreeSet<>();
        read.values().forEach(outcomes -> every.addAll(outcomes.keySet()));
        Set<String> common = new TreeSet<>(every);
        List<String> unknownCost = new ArrayList<>();
        List<String> incomplete = new ArrayList<>();
        read.forEach((name, outcomes) -> {
            if (outcomes.values().stream().allMatch(outcome -> outcome.usd() == null)) {
                unknownCost.add(name);
            }
            if (outcomes.size() < NEARLY_ALL * every.size()) {
                incomplete.add(name);
            } else if (!unknownCost.contains(name)) {
                common.retainAll(outcomes.keySet());
            }
        });
        return new OutcomeIndex(List.copyOf(common), read, unknownCost, incomplete);
    }

    /** Configurations that tried all common tasks and whose cost is known. */
    List<String> comparable() {
        return outcomes.keySet().stream()
                .filter(name -> !unknownCost.contains(name) && !incomplete.contains(name))
                .toList();
    }
}
