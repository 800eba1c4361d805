package dev.fettle.api.profile;

import dev.fettle.api.Stable;
import java.time.Duration;

/** Statistics of durations. All are zero where the count is. Quantiles are exact to three significant digits. */
@Stable
public record DurationSummary(
        long count, Duration total, Duration mean, Duration p50, Duration p95, Duration p99, Duration max) {
    public static final DurationSummary NONE = new DurationSummary(
            0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
