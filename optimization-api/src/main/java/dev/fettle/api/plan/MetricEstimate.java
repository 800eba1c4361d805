package dev.fettle.api.plan;

import dev.fettle.api.Evolving;

/**
 * A metric before and after a change.
 *
 * @param before of the workflow as it is; NaN where nothing was measured
 * @param after expected with the change
 * @param low and {@code high}: in 90 % of cases, as many further runs of the changed workflow as were replayed will show a
 *     value between them; NaN where nothing tells
 */
@Evolving
public record MetricEstimate(double before, double after, double low, double high, Source source) {
    /** The part saved, in (-inf, 1]; zero where there is nothing to save. */
    public double saving() {
        return before > 0 ? 1 - after / before : 0;
    }
}
