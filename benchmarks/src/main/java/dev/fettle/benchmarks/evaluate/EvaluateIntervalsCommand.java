package dev.fettle.benchmarks.evaluate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.benchmarks.policy.GeneratedWorkflow;
import dev.fettle.core.discover.WorkflowDiscovery;
import dev.fettle.core.model.Catalogue;
import dev.fettle.core.read.BoundReader;
import dev.fettle.core.read.ReadSettings;
import dev.fettle.core.read.TraceSources;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How often the 90 % intervals of mean duration and cost hold on runs that were held out. */
@Command(
        name = "intervals",
        description = {
            "Predicts mean duration and cost from a random half of the runs and compares with the other half, many times; "
                    + "a line of JSON for each workflow with enough runs, and one for generated workflows.",
            "\"covered\": share of cases in which the mean of the other half lies in the interval (expected: 0.9)."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateIntervalsCommand implements Callable<Integer> {
    private static final int FEWEST = 8;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TRACES", arity = "0..*", description = "Files and folders of traces.")
    private List<Path> sources = new ArrayList<>();

    @Option(names = "--splits", defaultValue = "200", description = "Of recorded runs; default ${DEFAULT-VALUE}.")
    private int splits;

    @Option(names = "--generated", defaultValue = "200", description = "Workflows; default ${DEFAULT-VALUE}.")
    private int generated;

    @Option(names = "--runs", defaultValue = "40", description = "Of a generated workflow; default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        if (splits < 1 || generated < 0 || runs < 2 * FEWEST) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the counts (" + splits + " splits, " + generated + " generated, " + runs
                            + " runs) are not usable; expected at least 1 split, 0 generated workflows, and "
                            + 2 * FEWEST + " runs, which are " + FEWEST + " in each half");
        }
        for (Path source : sources) {
            if (!Files.exists(source)) {
                throw new FettleException(
                        ErrorCode.USAGE, "(" + source + ") is not there; expected a file or a folder of traces");
            }
        }
        Map<String, List<ExecutionTrace>> recorded = new TreeMap<>();
        if (!sources.isEmpty()) {
            List<BoundReader> readers = new ArrayList<>();
            ServiceLoader.load(TraceReader.class, EvaluateIntervalsCommand.class.getClassLoader())
                    .forEach(reader -> readers.add(BoundReader.withDefaults(reader)));
            TraceSources.read(
                    sources, readers, ReadSettings.DEFAULT, (bytes, total) -> {}, trace -> recorded.computeIfAbsent(
                                    trace.workflow(), absent -> new ArrayList<>())
                            .add(trace));
        }
        recorded.forEach(this::judge);
        if (generated > 0) {
            IntervalCoverage coverage = new IntervalCoverage(Catalogue.standard());
            for (int i = 0; i < generated; i++) {
                GeneratedWorkflow workflow = new GeneratedWorkflow(seed * 1_000_003 + i, 3 + i % 8, runs);
                List<ExecutionTrace> all = workflow.runs();
                coverage.add(workflow.workflow(), all.subList(0, runs / 2), all.subList(runs / 2, runs));
            }
            print("generated", runs, coverage);
        }
        return 0;
    }

    private void judge(String name, List<ExecutionTrace> traces) {
        List<ExecutionTrace> complete =
                new ArrayList<>(traces.stream().filter(ExecutionTrace::complete).toList());
        if (complete.size() < 2 * FEWEST) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("skipped (" + name + "): it has " + complete.size() + " complete runs; at least " + 2 * FEWEST
                    + " are needed");
            err.flush();
            return;
        }
        WorkflowDiscovery discovery = new WorkflowDiscovery();
        complete.forEach(discovery::add);
        Workflow workflow = discovery.workflow();
        IntervalCoverage coverage = new IntervalCoverage(Catalogue.standard());
        Random random = new Random(seed);
        int half = complete.size() / 2;
        for (int split = 0; split < splits; split++) {
            Collections.shuffle(complete, random);
            coverage.add(
                    workflow,
                    List.copyOf(complete.subList(0, half)),
                    List.copyOf(complete.subList(half, complete.size())));
        }
        print(name, complete.size(), coverage);
    }

    private void print(String name, int count, IntervalCoverage coverage) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "{\"workflow\":\"%s\",\"runs\":%d,\"duration\":%s,\"cost\":%s}",
                name.replaceAll("[\"\\\\\\p{Cntrl}]", "?"),
                count,
                json(coverage.duration()),
                json(coverage.cost())));
        out.flush();
    }

    private static String json(IntervalCoverage.Tally tally) {
        return tally.cases() == 0
                ? "null"
                : String.format(Locale.ROOT, "{\"cases\":%d,\"covered\":%.3f}", tally.cases(), tally.covered());
    }
}
