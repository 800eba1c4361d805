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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * Calls a tool and an alternative with arguments recorded in traces, and compares results and times. Whole runs are
 * replayed, call after call in the recorded order, because a tool may keep what it built for an earlier call: the first
 * call of a run then pays for the later ones, as it would in use. Only tools that declare no effects are called, and those
 * that {@linkplain ToolRunner#isOutside leave the machine or cost money} only where that is allowed.
 *
 * <p>Not safe for use by several threads.
 */
public final class RecordedToolTrials implements ToolTrials {
    private static final int RESAMPLES = 1000;
    private static final int STOP_SECONDS = 5;

    private final Workflow workflow;
    private final List<ExecutionTrace> traces;
    private final Runners runners;
    private final Path directory;
    private final Limits limits;
    private final @Nullable Outside outside;
    private final ObjectMapper mapper = Json.mapper();
    private final Map<List<String>, Optional<Result>> results = new LinkedHashMap<>();

    /**
     * @param maxRuns runs whose calls are repeated, at most
     * @param maxCalls calls of each tool, at most
     * @param passes how often each run is repeated, at least 2: in the first pass results are compared, and its times, of
     *     code that is not warm, do not count
     * @param maxTime no further run is begun after this
     * @param cancelAfter what runs then is cancelled, and there is no result
     */
    public record Limits(int maxRuns, int maxCalls, int passes, Duration maxTime, Duration cancelAfter) {
        public static final Limits DEFAULT = new Limits(8, 2000, 3, Duration.ofSeconds(6), Duration.ofSeconds(60));
    }

    /**
     * What trials of tools that leave the machine or cost money may spend.
     *
     * @param spentUsd so far, shared with what else spends it; trials add to it
     */
    public record Outside(double maxUsd, DoubleAdder spentUsd) {
        /** Whether one more call may be made; it counts as made. */
        private boolean admits(ToolSpec tool) {
            double usd = tool.usdPerCall() == null ? 0 : tool.usdPerCall().doubleValue();
            if (spentUsd.sum() + usd > maxUsd) {
                return false;
            }
            spentUsd.add(usd);
            return true;
        }
    }

    /** @param outside null where tools that leave the machine or cost money are not called */
    public RecordedToolTrials(
            Workflow workflow,
            PerformanceProfile profile,
            Runners runners,
            Path directory,
            Limits limits,
            @Nullable Outside outside) {
        this.workflow = workflow;
        this.traces = profile.sample();
        this.runners = runners;
        this.directory = directory;
        this.limits = limits;
        this.outside = outside;
    }

    @Override
    public Optional<Result> compare(String tool, String alternative) {
        return results.computeIfAbsent(List.of(tool, alternative), pair -> inTime(tool, alternative));
    }

    /** Calls need not heed a limit, so they are made by a thread that can be left. */
    private Optional<Result> inTime(String tool, String alternative) {
        ExecutorService thread = Executors.newSingleThreadExecutor(RecordedToolTrials::calling);
        try {
            return thread.submit(() -> Optional.ofNullable(measure(tool, alternative)))
                    .get(limits.cancelAfter().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            end(thread);
        }
    }

    private static Thread calling(Runnable task) {
        Thread thread = new Thread(task, "fettle-tool-trial");
        thread.setDaemon(true);
        return thread;
    }

    /** Interrupts what still runs, and waits a little for it to end what it has opened. */
    private static void end(ExecutorService thread) {
        thread.shutdownNow();
        try {
            var unused = thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
                if (first.broken() || second.broken()) {
                    return tally.result();
                }
                Calls ofOriginal = originalFirst ? first : second;
                Calls ofOther = originalFirst ? second : first;
                if (pass == 0) {
                    tally.compare(run, ofOriginal, ofOther);
                } else {
                    tally.time(ofOriginal, ofOther);
                }
            }
            if (System.nanoTime() - start > limits.maxTime().toNanos()) {
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
                .filter(runner -> outside != null || !runner.isOutside(spec))
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

    /** @param broken whether not all calls were made: they were cancelled, or may spend no more */
    private record Calls(long nanos, List<@Nullable JsonNode> results, int failures, boolean broken) {}

    /** The calls of one run; what they share is closed at its end, as it would be in a run. */
    private Calls call(Callable callable, List<String> arguments) {
        Record settings = runners.toolSettings(callable.runner());
        try (StandaloneToolContext context = StandaloneToolContext.of(callable.tool(), directory, settings)) {
            return call(callable, context, arguments);
        }
    }

    private Calls call(Callable callable, StandaloneToolContext context, List<String> arguments) {
        List<@Nullable JsonNode> found = new ArrayList<>();
        long nanos = 0;
        int failures = 0;
        boolean free = !callable.runner().isOutside(callable.tool());
        for (String json : arguments) {
            JsonNode result = null;
            if (Thread.currentThread().isInterrupted()
                    || !(free || (outside != null && outside.admits(callable.tool())))) {
                return new Calls(nanos, found, failures, true);
            }
            try {
                Map<String, Object> values = mapper.readValue(json, new TypeReference<Map<String, Object>>() {});
                long start = System.nanoTime();
                try {
                    Object value = callable.runner().call(context.with(values));
                    nanos += System.nanoTime() - start;
                    result = mapper.readTree(mapper.writeValueAsBytes(value));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return new Calls(nanos, found, failures, true);
                } catch (Exception e) {
                    nanos += System.nanoTime() - start;
                    failures++;
                }
            } catch (JsonProcessingException e) {
                failures++;
            }
            found.add(result);
        }
        return new Calls(nanos, found, failures, false);
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
