package dev.fettle.ingest.assemble;

import dev.fettle.api.trace.TokenUsage;
import dev.fettle.ingest.span.Span;
import dev.fettle.ingest.span.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which spans of a trace count as model calls, and with which tokens, so that every token counts once.
 *
 * <ol>
 *   <li>Of nested model spans (a framework's around a client's) the innermost that record tokens count. Where only the
 *       outer one records tokens, it counts alone, and where none does, the innermost count.
 *   <li>One call seen by two instrumentations that do not nest: a model span counts as the other's twin where their
 *       instrumentations differ, it lies within the other's time, their models agree, and their tokens are equal or only
 *       one records them. The outer one counts, with the tokens and the model of the inner one where it has them.
 *   <li>An agent's or chain's own usage counts only where no model span below it records tokens, and only with what
 *       exceeds the usage counted below it.
 * </ol>
 */
final class ModelSpans {
    /** Pairing twins is quadratic in the calls that run at once; traces with more model spans than this are not paired. */
    private static final int MAX_TWIN_CANDIDATES = 5_000;

    private final SpanTree tree;
    private final boolean[] counts;
    private final boolean[] modelBelow;
    private final boolean[] usageBelow;
    private final @Nullable Span[] twins;
    private final @Nullable TokenUsage[] usage;

    ModelSpans(SpanTree tree) {
        this.tree = tree;
        int size = tree.size();
        counts = new boolean[size];
        modelBelow = new boolean[size];
        usageBelow = new boolean[size];
        twins = new Span[size];
        usage = new TokenUsage[size];
        below();
        nested();
        twins();
        ownUsage();
    }

    private void below() {
        for (int i = tree.size() - 1; i > 0; i--) {
            int parent = tree.parent(i);
            if (parent >= 0) {
                boolean model = tree.span(i).kind().isModel();
                modelBelow[parent] |= modelBelow[i] || model;
                usageBelow[parent] |= usageBelow[i] || (model && recordsUsage(tree.span(i)));
            }
        }
    }

    private static boolean recordsUsage(Span span) {
        TokenUsage tokens = span.usage();
        return tokens != null && tokens.total() > 0;
    }

    private void nested() {
        boolean[] covered = new boolean[tree.size()];
        for (int i = 0; i < tree.size(); i++) {
            int parent = tree.parent(i);
            covered[i] = parent >= 0 && covered[parent];
            if (!tree.span(i).kind().isModel() || covered[i]) {
                continue;
            }
            counts[i] = !modelBelow[i] || (recordsUsage(tree.span(i)) && !usageBelow[i]);
            covered[i] = counts[i];
            if (counts[i]) {
                usage[i] = tree.span(i).usage();
            }
        }
    }

    private void twins() {
        List<Integer> candidates = new ArrayList<>();
        boolean several = false;
        String scope = null;
        for (int i = 0; i < tree.size(); i++) {
            Span span = tree.span(i);
            if (counts[i] && span.kind() == SpanKind.MODEL && span.scope() != null && span.endNanos() != null) {
                several |= scope != null && !scope.equals(span.scope());
                scope = span.scope();
                candidates.add(i);
            }
        }
        if (!several || candidates.size() > MAX_TWIN_CANDIDATES) {
            return;
        }
        candidates.sort(Comparator.comparingLong(i -> tree.span(i).startNanos()));
        for (int a = 0; a < candidates.size(); a++) {
            int inner = candidates.get(a);
            int best = -1;
            for (int outer : candidates) {
                if (tree.span(outer).startNanos() > tree.span(inner).startNanos()) {
                    break;
                }
                if (twins[outer] == null
                        && counts[outer]
                        && contains(outer, inner)
                        && (best < 0 || length(outer) < length(best))) {
                    best = outer;
                }
            }
            if (best >= 0) {
                twins[best] = tree.span(inner);
                counts[inner] = false;
                if (!recordsUsage(tree.span(best))) {
                    usage[best] = tree.span(inner).usage();
                }
            }
        }
    }

    private long length(int position) {
        Span span = tree.span(position);
        Long end = span.endNanos();
        return end == null ? 0 : end - span.startNanos();
    }

    private boolean contains(int outerPosition, int innerPosition) {
        Span outer = tree.span(outerPosition);
        Span inner = tree.span(innerPosition);
        Long outerEnd = outer.endNanos();
        Long innerEnd = inner.endNanos();
        if (outerPosition == innerPosition
                || outerEnd == null
                || innerEnd == null
                || outer.scope() == null
                || outer.scope().equals(inner.scope())
                || innerEnd > outerEnd
                || length(outerPosition) == length(innerPosition)) {
            return false;
        }
        return sameModel(outer.model(), inner.model())
                && (!recordsUsage(outer) || !recordsUsage(inner) || sameUsage(outer.usage(), inner.usage()));
    }

    private static boolean sameModel(@Nullable String a, @Nullable String b) {
        return a == null || b == null || a.startsWith(b) || b.startsWith(a);
    }

    private static boolean sameUsage(@Nullable TokenUsage a, @Nullable TokenUsage b) {
        return a != null && b != null && a.input() == b.input() && a.output() == b.output();
    }

    private void ownUsage() {
        long[] inputBelow = new long[tree.size()];
        long[] outputBelow = new long[tree.size()];
        long[] cachedBelow = new long[tree.size()];
        for (int i = tree.size() - 1; i >= 0; i--) {
            Span span = tree.span(i);
            TokenUsage own = span.usage();
            if (!span.kind().isModel() && own != null && recordsUsage(span) && !usageBelow[i]) {
                TokenUsage rest = new TokenUsage(
                        Math.max(0, own.input() - inputBelow[i]),
                        Math.max(0, own.output() - outputBelow[i]),
                        Math.max(0, own.cachedInput() - cachedBelow[i]));
                if (rest.total() > 0) {
                    usage[i] = rest;
                    counts[i] = true;
                }
            }
            int parent = tree.parent(i);
            if (parent >= 0) {
                TokenUsage counted = counts[i] && !span.kind().isModel() ? usage[i] : null;
                inputBelow[parent] += inputBelow[i] + (counted == null ? 0 : counted.input());
                outputBelow[parent] += outputBelow[i] + (counted == null ? 0 : counted.output());
                cachedBelow[parent] += cachedBelow[i] + (counted == null ? 0 : counted.cachedInput());
            }
        }
    }

    /** Whether the span at a position counts as a call. */
    boolean counts(int position) {
        return counts[position];
    }

    TokenUsage usage(int position) {
        TokenUsage counted = usage[position];
        return counted == null ? TokenUsage.NONE : counted;
    }

    /** The same call as another instrumentation saw it; null where there is none. */
    @Nullable
    Span twin(int position) {
        return twins[position];
    }

    /** Whether a model span lies below the span. */
    boolean modelBelow(int position) {
        return modelBelow[position];
    }
}
