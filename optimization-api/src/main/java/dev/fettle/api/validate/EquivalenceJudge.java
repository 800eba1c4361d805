package dev.fettle.api.validate;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;
import java.util.Map;

/** Compares outputs of two runs on the same input. Registered with {@code @AutoService(EquivalenceJudge.class)}. */
@Stable
public interface EquivalenceJudge extends Plugin {
    /**
     * @param original and {@code candidate}: final state keys, JSON values
     * @param settings the judge's own
     */
    Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings);
}
