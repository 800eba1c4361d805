package dev.fettle.api.detect;

import dev.fettle.api.Stable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A detected problem with its evidence.
 *
 * @param type one of {@link BottleneckTypes}, or a plugin's own
 * @param node the node concerned; null where it is a tool or the whole workflow
 * @param tool the tool concerned; null where it is a node or the whole workflow
 * @param related further nodes that belong to the problem, in order
 * @param metric what was measured: {@code durationSeconds}, {@code successRate}, ...
 * @param value of the metric
 * @param threshold that the value crossed
 * @param advice what could be done, one sentence
 */
@Stable
public record Bottleneck(
        String type,
        Severity severity,
        @Nullable String node,
        @Nullable String tool,
        List<String> related,
        String metric,
        double value,
        double threshold,
        Evidence evidence,
        String advice) {
    public Bottleneck {
        related = List.copyOf(related);
    }
}
