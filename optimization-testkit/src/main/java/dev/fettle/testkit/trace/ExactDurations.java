package dev.fettle.testkit.trace;

import dev.fettle.api.profile.DurationSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Statistics of a list of durations, computed from all of them. */
final class ExactDurations {
    private final List<Duration> values = new ArrayList<>();

    void add(Duration value) {
        values.add(value);
    }

    DurationSummary summary() {
        if (values.isEmpty()) {
            return DurationSummary.NONE;
        }
        List<Duration> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        Duration total = sorted.stream().reduce(Duration.ZERO, Duration::plus);
        return new DurationSummary(
                sorted.size(),
                total,
                total.dividedBy(sorted.size()),
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99),
                sorted.get(sorted.size() - 1));
    }

    /** The smallest value that at least this part of the values does not exceed. */
    private static Duration quantile(List<Duration> sorted, double q) {
        int rank = (int) Math.ceil(q * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
