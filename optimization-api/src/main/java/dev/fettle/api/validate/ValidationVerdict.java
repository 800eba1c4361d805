package dev.fettle.api.validate;

import dev.fettle.api.Stable;

/** What validation came to. Only the first three may be applied. */
@Stable
public enum ValidationVerdict {
    /** Equivalent and clearly better. */
    APPROVE,
    /** Equivalent and better in one way; somebody agrees. */
    CONDITIONAL,
    /** Equivalent and hardly better. */
    MARGINAL,
    REJECT,
    /** Too little was measured to tell. */
    INCONCLUSIVE
}
