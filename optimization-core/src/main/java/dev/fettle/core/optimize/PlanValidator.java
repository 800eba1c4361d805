package dev.fettle.core.optimize;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.execute.ReplayRules;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.plan.Source;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
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
import dev.fettle.core.validate.HostCheck;
import dev.fettle.core.validate.Judges;
import dev.fettle.core.validate.RecordedAnswers;
import dev.fettle.core.validate.StaticChecks;
import dev.fettle.core.validate.VaryingNodes;
import dev.fettle.core.validate.VerdictRule;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        List<Violation> violations = checks().run(
                        analysis.workflow(),
                        plan.workflow(),
                        plan.estimate(),
                        configuration.constraints(),
                        analysis.profile());
        return withHosts(violations, analysis.workflow(), plan.workflow());
    }

    /** Which hosts models are asked at is a matter of the executor's settings, which validators do not see. */
    private List<Violation> withHosts(List<Violation> violations, Workflow original, Workflow candidate) {
        Record settings = runner.installed().settings();
        List<Violation> all = new ArrayList<>(violations);
        new HostCheck(original, runner.executor().modelHosts(original, settings))
                .violations(
                        candidate,
                        runner.executor().modelHosts(candidate, settings),
                        configuration.validation().allowHosts())
                .forEach(all::add);
        return all;
    }

    private StaticChecks checks() {
        return new StaticChecks(plugins.of(PluginKind.VALIDATOR).stream()
                .map(plugin -> new StaticChecks.Check((WorkflowValidator) plugin.plugin(), plugin.settings()))
                .toList());
    }

    /**
     * Runs both versions on the project's inputs.
     *
     * @param runs recorded before: their effects answer in place of external ones
     */
    public DryRunResult dryRun(Project project, Analysis analysis, Plan plan, Runs runs, DryRunProgress progress) {
        return dryRun(
                project,
                plan.workflow(),
                new EffectPolicy.Replay(runs.effects(), ReplayRules.EFFECTS, 0),
                check(analysis, plan),
                VaryingNodes.of(analysis.profile(), project.workflow(), plan.workflow()),
                null,
                progress);
    }

    /**
     * Checks a candidate that comes without a plan, and runs both versions on the project's inputs. Its cost is not
     * estimated, and its quality is what the comparison of outputs says.
     *
     * @param recording answers outside calls; null where there is none, and then no version may have external effects
     * @param finished pairs that need not be run again; null to keep none
     */
    public DryRunResult dryRun(
            Project project,
            Workflow candidate,
            @Nullable Recording recording,
            @Nullable FinishedPairs finished,
            DryRunProgress progress) {
        List<Violation> violations = withHosts(
                checks().run(project.workflow(), candidate, unestimated(), configuration.constraints(), null),
                project.workflow(),
                candidate);
        RecordedAnswers recorded = RecordedAnswers.of(recording);
        violations.addAll(recorded.violations(project.workflow(), candidate));
        EffectPolicy.Replay answers = recording == null
                ? new EffectPolicy.Replay(List.of())
                : new EffectPolicy.Replay(recording, configuration.recording().rules(), 0);
        Set<String> varying = VaryingNodes.of(recorded, project.workflow(), candidate);
        return dryRun(project, candidate, answers, violations, varying, finished, progress);
    }

    private static Estimate unestimated() {
        MetricEstimate unknown = new MetricEstimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Source.ESTIMATED);
        MetricEstimate same = new MetricEstimate(1, 1, 1, 1, Source.ASSUMED);
        return new Estimate(unknown, unknown, unknown, unknown, unknown, unknown, same, 0, 0, List.of());
    }

    private DryRunResult dryRun(
            Project project,
            Workflow candidate,
            EffectPolicy.Replay answers,
            List<Violation> violations,
            Set<String> varying,
            @Nullable FinishedPairs finished,
            DryRunProgress progress) {
        DryRunExecutor executor = new DryRunExecutor(runner.executor(), finished);
        DryRunResult result = new DryRun()
                .run(
                        new DryRunRequest(
                                project.workflow(),
                                candidate,
                                executor,
                                runner.installed().settings(),
                                plugins,
                                models,
                                project.folder(),
                                project.inputs(),
                                answers,
                                judges(),
                                VerdictRule.DEFAULT,
                                settings(),
                                violations,
                                varying),
                        progress);
        return executor.answered() == 0 ? result : labelled(result, executor.answered());
    }

    /** Says what was not measured. */
    private static DryRunResult labelled(DryRunResult result, long answered) {
        String label = answered + (answered == 1 ? " call was" : " calls were")
                + " answered from the recording with their recorded time";
        return new DryRunResult(result.report().withReason(label), result.pairs(), result.noise(), result.complete());
    }

    /** The settings of dry runs. */
    public DryRunSettings settings() {
        Configuration.Validation validation = configuration.validation();
        return new DryRunSettings(
                validation.warmUp(),
                validation.pairs(),
                Math.max(2, validation.pairs() / 4),
                validation.maxTime(),
                configuration.profiling().timeoutPerRun(),
                DryRunSettings.DEFAULT.resamples(),
                configuration.search().seed());
    }

    private Judges judges() {
        InstalledPlugin judge =
                plugins.require(PluginKind.JUDGE, configuration.validation().judge());
        Judges.Rung configured = new Judges.Rung((EquivalenceJudge) judge.plugin(), judge.settings());
        Judges.Rung exact = Judges.Rung.of(new ExactJudge());
        return new Judges(judge.name().equals(exact.judge().name()) ? List.of(exact) : List.of(exact, configured));
    }
}
