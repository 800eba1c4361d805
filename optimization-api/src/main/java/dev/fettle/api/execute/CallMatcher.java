package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.util.List;
import java.util.OptionalInt;

/** Finds a recorded call that answers one that was not recorded exactly so. */
@Evolving
@FunctionalInterface
public interface CallMatcher {
    /**
     * The recorded call that answers; empty where none does, or where this matcher is not for such calls.
     *
     * @param candidates calls of the same tool, model or node that have answered nothing yet, in recorded order
     * @return an index into the candidates
     */
    OptionalInt match(OutsideCall call, List<RecordedCall> candidates);
}
