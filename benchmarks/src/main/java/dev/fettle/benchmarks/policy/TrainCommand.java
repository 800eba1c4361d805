package dev.fettle.benchmarks.policy;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.Budget;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.ppo.Policy;
import dev.fettle.search.ppo.PolicyTraining;
import dev.fettle.search.ppo.PpoSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a policy for the search algorithm ppo. */
@Command(
        name = "train",
        description = {
            "Trains a policy on generated workflows and writes it; the same seed and evaluations give the same file.",
            "The policy that comes with the search algorithms was made with the defaults."
        },
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write the policy.")
    private Path out = Path.of("");

    @Option(names = "--evaluations", defaultValue = "6000", description = "Modifications; default ${DEFAULT-VALUE}.")
    private long evaluations;

    @Option(
            names = "--seconds",
            defaultValue = "600",
            description = "After which to end; a policy that time ended is not the same again. Default "
                    + "${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--nodes", defaultValue = "6..20", description = "Sizes of workflows; default ${DEFAULT-VALUE}.")
    private String nodes = "6..20";

    @Override
    public Integer call() {
        if (evaluations < 1 || !(seconds > 0)) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the limits (" + evaluations + " evaluations, " + seconds
                            + " seconds) are not usable; expected more" + " than 0");
        }
        GeneratedProblems problems = NodeRange.parse(nodes).problems(seed);
        long start = System.nanoTime();
        Policy policy = PolicyTraining.train(
                problems::problem,
                new SearchSession(
                        new Budget(evaluations, Duration.ofNanos((long) (seconds * 1e9)), 0),
                        seed,
                        PpoSettings.defaults(),
                        System::nanoTime));
        try (OutputStream file = Files.newOutputStream(out)) {
            policy.save(file);
        } catch (IOException unwritable) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the policy cannot be written to (" + out + "): " + unwritable.getMessage(),
                    unwritable);
        }
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(String.format(Locale.ROOT, "{\"seconds\":%.1f}", (System.nanoTime() - start) / 1e9));
        writer.flush();
        return 0;
    }
}
