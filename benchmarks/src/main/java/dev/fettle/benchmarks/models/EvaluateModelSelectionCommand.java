package dev.fettle.benchmarks.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.benchmarks.models.CheapFirst.Choice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What choosing among configurations saves on tasks that the choice was not made on. */
@Command(
        name = "model-selection",
        description = {
            "Chooses among configurations (agents with their models) on a random half of a benchmark's tasks and judges on the"
                    + " other half, as JSON on standard output. All figures are of the second half; costs are USD a task.",
            "\"singleBest\": the most successes on the first half. \"chosen\": the cheapest whose estimated loss of success is"
                    + " within --loss: a cheap configuration up to a limit of its spend, then the best. \"oracle\": each task by"
                    + " the cheapest that solves it. \"front\": single configurations that none beats in both."
                    + " \"chosenFront\": the choice for other losses. \"unknownCost\": without a cost above zero."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateModelSelectionCommand implements Callable<Integer> {
    private static final int FEWEST = 20;
    private static final double[] LOSSES = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2};

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--index",
            paramLabel = "DIR",
            required = true,
            description = "Folder of CONFIGURATION/instance_results/BENCHMARK.json.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path index;

    @Option(names = "--benchmark", paramLabel = "NAME", required = true, description = "As in swe-bench.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String benchmark;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--loss",
            paramLabel = "PART",
            defaultValue = "0.01",
            description = "Part of the tasks whose success may be lost; default ${DEFAULT-VALUE}.")
    private double loss;

    @Override
    public Integer call() {
        if (!(loss >= 0 && loss <= 1)) {
            throw new FettleException(ErrorCode.USAGE, "--loss is (" + loss + "); expected a number from 0 to 1");
        }
        OutcomeIndex outcomes = OutcomeIndex.read(index, benchmark);
        if (outcomes.tasks().size() < FEWEST || outcomes.comparable().isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    index + ": " + outcomes.tasks().size() + " tasks were tried by all "
                            + outcomes.comparable().size()
                            + " configurations with known costs; expected at least " + FEWEST + " and 1");
        }
        print(outcomes, new ModelChoiceTrial(outcomes, seed));
        return 0;
    }

    private void print(OutcomeIndex outcomes, ModelChoiceTrial trial) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("train", trial.trained());
        root.put("test", trial.tested());
        put(root.putObject("singleBest").put("name", trial.best()), trial.single(trial.best()));
        put(root.putObject("chosen"), trial, trial.choose(loss));
        put(root.putObject("oracle"), trial.oracle());
        var front = root.putArray("front");
        trial.front().forEach((name, result) -> put(front.addObject().put("name", name), result));
        var chosenFront = root.putArray("chosenFront");
        for (double allowed : LOSSES) {
            put(chosenFront.addObject().put("loss", allowed), trial, trial.choose(allowed));
        }
        var unknown = root.putArray("unknownCost");
        outcomes.unknownCost().forEach(unknown::add);
        var incomplete = root.putArray("incomplete");
        outcomes.incomplete().forEach(incomplete::add);
        PrintWriter out = spec.commandLine().getOut();
        out.println(root.toPrettyString());
        out.flush();
    }

    private static void put(ObjectNode into, ModelChoiceTrial trial, Choice choice) {
        if (choice.first() != null) {
            into.put("first", choice.first());
            into.put("limit", Double.isInfinite(choice.limitUsd()) ? null : Double.valueOf(choice.limitUsd()));
        }
        into.put("best", choice.best());
        put(into, trial.judge(choice));
    }

    private static void put(ObjectNode into, ModelChoiceTrial.Result result) {
        into.put("success", result.success());
        into.put("cost", result.usd());
    }
}
