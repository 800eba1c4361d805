package dev.fettle.runtime.resume;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.trace.NodeOccurrence;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A paused run.
 *
 * @param version of this form
 * @param definition hash of the workflow and of those that it refers to
 * @param input the run's, for the hash in its trace
 * @param state before the node at the position
 * @param finished what has ended inside that node
 * @param elapsed time of the run so far
 * @param occurrences the trace so far
 * @param effects that happened so far
 * @param spent USD so far, by budget
 */
public record Checkpoint(
        int version,
        String workflow,
        String definition,
        String runId,
        Map<String, @Nullable Object> input,
        Map<String, @Nullable Object> state,
        Position position,
        List<Done> finished,
        List<Question> questions,
        Instant startedAt,
        Duration elapsed,
        List<NodeOccurrence> occurrences,
        List<RecordedEffect> effects,
        Map<String, BigDecimal> spent) {
    public static final int VERSION = 2;

    /** As {@link FinishedNodes.Finished}, with plain values. */
    public record Done(
            String path,
            int iteration,
            Map<String, @Nullable Object> updates,
            @Nullable String label) {}

    /**
     * Refuses to go on with a definition that is not the one that was paused.
     *
     * @throws FettleException where it is another
     */
    public void requireSame(String workflowId, String definitionHash) {
        if (version != VERSION) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the checkpoint has the version (" + version + "); expected " + VERSION
                            + ". Maybe it was written by another release");
        }
        if (!definition.equals(definitionHash)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the run (" + runId + ") was paused with another definition of the workflow (" + workflow
                            + ") than the one given now (" + workflowId
                            + "); expected the same. Maybe restore the definition, or run again from the start");
        }
    }
}
