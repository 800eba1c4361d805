package dev.fettle.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.detect.DetectorSuite;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.profile.ProfileAccumulator;
import dev.fettle.core.suggest.StrategyAnswer;
import dev.fettle.core.suggest.StrategySuite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times detection and suggestion, all detectors and strategies with their defaults, on a large generated workflow. */
@Command(
        name = "scale",
        description = "Times detection and suggestion on a large generated workflow with many traces.",
        mixinStandardHelpOptions = true)
public final class EvaluateScaleCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", description = "1000 by default.")
    private int nodes = 1000;

    @Option(names = "--traces", paramLabel = "N", description = "10000 by default.")
    private int traces = 10_000;

    @Option(names = "--seed", paramLabel = "N", description = "1 by default.")
    private long seed = 1;

    private final ModelCatalogue models = Catalogue.standard();

    @Override
    public Integer call() throws Exception {
        LargeWorkflow large = new LargeWorkflow(nodes, seed);
        Workflow workflow = large.workflow();
        ProfileAccumulator accumulator = new ProfileAccumulator();
        for (int i = 0; i < traces; i++) {
            accumulator.add(large.trace(workflow, i));
        }
        PerformanceProfile profile = accumulator.profile(models, workflow.tools());
        double processor = processorSeconds();
        long start = System.nanoTime();
        List<Bottleneck> bottlenecks = detect(workflow, profile);
        long detected = System.nanoTime();
        Map<String, Double> byStrategy = new LinkedHashMap<>();
        Map<String, Integer> suggestions = new TreeMap<>();
        for (StrategyAnswer answer : suggest(workflow, profile, bottlenecks)) {
            suggestions.put(answer.strategy(), answer.suggestions().size());
            byStrategy.put(answer.strategy(), answer.seconds());
        }
        long end = System.nanoTime();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("nodes", nodes);
        line.put("traces", profile.runs());
        line.put("bottlenecks", bottlenecks.size());
        line.put(
                "suggestions",
                suggestions.values().stream().mapToInt(Integer::intValue).sum());
        line.put("detectSeconds", (detected - start) / 1e9);
        line.put("suggestSeconds", (end - detected) / 1e9);
        line.put("seconds", (end - start) / 1e9);
        line.put("processorSeconds", processorSeconds() - processor);
        line.put("suggestionsByStrategy", suggestions);
        line.put("secondsByStrategy", byStrategy);
        Objects.requireNonNull(spec).commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
        return 0;
    }

    /**
     * Of the whole process, the compiler and the garbage collector among it: on a busy machine the clock on the wall tells
     * less.
     */
    private static double processorSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    private List<Bottleneck> detect(Workflow workflow, PerformanceProfile profile) {
        List<BottleneckDetector> detectors = new ArrayList<>();
        Map<String, Record> settings = new LinkedHashMap<>();
        for (BottleneckDetector detector : ServiceLoader.load(BottleneckDetector.class)) {
            detectors.add(detector);
            settings.put(detector.name(), detector.defaultSettings());
        }
        return new DetectorSuite(detectors, settings).detect(workflow, profile, models);
    }

    private List<StrategyAnswer> suggest(Workflow workflow, PerformanceProfile profile, List<Bottleneck> bottlenecks) {
        List<OptimizationStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(OptimizationStrategy.class).forEach(strategies::add);
        return new StrategySuite(strategies, Map.of()).ask(workflow, profile, bottlenecks, models, ToolTrials.NONE);
    }
}
