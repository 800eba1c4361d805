package dev.fettle.api.detect;

import dev.fettle.api.Stable;

/** How much a bottleneck matters. */
@Stable
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
