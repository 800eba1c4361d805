package dev.fettle.api.execute;

import java.util.List;

/** What happens to nodes and tools whose effects are external or unknown. */
public sealed interface EffectPolicy {
    /** They are run. */
    record Perform() implements EffectPolicy {}

    /**
     * They are not run: each is answered with the recorded result for the same input, and the run fails where there is
     * none.
     */
    record Replay(List<RecordedEffect> recorded) implements EffectPolicy {
        public Replay {
            recorded = List.copyOf(recorded);
        }
    }
}
