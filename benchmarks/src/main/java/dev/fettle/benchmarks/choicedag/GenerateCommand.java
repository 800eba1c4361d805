package dev.fettle.benchmarks.choicedag;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a random instance. */
@Command(
        name = "generate",
        description = "Prints a random instance of choice-dag, the same for the same seed.",
        mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", description = "100 by default.")
    private int nodes = 100;

    @Option(names = "--options", paramLabel = "K", description = "Of each node; 5 by default.")
    private int options = 5;

    @Option(names = "--seed", paramLabel = "N", description = "1 by default.")
    private long seed = 1;

    @Override
    public Integer call() {
        Objects.requireNonNull(spec, "the command was not started by its command line");
        if (nodes < 1 || nodes > 100_000 || options < 1 || options > 1000) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(),
                    "the size (" + nodes + " nodes, " + options + " options) is not usable; expected 1 to 100000 nodes"
                            + " and 1 to 1000 options");
        }
        spec.commandLine().getOut().print(GeneratedDag.text(GeneratedDag.of(seed, nodes, options)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
