package dev.fettle.core.record;

import dev.fettle.api.execute.CallMatcher;
import java.util.OptionalInt;

/** Matchers that need nothing of their own. */
final class Matchers {
    private Matchers() {}

    /** The next call of the target, whatever it asks. */
    static CallMatcher inOrder(String target) {
        return (call, candidates) ->
                call.target().equals(target) && !candidates.isEmpty() ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
