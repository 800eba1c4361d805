package dev.fettle.benchmarks.caching;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.ingest.TraceReader;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.core.read.BoundReader;
import dev.fettle.core.read.ReadSettings;
import dev.fettle.core.read.TraceSources;
import dev.fettle.strategies.advanced.caching.CachingSettings;
import dev.fettle.strategies.advanced.caching.ToolCaching;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often an answer is right that the suggested caches would have given in later runs. */
@Command(
        name = "caching",
        description = {
            "Lets the strategy cache-tool decide from earlier runs which tools are safe to cache, and compares the answers of"
                    + " such caches in later runs with the recorded ones; JSON on standard output.",
            "\"safeSuggested\": tools that were suggested at some cut; \"precision\": equal answers among the compared"
                    + " \"pairs\" of later runs, \"low\": lower end of its 95 % interval. \"unjudged\": suggested, and no later"
                    + " call to judge it by. \"kept\": part of the repeated calls of later runs that the caches would have"
                    + " answered.",
            "Recorded calls do not declare effects: names whose verb reads stand for none, all others for unknown."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateCachingCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--calls",
            paramLabel = "PATH",
            required = true,
            description = "A file or folder of traces, or of conversations with tool calls.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path calls;

    @Option(
            names = "--confidence",
            paramLabel = "LOW",
            description = "Least lower end of the 95 %% interval of equal answers; by default the strategy's.")
    private @Nullable Double confidence;

    @Option(
            names = "--parts",
            paramLabel = "N",
            defaultValue = "50",
            description = "Parts by time, each judged by the decision from those before; default ${DEFAULT-VALUE}.")
    private int parts;

    @Override
    public Integer call() {
        CachingSettings usual = new ToolCaching().defaultSettings();
        double low = confidence == null ? usual.minEqualLow() : confidence;
        if (!(low >= 0 && low < 1) || parts < 2) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "--confidence is (" + low + ") and --parts (" + parts
                            + "); expected a number from 0 to below 1, and at least 2");
        }
        CachingTrial trial =
                new CachingTrial(runs(), new CachingSettings(usual.minEqual(), low, 0, usual.maxEntries()));
        trial.run(parts);
        print(trial, low);
        return 0;
    }

    private List<ExecutionTrace> runs() {
        List<BoundReader> readers = new ArrayList<>();
        ServiceLoader.load(TraceReader.class, EvaluateCachingCommand.class.getClassLoader())
                .forEach(reader -> readers.add(BoundReader.withDefaults(reader)));
        List<ExecutionTrace> runs = new ArrayList<>();
        TraceSources.read(List.of(calls), readers, ReadSettings.DEFAULT, (bytes, total) -> {}, runs::add);
        if (runs.isEmpty()) {
            throw new FettleException(ErrorCode.BAD_INPUT, calls + ": holds no run; expected traces or conversations");
        }
        runs.sort(Comparator.comparing(ExecutionTrace::startedAt));
        return runs;
    }

    private void print(CachingTrial trial, double low) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("calls", trial.calls());
        root.put("repeats", trial.repeats());
        var safe = root.putArray("safeSuggested");
        var unjudged = root.putArray("unjudged");
        CachingTrial.Tally all = new CachingTrial.Tally(0, 0);
        for (var entry : trial.suggested().entrySet()) {
            if (entry.getValue().pairs() == 0) {
                unjudged.addObject().put("tool", entry.getKey());
            } else {
                put(safe.addObject().put("tool", entry.getKey()), entry.getValue());
                all = all.plus(entry.getValue());
            }
        }
        var refused = root.putArray("refused");
        trial.refused()
                .forEach((tool, reason) -> refused.addObject().put("tool", tool).put("reason", reason));
        ObjectNode together = root.putObject("together");
        put(together, all);
        together.put("heldOutRepeats", trial.heldOutRepeats());
        together.put(
                "kept", trial.heldOutRepeats() == 0 ? null : (Double) ((double) all.pairs() / trial.heldOutRepeats()));
        root.put("confidence", low);
        PrintWriter out = spec.commandLine().getOut();
        out.println(root.toPrettyString());
        out.flush();
    }

    private static void put(ObjectNode into, CachingTrial.Tally tally) {
        Rate rate = tally.rate();
        into.put("precision", rate.trials() == 0 ? null : (Double) rate.value());
        into.put("low", rate.low());
        into.put("pairs", rate.trials());
    }
}
