package dev.fettle.runtime.effect;

import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.ToolSpec;

/** Where a call goes, whatever its effects are. */
public enum Locality {
    /** Nowhere: it costs and does nothing at all, so that it may always be made where nothing answers it. */
    FREE,
    /** It uses this machine. */
    LOCAL,
    /** It leaves the machine, or costs money. */
    OUTSIDE;

    public static Locality of(ToolRunner runner, ToolSpec tool) {
        return runner.isOutside(tool) ? OUTSIDE : LOCAL;
    }
}
