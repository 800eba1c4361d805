package dev.fettle.core.optimize;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedRun;

/** Takes the runs of a project, one after another. */
@FunctionalInterface
public interface RunConsumer {
    /**
     * @param recorded what the run asked outside; without calls where they were answered from a recording
     */
    void accept(RecordedRun recorded, ExecutionResult result);
}
