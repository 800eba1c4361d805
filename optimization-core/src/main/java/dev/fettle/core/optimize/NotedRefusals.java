package dev.fettle.core.optimize;

import dev.fettle.api.strategy.Refusals;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps what a strategy says of one call. */
final class NotedRefusals implements Refusals {
    private final Map<String, Set<String>> byCondition = new LinkedHashMap<>();

    @Override
    public void refused(String candidate, String condition) {
        byCondition.computeIfAbsent(condition, first -> new LinkedHashSet<>()).add(candidate);
    }

    /** What stopped most comes first. */
    List<StoppedBy> conditions() {
        return byCondition.entrySet().stream()
                .map(one -> new StoppedBy(one.getKey(), List.copyOf(one.getValue())))
                .sorted((one, other) -> Integer.compare(
                        other.candidates().size(), one.candidates().size()))
                .toList();
    }
}
