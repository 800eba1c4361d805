package dev.fettle.core.optimize;

import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import dev.fettle.core.validate.DryRun;
import dev.fettle.core.validate.DryRunProgress;
import dev.fettle.core.validate.DryRunRequest;
import dev.fettle.core.validate.DryRunResult;
import dev.fettle.core.validate.DryRunSettings;
import dev.fettle.core.validate.ExactJudge;
import dev.fettle.core.validate.Judges;
import dev.fettle.core.validate.StaticChecks;
import dev.fettle.core.validate.VerdictRule;
import jakarta.inject.Inject;
import java.util.List;

/** Checks a plan without running it, then runs both versions. */
public final class PlanValidator {
    private final Plugins plugins;
    private final ModelCatalogue models;
    private final Configuration configuration;
    private final ProjectRunner runner;

    @Inject
    PlanValidator(Plugins plugins, ModelCatalogue models, Configuration configuration, ProjectRunner runner) {
        this.plugins = plugins;
        this.models = models;
        this.configuration = configuration;
        this.runner = runner;
    }

    /** What the installed validators find wrong with the plan's workflow; nothing is run. */
    public List<Violation> check(Analysis analysis, Plan plan) {
        List<StaticChecks.Check> checks = plugins.of(PluginKind.VALIDATOR).stream()
                .map(plugin -> new StaticChecks.Check((WorkflowValidator) plugin.plugin(), plugin.settings()))
                .toList();
        return new StaticChecks(checks)
                .run(
                        analysis.workflow(),
                        plan.workflow(),
                        plan.estimate(),
                        configuration.constraints(),
                        analysis.profile());
    }

    /**
     * Runs both versions on the project's inputs.
     *
     * @param runs recorded before: their effects answer in place of external ones
     */
    public DryRunResult dryRun(Project project, Analysis analysis, Plan plan, Runs runs, DryRunProgress progress) {
        Configuration.Validation validation = configuration.validation();
        DryRunSettings base = DryRunSettings.DEFAULT;
        DryRunSettings settings = new DryRunSettings(
                validation.warmUp(),
                validation.pairs(),
                Math.max(2, validation.pairs() / 4),
                validation.maxTime(),
                configuration.profiling().timeoutPerRun(),
                base.resamples(),
                configuration.search().seed());
        return new DryRun()
                .run(
                        new DryRunRequest(
                                project.workflow(),
                                plan.workflow(),
                                runner.executor(),
                                runner.installed().settings(),
                                plugins,
                                models,
                                project.folder(),
                                project.inputs(),
                                runs.effects(),
                                judges(),
                                VerdictRule.DEFAULT,
                                settings,
                                check(analysis, plan)),
                        progress);
    }

    private Judges judges() {
        InstalledPlugin judge =
                plugins.require(PluginKind.JUDGE, configuration.validation().judge());
        Judges.Rung configured = new Judges.Rung((EquivalenceJudge) judge.plugin(), judge.settings());
        Judges.Rung exact = Judges.Rung.of(new ExactJudge());
        return new Judges(judge.name().equals(exact.judge().name()) ? List.of(exact) : List.of(exact, configured));
    }
}
