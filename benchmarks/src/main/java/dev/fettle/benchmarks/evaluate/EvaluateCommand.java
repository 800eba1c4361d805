package dev.fettle.benchmarks.evaluate;

import dev.fettle.benchmarks.caching.EvaluateCachingCommand;
import dev.fettle.benchmarks.independence.EvaluateIndependenceCommand;
import dev.fettle.benchmarks.models.EvaluateModelSelectionCommand;
import dev.fettle.benchmarks.policy.EvaluatePolicyCommand;
import dev.fettle.benchmarks.scale.EvaluateScaleCommand;
import picocli.CommandLine.Command;

/** Groups the evaluations. */
@Command(
        name = "evaluate",
        description = "Judges predictions and policies against held-out data and unseen workflows.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EvaluateCachingCommand.class,
            EvaluateIndependenceCommand.class,
            EvaluateIntervalsCommand.class,
            EvaluateMakespanCommand.class,
            EvaluateModelSelectionCommand.class,
            EvaluatePolicyCommand.class,
            EvaluateScaleCommand.class
        })
public final class EvaluateCommand {}
