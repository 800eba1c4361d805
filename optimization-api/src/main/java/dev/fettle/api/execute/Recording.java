package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import dev.fettle.api.execute.OutsideCall.Kind;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs of a workflow asked outside, and the answers. Immutable, and indexed once for all its replays. */
@Evolving
public final class Recording {
    private final String id;
    private final String workflow;
    private final List<RecordedRun> runs;
    private final Map<String, List<RecordedRun>> runsByInput = new HashMap<>();
    private final Map<Target, List<RecordedCall>> callsByTarget = new HashMap<>();
    private final Map<Key, List<RecordedCall>> callsByInput = new HashMap<>();

    private record Target(Kind kind, String target) {}

    private record Key(Kind kind, String target, String inputHash) {}

    /**
     * @param id the SHA-256 of the content, 64 hexadecimal digits; another text where the recording is in no file
     * @param workflow the id of the workflow that was recorded
     */
    public Recording(String id, String workflow, List<RecordedRun> runs) {
        this.id = id;
        this.workflow = workflow;
        this.runs = List.copyOf(runs);
        for (RecordedRun run : runs) {
            runsByInput
                    .computeIfAbsent(run.inputHash(), hash -> new ArrayList<>())
                    .add(run);
            for (RecordedCall recorded : run.calls()) {
                OutsideCall call = recorded.call();
                callsByTarget
                        .computeIfAbsent(new Target(call.kind(), call.target()), key -> new ArrayList<>())
                        .add(recorded);
                callsByInput
                        .computeIfAbsent(new Key(call.kind(), call.target(), call.inputHash()), k -> new ArrayList<>())
                        .add(recorded);
            }
        }
    }

    /** A recording of results of external effects only, without their times. */
    public static Recording ofEffects(List<RecordedEffect> effects) {
        List<RecordedCall> calls = new ArrayList<>();
        for (RecordedEffect effect : effects) {
            String tool = effect.tool();
            OutsideCall call = new OutsideCall(
                    tool == null ? Kind.NODE : Kind.TOOL,
                    effect.node(),
                    tool == null ? effect.node() : tool,
                    Effects.EXTERNAL,
                    effect.inputHash(),
                    null);
            calls.add(RecordedCall.of(call, effect.result(), Duration.ZERO));
        }
        return new Recording("effects", "", List.of(new RecordedRun("effects", Map.of(), "", Status.OK, calls)));
    }

    public String id() {
        return id;
    }

    public String workflow() {
        return workflow;
    }

    public List<RecordedRun> runs() {
        return runs;
    }

    /**
     * The run to replay for an input: where several were recorded on it, they take turns.
     *
     * @param turn at least 0
     */
    public Optional<RecordedRun> run(String inputHash, int turn) {
        List<RecordedRun> same = runsByInput.getOrDefault(inputHash, List.of());
        return same.isEmpty() ? Optional.empty() : Optional.of(same.get(turn % same.size()));
    }

    /** The external and unknown effects, in recorded order. */
    public List<RecordedEffect> effects() {
        List<RecordedEffect> effects = new ArrayList<>();
        for (RecordedRun run : runs) {
            for (RecordedCall recorded : run.calls()) {
                OutsideCall call = recorded.call();
                if (call.effects().mustKeep() && !recorded.failed()) {
                    String tool = call.kind() == Kind.TOOL ? call.target() : null;
                    effects.add(new RecordedEffect(call.node(), tool, call.inputHash(), recorded.result()));
                }
            }
        }
        return effects;
    }

    /** All calls of a tool, model or node, in recorded order. */
    public List<RecordedCall> calls(Kind kind, String target) {
        return callsByTarget.getOrDefault(new Target(kind, target), List.of());
    }

    /** All calls that ask exactly this, in recorded order. */
    public List<RecordedCall> calls(Kind kind, String target, String inputHash) {
        return callsByInput.getOrDefault(new Key(kind, target, inputHash), List.of());
    }
}
