package dev.fettle.runtime;

import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.Pause;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.graph.GraphRun;
import dev.fettle.runtime.resume.Checkpoint;
import dev.fettle.runtime.resume.CheckpointJson;
import dev.fettle.runtime.resume.FinishedNodes;
import dev.fettle.runtime.resume.Position;
import dev.fettle.runtime.sub.SubWorkflows;
import dev.fettle.runtime.value.StateValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a run that waits to its checkpoint, and back. */
final class PausedRun {
    private PausedRun() {}

    /** What the caller stores. */
    static Pause pause(
            ExecutionRequest request,
            SubWorkflows subWorkflows,
            RunStart start,
            GraphRun graph,
            Map<String, BigDecimal> spent,
            EffectLog effects,
            ExecutionTrace trace,
            List<Question> questions) {
        Position position = Objects.requireNonNull(graph.position());
        List<Checkpoint.Done> done = start.finished().all().stream()
                .map(one ->
                        new Checkpoint.Done(one.path(), one.iteration(), StateValue.plain(one.updates()), one.label()))
                .toList();
        Checkpoint checkpoint = new Checkpoint(
                Checkpoint.VERSION,
                request.workflow().id(),
                CheckpointJson.hash(request.workflow(), subWorkflows),
                request.runId(),
                StateValue.plain(start.input()),
                StateValue.plain(graph.state()),
                position,
                done,
                questions,
                trace.startedAt(),
                trace.wallClock(),
                trace.occurrences(),
                effects.happened(),
                spent);
        return new Pause(CheckpointJson.write(checkpoint), questions);
    }

    static List<FinishedNodes.Finished> finished(Checkpoint checkpoint) throws NotJsonException {
        List<FinishedNodes.Finished> finished = new ArrayList<>();
        for (Checkpoint.Done one : checkpoint.finished()) {
            Map<String, StateValue> updates = new LinkedHashMap<>(values(one.updates()));
            finished.add(new FinishedNodes.Finished(one.path(), one.iteration(), updates, one.label()));
        }
        return finished;
    }

    static Map<String, StateValue> values(Map<String, @Nullable Object> plain) throws NotJsonException {
        Map<String, StateValue> values = new TreeMap<>();
        for (Map.Entry<String, @Nullable Object> entry : plain.entrySet()) {
            values.put(entry.getKey(), StateValue.of(entry.getValue()));
        }
        return values;
    }
}
