package dev.fettle.ingest.assemble;

import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Ids;
import dev.fettle.ingest.span.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace linked to a forest, as arrays by position. Positions are in pre-order: a parent comes before its
 * children, siblings are in order of start. Built without recursion, so that depth does not matter.
 */
final class SpanTree {
    private final List<Span> spans;
    private final int[] parents;
    private final boolean missingParents;

    private SpanTree(List<Span> spans, int[] parents, boolean missingParents) {
        this.spans = spans;
        this.parents = parents;
        this.missingParents = missingParents;
    }

    /**
     * Links spans with different ids. A span whose parent is not among them becomes a root.
     *
     * @throws BadSpanException where the parents form a cycle
     */
    static SpanTree of(List<Span> given) throws BadSpanException {
        List<Span> sorted = new ArrayList<>(given);
        sorted.sort(Comparator.comparingLong(Span::startNanos).thenComparing(SpanTree::end, Comparator.reverseOrder()));
        Map<String, List<Span>> children = new HashMap<>();
        Map<String, Span> byId = new HashMap<>();
        sorted.forEach(span -> byId.put(span.id(), span));
        List<Span> roots = new ArrayList<>();
        boolean missing = false;
        for (Span span : sorted) {
            String parent = span.parent();
            if (parent != null && byId.containsKey(parent)) {
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
            } else {
                roots.add(span);
                missing |= parent != null;
            }
        }
        List<Span> order = new ArrayList<>(sorted.size());
        int[] parents = new int[sorted.size()];
        List<Span> open = new ArrayList<>();
        List<Integer> openParents = new ArrayList<>();
        push(roots, -1, open, openParents);
        while (!open.isEmpty()) {
            Span span = open.remove(open.size() - 1);
            int position = order.size();
            parents[position] = openParents.remove(openParents.size() - 1);
            order.add(span);
            push(children.getOrDefault(span.id(), List.of()), position, open, openParents);
        }
        if (order.size() < sorted.size()) {
            throw new BadSpanException(cycle(sorted, order, byId));
        }
        return new SpanTree(order, parents, missing);
    }

    private static long end(Span span) {
        Long end = span.endNanos();
        return end == null ? span.startNanos() : end;
    }

    private static void push(List<Span> siblings, int parent, List<Span> open, List<Integer> parents) {
        for (int i = siblings.size() - 1; i >= 0; i--) {
            open.add(siblings.get(i));
            parents.add(parent);
        }
    }

    private static String cycle(List<Span> all, List<Span> reached, Map<String, Span> byId) {
        Map<String, Boolean> known = new HashMap<>();
        reached.forEach(span -> known.put(span.id(), true));
        Span at = all.stream()
                .filter(span -> !known.containsKey(span.id()))
                .findFirst()
                .orElseThrow();
        List<String> path = new ArrayList<>();
        Map<String, Boolean> seen = new HashMap<>();
        while (at != null && seen.put(at.id(), true) == null) {
            path.add(Ids.printable(at.id()));
            at = at.parent() == null ? null : byId.get(at.parent());
        }
        String shown = String.join(" -> ", path.subList(0, Math.min(3, path.size())));
        return "the parents of its spans form a cycle (" + shown + (path.size() > 3 ? " -> ...)" : ")")
                + "; expected every span to lead to a root";
    }

    int size() {
        return spans.size();
    }

    Span span(int position) {
        return spans.get(position);
    }

    /** The position of the parent; -1 for a root. */
    int parent(int position) {
        return parents[position];
    }

    @Nullable
    Span parentOf(int position) {
        return parents[position] < 0 ? null : spans.get(parents[position]);
    }

    /** Whether a span names a parent that is not there. */
    boolean missingParents() {
        return missingParents;
    }

    /** The first root: it starts first, and among those that start together it lasts longest. */
    Span root() {
        return spans.get(0);
    }
}
