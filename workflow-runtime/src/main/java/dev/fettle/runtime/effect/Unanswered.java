package dev.fettle.runtime.effect;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.Recording;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says why a call has no recorded answer, and which recorded call comes nearest. */
final class Unanswered {
    private static final int LONGEST_INPUT = 300;
    private static final int MOST_COMPARED = 1000;

    private Unanswered() {}

    static FettleException of(OutsideCall call, Recording recording) {
        String what = call.describe()
                + (call.effects().mustKeep()
                        ? " has external or unknown effects, which are replayed here and not performed, and "
                        : " may not be made here, and ");
        List<RecordedCall> same = recording.calls(call.kind(), call.target(), call.inputHash());
        String input = call.input() == null ? "" : " (" + shown(call.input()) + ")";
        String have = same.isEmpty()
                ? "there is no recorded result for its input" + input + " (hash " + call.inputHash() + ")"
                : "its input" + input + " (hash " + call.inputHash() + ") was recorded " + same.size()
                        + (same.size() == 1 ? " time" : " times") + ", and is asked once more";
        return new FettleException(
                ErrorCode.EXECUTION,
                what + have + nearest(call, recording, same.isEmpty())
                        + "; expected the same calls as in the recorded run. Maybe "
                        + (call.effects().mustKeep()
                                ? "declare its effects as none if it has none, or record again"
                                : "allow such calls to be made, declare how they match, or record again"));
    }

    private static String nearest(OutsideCall call, Recording recording, boolean wanted) {
        List<RecordedCall> others = recording.calls(call.kind(), call.target());
        if (!wanted || others.isEmpty()) {
            return "";
        }
        RecordedCall nearest = null;
        Set<String> least = Set.of();
        for (RecordedCall other : others.subList(0, Math.min(MOST_COMPARED, others.size()))) {
            Set<String> keys = differing(call.input(), other.call().input());
            if (keys != null && (nearest == null || keys.size() < least.size())) {
                nearest = other;
                least = keys;
            }
        }
        if (nearest != null && least.isEmpty()) {
            return ". A recorded input looks the same (" + shown(nearest.call().input())
                    + "), but its hash was made of a value that the recording does not keep, such as a secret: a replay does"
                    + " not know it, so declare that the field does not count (recording.matching, ignore)";
        }
        return nearest == null
                ? ". It was recorded " + others.size() + " times with other input"
                : ". The nearest recorded input (" + shown(nearest.call().input()) + ") differs in " + least;
    }

    private static @Nullable Set<String> differing(@Nullable Object one, @Nullable Object other) {
        if (!(one instanceof Map<?, ?> first) || !(other instanceof Map<?, ?> second)) {
            return null;
        }
        Set<String> keys = new TreeSet<>();
        first.keySet().forEach(key -> keys.add(String.valueOf(key)));
        second.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.removeIf(key -> text(first.get(key)).equals(text(second.get(key))));
        return keys;
    }

    private static String text(@Nullable Object value) {
        try {
            return CanonicalJson.text(value);
        } catch (NotJsonException e) {
            return String.valueOf(value);
        }
    }

    private static String shown(@Nullable Object value) {
        String text = text(value);
        return text.length() > LONGEST_INPUT ? text.substring(0, LONGEST_INPUT) + "..." : text;
    }
}
