package dev.fettle.runtime.settings;

/** What a human node does in a run that nobody attends. */
public enum Unattended {
    /** It fails. */
    REFUSE,
    /** It takes the answer from its parameter {@code default}, and fails without one. */
    DEFAULT,
    /** It takes the answer that a person gave when the effects of the run were recorded, and fails without one. */
    RECORDED
}
