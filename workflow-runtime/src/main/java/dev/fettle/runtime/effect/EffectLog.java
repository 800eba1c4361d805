package dev.fettle.runtime.effect;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.RecordedEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The external effects of one run: performed and recorded, or answered from a recording. Equal inputs are answered in the
 * order in which they were recorded. Safe for use by several threads.
 */
public final class EffectLog {
    private final boolean perform;
    private final Map<Key, List<RecordedEffect>> recorded = new HashMap<>();
    private final Map<Key, Integer> answered = new HashMap<>();
    private final List<RecordedEffect> happened = new ArrayList<>();

    private record Key(String node, @Nullable String tool, String inputHash) {}

    /** An answer; the value may be null. */
    public record Answer(@Nullable Object value) {}

    public EffectLog(EffectPolicy policy) {
        perform = policy instanceof EffectPolicy.Perform;
        if (policy instanceof EffectPolicy.Replay replay) {
            for (RecordedEffect effect : replay.recorded()) {
                Key key = new Key(effect.node(), effect.tool(), effect.inputHash());
                recorded.computeIfAbsent(key, k -> new ArrayList<>()).add(effect);
            }
        }
    }

    /**
     * The result of an external effect: of the code where effects are performed, else as recorded.
     *
     * @param tool null where the node itself has the effect
     * @throws FettleException where effects are replayed and none is recorded for this input
     * @throws Exception what the code throws
     */
    public @Nullable Object result(
            String node, @Nullable String tool, String inputHash, Callable<@Nullable Object> code) throws Exception {
        Key key = new Key(node, tool, inputHash);
        if (!perform) {
            Object value = answer(key).value();
            add(key, value);
            return value;
        }
        Object value = code.call();
        add(key, value);
        return value;
    }

    /** The answer of a person that was recorded for this question; empty where there is none. */
    public synchronized Optional<Answer> recordedAnswer(String node, String inputHash) {
        Key key = new Key(node, null, inputHash);
        return answered.getOrDefault(key, 0)
                        < recorded.getOrDefault(key, List.of()).size()
                ? Optional.of(answer(key))
                : Optional.empty();
    }

    /** A person, or what stands for one, answered a node. */
    public void answered(String node, String inputHash, @Nullable Object answer) {
        add(new Key(node, null, inputHash), answer);
    }

    /** What happened before the run was paused. */
    public synchronized void before(List<RecordedEffect> earlier) {
        happened.addAll(0, earlier);
    }

    private synchronized void add(Key key, @Nullable Object value) {
        happened.add(new RecordedEffect(key.node(), key.tool(), key.inputHash(), value));
    }

    private synchronized Answer answer(Key key) {
        List<RecordedEffect> known = recorded.getOrDefault(key, List.of());
        int next = answered.merge(key, 1, Integer::sum) - 1;
        if (next >= known.size()) {
            String what = key.tool() == null
                    ? "the node (" + key.node() + ")"
                    : "the call of the tool (" + key.tool() + ") by the node (" + key.node() + ")";
            String have = known.isEmpty()
                    ? "there is no recorded result for its input (hash " + key.inputHash() + ")"
                    : "its input (hash " + key.inputHash() + ") was recorded " + known.size() + " times, and this is"
                            + " number " + (next + 1);
            throw new FettleException(
                    ErrorCode.EXECUTION,
                    what + " has external or unknown effects, which are replayed here and not performed, and " + have
                            + "; expected the same effects as in the recorded run. Maybe declare its effects as none"
                            + " if it has none, or record again");
        }
        return new Answer(known.get(next).result());
    }

    /** The effects that were performed or answered, in order of their end. */
    public synchronized List<RecordedEffect> happened() {
        return List.copyOf(happened);
    }
}
