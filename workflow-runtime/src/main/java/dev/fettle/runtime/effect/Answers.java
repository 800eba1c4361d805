package dev.fettle.runtime.effect;

import dev.fettle.api.execute.CallMatcher;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one replay. A recorded call answers once, in recorded order; first those of the recorded run on the same input,
 * and among them those of the same node. What has no effects and was asked more often than it was recorded gets its last
 * answer again. Not safe for use by several threads.
 */
final class Answers {
    private final Recording recording;
    private final List<CallMatcher> matchers;
    private final @Nullable List<RecordedCall> own;
    private final Map<Key, List<RecordedCall>> ownByInput = new HashMap<>();
    private final Set<RecordedCall> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Key, RecordedCall> last = new HashMap<>();

    private record Key(OutsideCall.Kind kind, String target, String inputHash) {
        static Key of(OutsideCall call) {
            return new Key(call.kind(), call.target(), call.inputHash());
        }
    }

    Answers(EffectPolicy.Replay replay, String runInput) {
        recording = replay.recording();
        matchers = replay.rules().matchers();
        own = recording.run(runInput, replay.turn()).map(RecordedRun::calls).orElse(null);
        if (own != null) {
            own.forEach(recorded -> ownByInput
                    .computeIfAbsent(Key.of(recorded.call()), key -> new ArrayList<>())
                    .add(recorded));
        }
    }

    Recording recording() {
        return recording;
    }

    /** The recorded call that answers; null where none does. */
    @Nullable
    RecordedCall take(OutsideCall call) {
        Key key = Key.of(call);
        List<RecordedCall> mine = ownByInput.getOrDefault(key, List.of());
        RecordedCall found = unused(mine, call.node());
        if (found == null && mine.isEmpty()) {
            found = unused(recording.calls(call.kind(), call.target(), call.inputHash()), call.node());
        }
        if (found == null && !call.effects().mustKeep()) {
            found = last.get(key);
        }
        if (found == null && !last.containsKey(key)) {
            found = matched(call);
        }
        if (found != null) {
            used.add(found);
            last.put(key, found);
        }
        return found;
    }

    private @Nullable RecordedCall unused(List<RecordedCall> calls, String node) {
        RecordedCall other = null;
        for (RecordedCall recorded : calls) {
            if (!used.contains(recorded)) {
                if (recorded.call().node().equals(node)) {
                    return recorded;
                }
                other = other == null ? recorded : other;
            }
        }
        return other;
    }

    private @Nullable RecordedCall matched(OutsideCall call) {
        if (matchers.isEmpty()) {
            return null;
        }
        List<RecordedCall> calls = own == null ? recording.calls(call.kind(), call.target()) : own;
        List<RecordedCall> candidates = calls.stream()
                .filter(recorded -> recorded.call().kind() == call.kind()
                        && recorded.call().target().equals(call.target())
                        && !used.contains(recorded))
                .toList();
        for (CallMatcher matcher : matchers) {
            OptionalInt index = matcher.match(call, candidates);
            if (index.isPresent()) {
                return candidates.get(index.getAsInt());
            }
        }
        return null;
    }
}
