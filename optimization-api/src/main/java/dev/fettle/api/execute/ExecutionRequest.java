package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One run to be made.
 *
 * @param runId id of the trace
 * @param input values of the workflow's input keys
 * @param directory the folder of the definition; relative paths start here
 * @param timeout the run is cancelled after this
 * @param settings the executor's own
 * @param attendance whether a person can answer
 * @param mayUsd what the run may spend; infinite for no limit. Where it is spent, no further call with a known price begins
 *     and the run is refused; calls under way then may pass it. An executor that cannot tell what it spends ignores it
 */
@Evolving
public record ExecutionRequest(
        String runId,
        Workflow workflow,
        Map<String, Object> input,
        Path directory,
        Runners runners,
        ModelCatalogue models,
        EffectPolicy effects,
        Duration timeout,
        Record settings,
        Attendance attendance,
        double mayUsd) {

    /** A run that may spend without limit. */
    public ExecutionRequest(
            String runId,
            Workflow workflow,
            Map<String, Object> input,
            Path directory,
            Runners runners,
            ModelCatalogue models,
            EffectPolicy effects,
            Duration timeout,
            Record settings,
            Attendance attendance) {
        this(
                runId,
                workflow,
                input,
                directory,
                runners,
                models,
                effects,
                timeout,
                settings,
                attendance,
                Double.POSITIVE_INFINITY);
    }

    /** A run that nobody attends. */
    public ExecutionRequest(
            String runId,
            Workflow workflow,
            Map<String, Object> input,
            Path directory,
            Runners runners,
            ModelCatalogue models,
            EffectPolicy effects,
            Duration timeout,
            Record settings) {
        this(
                runId,
                workflow,
                input,
                directory,
                runners,
                models,
                effects,
                timeout,
                settings,
                new Attendance.Unattended());
    }

    /** The same run with a limit to what it may spend, in USD. */
    public ExecutionRequest spendingAtMost(double usd) {
        return new ExecutionRequest(
                runId, workflow, input, directory, runners, models, effects, timeout, settings, attendance, usd);
    }
}
