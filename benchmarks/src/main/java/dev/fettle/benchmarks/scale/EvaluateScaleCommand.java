package dev.fettle.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.benchmarks.choicedag.FreeModels;
import dev.fettle.core.detect.DetectorSuite;
import dev.fettle.core.profile.ProfileAccumulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
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

    @Override
    public Integer call() throws Exception {
        LargeWorkflow large = new LargeWorkflow(nodes, seed);
        Workflow workflow = large.workflow();
        ProfileAccumulator accumulator = new ProfileAccumulator();
        for (int i = 0; i < traces; i++) {
            accumulator.add(large.trace(workflow, i));
        }
        PerformanceProfile profile = accumulator.profile(new FreeModels(), workflow.tools());
        Map<String, Object> line = new LinkedHashMap<>();
        long start = System.nanoTime();
        List<Bottleneck> bottlenecks = detect(workflow, profile);
        long detected = System.nanoTime();
        Map<String, Double> byStrategy = new LinkedHashMap<>();
        int suggestions = 0;
        for (OptimizationStrategy strategy : ServiceLoader.load(OptimizationStrategy.class)) {
            long began = System.nanoTime();
            List<Bottleneck> relevant =
                    bottlenecks.stream().filter(strategy::appliesTo).toList();
            suggestions += strategy.suggest(new StrategyContext(
                            workflow, profile, relevant, new FreeModels(), ToolTrials.NONE, strategy.defaultSettings()))
                    .size();
            byStrategy.put(strategy.name(), (System.nanoTime() - began) / 1e9);
        }
        long end = System.nanoTime();
        line.put("nodes", nodes);
        line.put("traces", profile.runs());
        line.put("bottlenecks", bottlenecks.size());
        line.put("suggestions", suggestions);
        line.put("detectSeconds", (detected - start) / 1e9);
        line.put("suggestSeconds", (end - detected) / 1e9);
        line.put("seconds", (end - start) / 1e9);
        line.put("secondsByStrategy", byStrategy);
        Objects.requireNonNull(spec).commandLine().getOut().println(new ObjectMapper().writeValueAsString(line));
        return 0;
    }

    private static List<Bottleneck> detect(Workflow workflow, PerformanceProfile profile) {
        List<BottleneckDetector> detectors = new ArrayList<>();
        Map<String, Record> settings = new LinkedHashMap<>();
        for (BottleneckDetector detector : ServiceLoader.load(BottleneckDetector.class)) {
            detectors.add(detector);
            settings.put(detector.name(), detector.defaultSettings());
        }
        return new DetectorSuite(detectors, settings).detect(workflow, profile, new FreeModels());
    }
}
