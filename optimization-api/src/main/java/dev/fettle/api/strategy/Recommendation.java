package dev.fettle.api.strategy;

/** How a suggestion should be put into use. */
public enum Recommendation {
    AUTOMATIC,
    AB_TEST,
    MANUAL_REVIEW
}
