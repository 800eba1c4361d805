package dev.fettle.core.record;

import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.CallMatcher;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The first call that asks the same but for some fields. Inputs are compared as a recording keeps them, so redacted. */
final class IgnoredFields implements CallMatcher {
    private final String target;
    private final Set<String> ignored;
    private final UnaryOperator<@Nullable Object> redaction;

    IgnoredFields(String target, Set<String> ignored, UnaryOperator<@Nullable Object> redaction) {
        this.target = target;
        this.ignored = ignored;
        this.redaction = redaction;
    }

    @Override
    public OptionalInt match(OutsideCall call, List<RecordedCall> candidates) {
        String asked = call.target().equals(target) ? rest(call.input()) : null;
        if (asked != null) {
            for (int i = 0; i < candidates.size(); i++) {
                if (asked.equals(rest(candidates.get(i).call().input()))) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    private @Nullable String rest(@Nullable Object input) {
        if (!(redaction.apply(input) instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, @Nullable Object> rest = new TreeMap<>();
        map.forEach((key, value) -> {
            if (!ignored.contains(String.valueOf(key))) {
                rest.put(String.valueOf(key), value);
            }
        });
        try {
            return CanonicalJson.text(rest);
        } catch (NotJsonException e) {
            return null;
        }
    }
}
