package dev.fettle.api.validate;

/** What validation came to. Only the first three may be applied. */
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
