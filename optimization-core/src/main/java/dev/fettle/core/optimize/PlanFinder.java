package dev.fettle.core.optimize;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.execute.WorkflowExecutor;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.estimate.ReplayEstimator;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.plan.Planner;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Estimates suggestions by replay and searches for the best set of them. */
public final class PlanFinder {
    private final Plugins plugins;
    private final ModelCatalogue models;
    private final Configuration configuration;

    @Inject
    PlanFinder(Plugins plugins, ModelCatalogue models, Configuration configuration) {
        this.plugins = plugins;
        this.models = models;
        this.configuration = configuration;
    }

    /** The proposal; without a plan where no complete trace was recorded that could be replayed. */
    public Proposal find(Analysis analysis, List<Suggestion> suggestions, SearchSession.Progress progress) {
        requireKept(analysis.workflow());
        if (analysis.profile().sample().isEmpty()) {
            return new Proposal(List.of(), null, List.of());
        }
        Configuration.Search search = configuration.search();
        InstalledPlugin algorithm = plugins.require(PluginKind.ALGORITHM, search.algorithm());
        ReplayEstimator estimator = estimator(analysis, analysis.profile().sample());
        Planner planner = new Planner(estimator, suggestions, configuration.objective(), configuration.constraints());
        SearchSession session = new SearchSession(
                        new Budget(search.maxEvaluations(), search.maxTime(), 0),
                        search.seed(),
                        algorithm.settings(),
                        System::nanoTime)
                .reporting(progress);
        List<Plan> plans = planner.plans((SearchAlgorithm) algorithm.plugin(), session);
        return new Proposal(planner.rank(), plans.get(0), plans.subList(1, plans.size()));
    }

    /** A node to keep that is not there is a slip of the pen, which would leave another one unprotected. */
    private void requireKept(Workflow workflow) {
        List<String> nodes = workflow.allNodes().stream().map(Node::id).toList();
        for (String kept : configuration.constraints().keepNodes()) {
            if (!nodes.contains(kept)) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        "constraints.keepNodes names the node (" + kept + "), which the workflow (" + workflow.id()
                                + ") does not have" + NearestName.hint(kept, nodes));
            }
        }
    }

    private ReplayEstimator estimator(Analysis analysis, List<ExecutionTrace> runs) {
        return new ReplayEstimator(analysis.workflow(), runs, models, machine(analysis));
    }

    /** The processors to reckon with, and as many members of a block at once as the executor runs. */
    ReplaySettings machine(Analysis analysis) {
        List<InstalledPlugin> executors = plugins.of(PluginKind.EXECUTOR);
        int processors = configuration.search().concurrency();
        int members = executors.size() == 1 ? membersAtOnce(executors.get(0), processors) : processors;
        return ReplaySettings.of(processors, members).with(analysis.interference());
    }

    private static int membersAtOnce(InstalledPlugin executor, int processors) {
        return ((WorkflowExecutor) executor.plugin())
                .membersAtOnce(executor.settings())
                .orElse(processors);
    }

    /** The estimate of a plan from these runs of the original; empty where none is complete. */
    Optional<Estimate> estimate(Analysis original, Plan plan, List<ExecutionTrace> runs) {
        List<ExecutionTrace> complete =
                runs.stream().filter(ExecutionTrace::complete).toList();
        return complete.isEmpty()
                ? Optional.empty()
                : estimator(original, complete).estimate(plan.suggestions());
    }
}
