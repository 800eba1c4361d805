package dev.fettle.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.benchmarks.choicedag.ChoiceDagCommand;
import dev.fettle.benchmarks.choicedag.GenerateCommand;
import dev.fettle.benchmarks.evaluate.EvaluateCommand;
import dev.fettle.benchmarks.front.FrontCommand;
import dev.fettle.benchmarks.function.FunctionCommand;
import dev.fettle.benchmarks.mutation.MutationCommand;
import dev.fettle.benchmarks.peers.PeersCommand;
import dev.fettle.benchmarks.policy.TrainCommand;
import dev.fettle.benchmarks.predict.PredictCommand;
import dev.fettle.benchmarks.regression.GaussianProcessCommand;
import dev.fettle.benchmarks.replay.ReplayCommand;
import dev.fettle.benchmarks.typical.TypicalCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar benchmarks.jar COMMAND}: each command is a class, listed in {@code subcommands}. */
@Command(
        name = "benchmarks",
        description = "Micro-benchmarks and search benchmarks of Fettle.",
        mixinStandardHelpOptions = true,
        versionProvider = Benchmarks.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ChoiceDagCommand.class,
            EvaluateCommand.class,
            FrontCommand.class,
            FunctionCommand.class,
            GaussianProcessCommand.class,
            GenerateCommand.class,
            JmhCommand.class,
            MutationCommand.class,
            PeersCommand.class,
            PredictCommand.class,
            ReplayCommand.class,
            TrainCommand.class,
            TypicalCommand.class
        })
public final class Benchmarks {
    private static final int EXIT_BAD_INPUT = 2;
    private static final int EXIT_INTERNAL = 3;

    /** As the jar says it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Benchmarks.class.getPackage().getImplementationVersion();
            return new String[] {"Fettle benchmarks " + (version == null ? "(not packaged)" : version)};
        }
    }

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments));
    }

    /**
     * Runs one command.
     *
     * @return 0 done, 2 bad input or usage, 3 a defect
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Benchmarks());
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            boolean known = failure instanceof FettleException fettle && fettle.code() != ErrorCode.INTERNAL;
            err.println(known ? failure.getMessage() : "internal error: " + failure);
            err.flush();
            return known ? EXIT_BAD_INPUT : EXIT_INTERNAL;
        });
        return line.execute(arguments);
    }
}
