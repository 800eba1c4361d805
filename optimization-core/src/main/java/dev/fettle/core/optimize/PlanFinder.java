package dev.fettle.core.optimize;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.strategy.Suggestion;
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
        if (analysis.profile().sample().isEmpty()) {
            return new Proposal(List.of(), null, List.of());
        }
        Configuration.Search search = configuration.search();
        InstalledPlugin algorithm = plugins.require(PluginKind.ALGORITHM, search.algorithm());
        ReplayEstimator estimator = new ReplayEstimator(
                analysis.workflow(), analysis.profile().sample(), models, ReplaySettings.of(search.concurrency()));
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
}
