package dev.fettle.api.strategy;

import dev.fettle.api.Stable;

/** How a suggestion should be put into use. */
@Stable
public enum Recommendation {
    AUTOMATIC,
    AB_TEST,
    MANUAL_REVIEW
}
