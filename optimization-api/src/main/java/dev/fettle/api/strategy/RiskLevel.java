package dev.fettle.api.strategy;

import dev.fettle.api.Stable;

/** How likely a change is to alter what the workflow does. */
@Stable
public enum RiskLevel {
    /** Same behaviour by construction or by compared outputs. */
    LOW,
    /** May differ in detail; compare before use. */
    MEDIUM,
    /** Changes behaviour; a person decides. */
    HIGH
}
