package dev.fettle.core.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.StandaloneToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Calls a tool and an alternative with arguments recorded in traces, and compares results and times. Whole runs are
 * replayed, call after call in the recorded order, because a tool may keep what it built for an earlier call: the first
 * call of a run then pays for the later ones, as it would in use. Only tools that declare no effects are called.
 *
 * <p>Not safe for use by several threads.
 */
public final class RecordedToolTrials implements ToolTrials {
    private static final int RESAMPLES = 1000;

    private final Workflow workflow;
    private final List<ExecutionTrace> traces;
    private final Runners runners;
    private final Path directory;
    private final Limits limits;
    private final ObjectMapper mapper = Json.mapper();
    private final Map<List<String>, Optional<Result>> results = new LinkedHashMap<>();

    /**
     * @param maxRuns runs whose calls are repeated, at most
     * @param maxCalls calls of each tool, at most
     * @param passes how often each run is repeated, at least 2: in the first pass results are compared, and its times, of
     *     code that is not warm, do not count
     * @param maxNanos no further run is begun after this; the first is always finished
     */
    public record Limits(int maxRuns, int maxCalls, int passes, long maxNanos) {
        public static final Limits DEFAULT = new Limits(8, 2000, 3, 6_000_000_000L);
    }

    public RecordedToolTrials(
            Workflow workflow, PerformanceProfile profile, Runners runners, Path directory, Limits limits) {
        this.workflow = workflow;
        this.traces = profile.sample();
        this.runners = runners;
        this.directory = directory;
        this.limits = limits;
    }

    @Override
    public Optional<Result> compare(String tool, String alternative) {
        return results.computeIfAbsent(
                List.of(tool, alternative), pair -> Optional.ofNullable(measure(tool, alternative)));
    }

    private @Nullable Result measure(String tool, String alternative) {
        Callable original = callable(tool);
        Callable other = callable(alternative);
        List<List<String>> runs = recordedArguments(tool);
        if (original == null || other == null || runs.isEmpty()) {
            return null;
        }
        Tally tally = new Tally();
        long start = System.nanoTime();
        for (List<String> run : runs) {
            for (int pass = 0; pass < limits.passes(); pass++) {
                // The order alternates, so that neither tool always finds the processor's caches warmed by the other.
                boolean originalFirst = (tally.runs() + pass) % 2 == 0;
                Calls first = call(originalFirst ? original : other, run);
                Calls second = call(originalFirst ? other : original, run);
                Calls ofOriginal = originalFirst ? first : second;
                Calls ofOther = originalFirst ? second : first;
                if (pass == 0) {
                    tally.compare(run, ofOriginal, ofOther);
                } else {
                    tally.time(ofOriginal, ofOther);
                }
            }
            if (System.nanoTime() - start > limits.maxNanos()
                    || Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return tally.result();
    }

    /** A tool with its code. */
    private record Callable(ToolSpec tool, ToolRunner runner) {}

    /** A tool that may be called at will; null otherwise. */
    private @Nullable Callable callable(String tool) {
        ToolSpec spec = workflow.tool(tool).orElse(null);
        if (spec == null || spec.effects() != Effects.NONE || spec.runner() == null) {
            return null;
        }
        return runners.toolRunner(spec.runner())
                .map(runner -> new Callable(spec, runner))
                .orElse(null);
    }

    private List<List<String>> recordedArguments(String tool) {
        List<List<String>> runs = new ArrayList<>();
        int calls = 0;
        for (ExecutionTrace trace : traces) {
            List<String> arguments = new ArrayList<>();
            for (NodeOccurrence occurrence : trace.occurrences()) {
                for (ToolCall call : occurrence.toolCalls()) {
                    if (call.tool().equals(tool) && call.arguments() != null && calls < limits.maxCalls()) {
                        arguments.add(call.arguments());
                        calls++;
                    }
                }
            }
            if (!arguments.isEmpty() && runs.size() < limits.maxRuns()) {
                runs.add(arguments);
            }
        }
        return runs;
    }

    private record Calls(long nanos, List<@Nullable JsonNode> results, int failures) {}

    /** The calls of one run; what they share is closed at its end, as it would be in a run. */
    private Calls call(Callable callable, List<String> arguments) {
        Record settings = runners.toolSettings(callable.runner());
        try (StandaloneToolContext context = StandaloneToolContext.of(callable.tool(), directory, settings)) {
            return call(callable.runner(), context, arguments);
        }
    }

    private Calls call(ToolRunner runner, StandaloneToolContext context, List<String> arguments) {
        List<@Nullable JsonNode> found = new ArrayList<>();
        long nanos = 0;
        int failures = 0;
        for (String json : arguments) {
            JsonNode result = null;
            try {
                Map<String, Object> values = mapper.readValue(json, new TypeReference<Map<String, Object>>() {});
                long start = System.nanoTime();
                try {
                    Object value = runner.call(context.with(values));
                    nanos += System.nanoTime() - start;
                    result = mapper.readTree(mapper.writeValueAsBytes(value));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return new Calls(nanos, found, failures);
                } catch (Exception e) {
                    nanos += System.nanoTime() - start;
                    failures++;
                }
            } catch (JsonProcessingException e) {
                failures++;
            }
            found.add(result);
        }
        return new Calls(nanos, found, failures);
    }

    /**
     * Results are compared once for each distinct call; times are summed over runs, which are the unit of resampling, since
     * calls within one may share work.
     */
    private static final class Tally {
        private final List<double[]> nanos = new ArrayList<>();
        private final Set<String> compared = new HashSet<>();
        private long pairs;
        private long equal;
        private long failures;

        void compare(List<String> arguments, Calls original, Calls other) {
            int made = Math.min(original.results().size(), other.results().size());
            for (int i = 0; i < made; i++) {
                JsonNode expected = original.results().get(i);
                JsonNode found = other.results().get(i);
                if (expected != null && compared.add(arguments.get(i))) {
                    pairs++;
                    equal += expected.equals(found) ? 1 : 0;
                    failures += found == null ? 1 : 0;
                }
            }
        }

        int runs() {
            return nanos.size();
        }

        void time(Calls original, Calls other) {
            nanos.add(new double[] {original.nanos(), other.nanos()});
        }

        /** Null where too little was called to tell. */
        @Nullable
        Result result() {
            if (pairs == 0 || nanos.isEmpty()) {
                return null;
            }
            SplittableRandom random = new SplittableRandom(pairs);
            double[] ratios = new double[RESAMPLES];
            for (int i = 0; i < RESAMPLES; i++) {
                double[] sums = new double[2];
                for (int k = 0; k < nanos.size(); k++) {
                    double[] drawn = nanos.get(random.nextInt(nanos.size()));
                    sums[0] += drawn[0];
                    sums[1] += drawn[1];
                }
                ratios[i] = sums[1] / Math.max(1, sums[0]);
            }
            Arrays.sort(ratios);
            double[] sums = new double[2];
            nanos.forEach(run -> {
                sums[0] += run[0];
                sums[1] += run[1];
            });
            Amount factor = Amount.factor(
                    sums[1] / Math.max(1, sums[0]), ratios[RESAMPLES / 20], ratios[RESAMPLES - 1 - RESAMPLES / 20]);
            return new Result(pairs, equal, factor, failures);
        }
    }
}
