package dev.fettle.core.report;

import dev.fettle.api.plan.Source;

/**
 * A number as a report shows it.
 *
 * @param shown with its unit
 * @param interval as in {@code 1.8 to 2.1 s}; empty where there is none
 */
public record Quantity(String shown, String interval, Source source) {
    /** The word that stands beside the number. */
    public String label() {
        return switch (source) {
            case MEASURED -> "measured";
            case ESTIMATED -> "estimated";
            case ASSUMED -> "assumed";
        };
    }
}
