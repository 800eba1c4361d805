package dev.fettle.benchmarks.mutation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.validate.ValidationVerdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plants faults into workflows, makes equal rewrites of them, and prints what validation said of each. */
@Command(
        name = "mutation",
        description =
                "Plants faults and makes equal rewrites; prints how many of each validation rejects and approves."
                        + " Exits with 1 below 98 %% of faults rejected, with one approved, or above 5 %% of equal ones rejected.")
public final class MutationCommand implements Callable<Integer> {
    private static final double REJECTED_FAULTS = 0.98;
    private static final double REJECTED_EQUALS = 0.05;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--mutants", defaultValue = "240", description = "how many faults; default ${DEFAULT-VALUE}")
    private int mutants;

    @Option(names = "--equal", defaultValue = "200", description = "how many equal rewrites; default ${DEFAULT-VALUE}")
    private int equal;

    @Option(names = "--generated", defaultValue = "40", description = "generated workflows; default ${DEFAULT-VALUE}")
    private int generated;

    @Option(names = "--examples", defaultValue = "examples", description = "project folders; default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path examples;

    @Option(names = "--seed", defaultValue = "1", description = "default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--noise",
            defaultValue = "0",
            description =
                    "part of the calls in dry runs whose result in the output is another; default ${DEFAULT-VALUE}")
    private double noise;

    @Option(
            names = "--failures",
            defaultValue = "0",
            description = "part of the calls in dry runs of such nodes that fail; default ${DEFAULT-VALUE}")
    private double failures;

    @Override
    public Integer call() {
        Experiment experiment =
                new Experiment(Subjects.of(examples, generated, seed), seed, new Straying(noise, failures));
        Experiment.Result faults = experiment.faults(mutants);
        Experiment.Result equals = experiment.rewrites(equal);
        ObjectNode root = new ObjectMapper().createObjectNode();
        describe(root.putObject("faults"), faults);
        describe(root.putObject("equal"), equals);
        boolean good = faults.part(ValidationVerdict.REJECT) >= REJECTED_FAULTS
                && faults.count(ValidationVerdict.APPROVE) == 0
                && equals.part(ValidationVerdict.REJECT) <= REJECTED_EQUALS;
        root.put("good", good);
        PrintWriter out = spec.commandLine().getOut();
        out.println(root.toPrettyString());
        out.flush();
        return good ? 0 : 1;
    }

    private static void describe(ObjectNode node, Experiment.Result result) {
        node.put("variants", result.variants());
        for (ValidationVerdict verdict : ValidationVerdict.values()) {
            node.put(verdict.name(), result.count(verdict));
        }
        node.put("exact", result.exact());
        ObjectNode kinds = node.putObject("kinds");
        result.kinds().forEach(kinds::put);
        var missed = node.putArray("missed");
        result.missed().forEach(missed::add);
    }
}
