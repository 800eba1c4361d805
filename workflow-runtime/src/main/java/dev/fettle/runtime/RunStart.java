package dev.fettle.runtime;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.execute.RecordedEffect;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.record.RunClock;
import dev.fettle.runtime.record.TraceRecorder;
import dev.fettle.runtime.resume.Checkpoint;
import dev.fettle.runtime.resume.CheckpointJson;
import dev.fettle.runtime.resume.FinishedNodes;
import dev.fettle.runtime.resume.Position;
import dev.fettle.runtime.sub.SubWorkflows;
import dev.fettle.runtime.value.StateValue;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a run begins: at the entry, or where it was paused.
 *
 * @param spent USD by budget, as {@link dev.fettle.runtime.budget.Budgets#spent} gives it
 * @param position null for the entry
 */
record RunStart(
        Map<String, StateValue> input,
        Map<String, StateValue> state,
        TraceRecorder recorder,
        FinishedNodes finished,
        List<RecordedEffect> effects,
        Map<String, BigDecimal> spent,
        @Nullable Position position) {
    /**
     * @throws FettleException where the input or the checkpoint does not fit the workflow
     */
    static RunStart of(ExecutionRequest request, Clock clock, SubWorkflows subWorkflows) {
        if (request.attendance() instanceof Attendance.Resumed resumed) {
            Checkpoint checkpoint = CheckpointJson.read(resumed.checkpoint());
            checkpoint.requireSame(request.workflow().id(), CheckpointJson.hash(request.workflow(), subWorkflows));
            requireAsked(resumed, checkpoint);
            try {
                return new RunStart(
                        PausedRun.values(checkpoint.input()),
                        PausedRun.values(checkpoint.state()),
                        new TraceRecorder(
                                RunClock.resume(checkpoint.startedAt(), checkpoint.elapsed()),
                                checkpoint.occurrences(),
                                checkpoint.position().iterations()),
                        new FinishedNodes(true, PausedRun.finished(checkpoint)),
                        checkpoint.effects(),
                        checkpoint.spent(),
                        checkpoint.position());
            } catch (NotJsonException e) {
                throw new FettleException(ErrorCode.BAD_INPUT, "the checkpoint is no JSON: " + e.getMessage(), e);
            }
        }
        Map<String, StateValue> input = input(request);
        boolean attended = request.attendance() instanceof Attendance.Attended;
        return new RunStart(
                input,
                input,
                new TraceRecorder(RunClock.start(clock)),
                new FinishedNodes(attended, List.of()),
                List.of(),
                Map.of(),
                null);
    }

    private static void requireAsked(Attendance.Resumed resumed, Checkpoint checkpoint) {
        List<String> asked = checkpoint.questions().stream().map(Question::id).toList();
        for (String answered : resumed.answers().keySet()) {
            if (!asked.contains(answered)) {
                throw new FettleException(
                        ErrorCode.USAGE,
                        "there is an answer for (" + answered + "), which the run does not ask; expected answers for "
                                + asked);
            }
        }
    }

    private static Map<String, StateValue> input(ExecutionRequest request) {
        Workflow workflow = request.workflow();
        Set<String> missing = new TreeSet<>(workflow.inputs());
        missing.removeAll(request.input().keySet());
        Set<String> unknown = new TreeSet<>(request.input().keySet());
        unknown.removeAll(workflow.inputs());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the input has the keys " + new TreeSet<>(request.input().keySet())
                            + "; expected exactly the inputs " + workflow.inputs() + " of the workflow ("
                            + workflow.id() + ")");
        }
        Map<String, StateValue> input = new TreeMap<>();
        for (Map.Entry<String, Object> entry : request.input().entrySet()) {
            try {
                input.put(entry.getKey(), StateValue.of(entry.getValue()));
            } catch (NotJsonException e) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        e.of("the input (" + entry.getKey() + ")").reason(),
                        e);
            }
        }
        return input;
    }
}
