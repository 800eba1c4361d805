package dev.fettle.benchmarks.independence;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The pairs of recorded spans that suggestions would let run at the same time. */
final class SuggestedPairs {
    private final ExecutionTrace run;
    private final List<RawSpan> spans;
    private final Set<Pair> pairs = new LinkedHashSet<>();

    /** Two spans of one trace, the second recorded after the first had ended. */
    record Pair(RawSpan earlier, RawSpan later) {}

    /**
     * For one run.
     *
     * @param spans of the same trace
     */
    SuggestedPairs(ExecutionTrace run, List<RawSpan> spans) {
        this.run = run;
        this.spans = spans;
    }

    /** All calls of tools and agents in the trace that followed one another within one agent. */
    static List<Pair> sequential(List<RawSpan> spans) {
        List<RawSpan> calls = spans.stream()
                .filter(span -> span.kind().equals("TOOL") || span.kind().equals("AGENT"))
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (RawSpan earlier : calls) {
            for (RawSpan later : calls) {
                if (earlier.within().equals(later.within()) && follows(earlier, later)) {
                    pairs.add(new Pair(earlier, later));
                }
            }
        }
        return pairs;
    }

    /** More pairs than the suggestion speaks of, if anything: none of them may need the other. */
    Set<Pair> of(Suggestion suggestion) {
        pairs.clear();
        for (WorkflowChange change : suggestion.changes()) {
            if (change instanceof Parallelize block) {
                for (String first : block.nodes()) {
                    for (String second : block.nodes()) {
                        if (!first.equals(second)) {
                            add(spansOf(first, span -> true), spansOf(second, span -> true));
                        }
                    }
                }
            } else if (change instanceof AddPolicies added) {
                var batch = added.policies().batch();
                if (batch != null) {
                    List<RawSpan> calls =
                            spansOf(added.node(), span -> batch.tool().equals(span.tool()));
                    add(calls, calls);
                }
                var speculation = added.policies().speculation();
                if (speculation != null) {
                    speculation
                            .nodes()
                            .forEach(node -> add(spansOf(added.node(), span -> true), spansOf(node, span -> true)));
                }
            }
        }
        return Set.copyOf(pairs);
    }

    private void add(List<RawSpan> first, List<RawSpan> second) {
        for (RawSpan earlier : first) {
            for (RawSpan later : second) {
                if (earlier.within().equals(later.within()) && follows(earlier, later)) {
                    pairs.add(new Pair(earlier, later));
                }
            }
        }
    }

    private List<RawSpan> spansOf(String node, Predicate<RawSpan> wanted) {
        List<String> ids = run.occurrences().stream()
                .filter(occurrence -> occurrence.node().equals(node))
                .map(NodeOccurrence::id)
                .toList();
        return spans.stream()
                .filter(wanted)
                .filter(span -> ids.stream().anyMatch(span::isInside))
                .toList();
    }

    private static boolean follows(RawSpan earlier, RawSpan later) {
        return !earlier.id().equals(later.id()) && !later.start().isBefore(earlier.end());
    }
}
