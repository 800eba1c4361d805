package dev.fettle.api.workflow;

import dev.fettle.api.Stable;
import java.util.Locale;

/** The kinds of node. */
@Stable
public enum NodeKind {
    AGENT,
    TOOL,
    FUNCTION,
    COMMAND,
    CONDITION,
    HUMAN,
    PARALLEL,
    TEAM,
    SUB_WORKFLOW;

    /** The word used in definitions: {@code agent}, {@code sub-workflow}, ... */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
