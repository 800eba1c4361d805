package dev.fettle.benchmarks.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.benchmarks.choicedag.FreeModels;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.ProgressListener;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Proposal;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plan.Planner;
import dev.fettle.core.plan.RankedSuggestion;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.core.validate.DryRunProgress;
import dev.fettle.core.validate.DryRunResult;
import dev.fettle.search.auto.Auto;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Profiles a project, predicts by replay what each suggestion and each cache by itself and the best plan of all would bring,
 * and then runs each of them beside the original.
 */
@Command(
        name = "predict",
        description = "Compares predicted with measured speedups of the changes of a project that can be run.",
        mixinStandardHelpOptions = true)
public final class PredictCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PROJECT", description = "Folder with workflow.yaml and inputs.jsonl.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(
            names = "--least",
            defaultValue = "0.02",
            paramLabel = "PART",
            description = "Changes predicted to make less difference than this are not run; default ${DEFAULT-VALUE}.")
    private double least;

    @Option(names = "--format", defaultValue = "text", description = "text or json; default ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    /** How the result is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() throws IOException {
        Project project = Project.read(folder);
        Configuration configuration = project.configuration();
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(configuration);
        Analyzer.Collector collector = optimizer.collector(project.workflow());
        Runs runs = optimizer.run(project, result -> collector.accept(result.trace()), ProgressListener.NONE);
        Analysis analysis = collector.analysis().measuredIn(runs);
        Proposal proposal = optimizer.propose(analysis, optimizer.trials(project, analysis), (done, best) -> {});
        List<Suggestion> suggestions = new ArrayList<>();
        proposal.suggestions().forEach(ranked -> suggestions.add(ranked.suggestion()));
        suggestions.addAll(CacheSuggestions.of(analysis.workflow()));
        ReplayEstimator estimator = new ReplayEstimator(
                analysis.workflow(), analysis.profile().sample(), new FreeModels(), optimizer.replaySettings(analysis));
        Planner planner = new Planner(estimator, suggestions, configuration.objective(), configuration.constraints());
        List<Prediction> predictions = new ArrayList<>();
        List<RankedSuggestion> changing = planner.rank().stream()
                .filter(ranked -> Math.abs(Prediction.speedup(ranked.estimate().durationSeconds()) - 1) >= least)
                .toList();
        for (RankedSuggestion ranked : changing) {
            Suggestion suggestion = ranked.suggestion();
            tell("running change " + (predictions.size() + 1) + " of " + changing.size() + ": " + suggestion.id());
            Plan alone = alone(estimator, suggestion, ranked.estimate());
            predictions.add(run(suggestion.id(), optimizer, project, analysis, alone, runs));
        }
        SearchAlgorithm algorithm = new Auto();
        SearchSession session = new SearchSession(
                new Budget(
                        configuration.search().maxEvaluations(),
                        configuration.search().maxTime(),
                        0),
                configuration.search().seed(),
                algorithm.defaultSettings(),
                System::nanoTime);
        Plan together = planner.plan(algorithm, session);
        if (together.suggestions().size() > 1) {
            tell("running the best plan");
            predictions.add(run("all of the best plan", optimizer, project, analysis, together, runs));
        }
        print(predictions, together);
        return 0;
    }

    private void tell(String progress) {
        spec.commandLine().getErr().println(progress);
        spec.commandLine().getErr().flush();
    }

    private static Plan alone(ReplayEstimator estimator, Suggestion suggestion, Estimate estimate) {
        if (!(estimator.compose(List.of(suggestion)) instanceof ChangeResult.Applied applied)) {
            throw new IllegalStateException("a ranked suggestion cannot be applied: " + suggestion.id());
        }
        return new Plan(List.of(suggestion), applied.workflow(), estimate, 0, 0, List.of(), "none", 0);
    }

    private static Prediction run(
            String change, WorkflowOptimizer optimizer, Project project, Analysis analysis, Plan plan, Runs runs) {
        DryRunResult result = optimizer.validate(project, analysis, plan, runs, DryRunProgress.NONE);
        return Prediction.of(
                change, plan.estimate().durationSeconds(), optimizer.estimate(analysis, plan, result), result);
    }

    private void print(List<Prediction> predictions, Plan together) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            List<Map<String, Object>> lines = new ArrayList<>();
            predictions.forEach(prediction -> lines.add(line(prediction)));
            out.println(new ObjectMapper().writeValueAsString(Map.of("changes", lines)));
        } else {
            out.println(
                    "speedups: predicted from the profiled runs (90 % interval), replayed from the original's runs of the"
                            + " pairs, measured from the pairs (95 % interval), ratio of mean times, how far the prediction and the"
                            + " replay are off that");
            for (Prediction one : predictions) {
                out.println(String.format(
                        Locale.ROOT,
                        "%-60s %6.3f (%.3f to %.3f)  %6.3f  %6.3f (%.3f to %.3f)  %6.3f  %+.1f %%  %+.1f %%",
                        one.change(),
                        one.predicted(),
                        one.low(),
                        one.high(),
                        one.replayed(),
                        one.measured().value(),
                        one.measured().low(),
                        one.measured().high(),
                        one.ratioOfMeans(),
                        100 * one.error(),
                        100 * one.replayError()));
            }
            out.println("the best plan: "
                    + together.suggestions().stream().map(Suggestion::id).toList());
        }
        out.flush();
    }

    private static Map<String, Object> line(Prediction prediction) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("change", prediction.change());
        line.put("predicted", prediction.predicted());
        line.put("low", prediction.low());
        line.put("high", prediction.high());
        line.put("replayed", prediction.replayed());
        line.put("measured", prediction.measured().value());
        line.put("measuredLow", prediction.measured().low());
        line.put("measuredHigh", prediction.measured().high());
        line.put("ratioOfMeans", prediction.ratioOfMeans());
        line.put("error", prediction.error());
        line.put("replayError", prediction.replayError());
        line.put("pairs", prediction.pairs());
        return line;
    }
}
