package dev.fettle.api.detect;

/** How much a bottleneck matters. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
