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
        Attendance attendance) {

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
}
