package dev.fettle.core.detect;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a bottleneck from its parts. */
final class Found {
    private final String type;
    private final Severity severity;
    private @Nullable String node;
    private @Nullable String tool;
    private List<String> related = List.of();
    private String metric = "";
    private double value;
    private double threshold;
    private double low;
    private double high;

    private Found(String type, Severity severity) {
        this.type = type;
        this.severity = severity;
    }

    static Found of(String type, Severity severity) {
        return new Found(type, severity);
    }

    Found node(@Nullable String id) {
        node = id;
        return this;
    }

    Found tool(@Nullable String name) {
        tool = name;
        return this;
    }

    Found related(List<String> nodes) {
        related = nodes;
        return this;
    }

    Found metric(String name, Interval measured, double crossed) {
        metric = name;
        value = measured.value();
        low = measured.low();
        high = measured.high();
        threshold = crossed;
        return this;
    }

    Bottleneck because(String text, long count, long runs, String advice) {
        return new Bottleneck(
                type,
                severity,
                node,
                tool,
                related,
                metric,
                value,
                threshold,
                new Evidence(text, count, runs, low, high),
                advice);
    }
}
