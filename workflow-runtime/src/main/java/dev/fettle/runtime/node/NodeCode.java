package dev.fettle.runtime.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node of one kind does. */
interface NodeCode {
    /**
     * Runs once.
     *
     * @return updates of the state; for a condition the label under {@link dev.fettle.api.execute.NodeRunner#LABEL}
     */
    Map<String, @Nullable Object> run(Attempt attempt) throws Exception;
}
