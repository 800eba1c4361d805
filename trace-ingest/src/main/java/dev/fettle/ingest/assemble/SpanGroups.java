package dev.fettle.ingest.assemble;

import dev.fettle.api.ingest.TraceSink;
import dev.fettle.ingest.span.BadSpanException;
import dev.fettle.ingest.span.Ids;
import dev.fettle.ingest.span.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects spans by trace and hands on each trace once its spans are there. Which span is a trace's last is nowhere
 * recorded: a trace is handed on when it looks complete and has been idle, when the limits force it, or at the end.
 *
 * <p>Spans that come for a trace after it was handed on form a second trace of the same id, which whoever takes the
 * traces can tell by that.
 */
public final class SpanGroups {
    private final ReadLimits limits;
    private final String source;
    private final TraceSink sink;
    private final TraceAssembler assembler = new TraceAssembler();
    private final Map<String, Group> open = new LinkedHashMap<>(64, 0.75f, true);
    private int openSpans;
    private long seen;
    private boolean limitTold;

    private static final class Group {
        final Map<String, Span> spans = new LinkedHashMap<>();

        @Nullable
        String reason;

        long repeated;
        long last;
        boolean cut;
        boolean waits;
    }

    public SpanGroups(ReadLimits limits, String source, TraceSink sink) {
        this.limits = limits;
        this.source = source;
        this.sink = sink;
    }

    /** Adds a span of a trace. Of spans with the same id the first counts. */
    public void add(String trace, Span span) {
        Group group = touch(trace);
        if (group.reason != null) {
            return;
        }
        if (group.spans.putIfAbsent(span.id(), span) != null) {
            group.repeated++;
            return;
        }
        openSpans++;
        if (group.spans.size() > limits.maxOpenSpans()) {
            refuse(
                    trace,
                    "it has more than maxOpenSpans (" + limits.maxOpenSpans() + ") spans; maybe raise maxOpenSpans");
        }
        handOnDone();
    }

    /** Refuses a whole trace; the first reason counts. */
    public void refuse(String trace, String reason) {
        Group group = touch(trace);
        if (group.reason == null) {
            group.reason = reason;
            openSpans -= group.spans.size();
            group.spans.clear();
        }
        handOnDone();
    }

    private Group touch(String trace) {
        Group group = open.computeIfAbsent(trace, id -> new Group());
        group.last = ++seen;
        group.waits = false;
        return group;
    }

    /** Something could not be read: every open trace may lack spans. */
    public void cut() {
        open.values().forEach(group -> group.cut = true);
    }

    /** Hands on one trace, if it is open. */
    public void close(String trace) {
        Group group = open.remove(trace);
        if (group != null) {
            handOn(trace, group);
        }
    }

    /** Hands on all traces. */
    public void closeAll() {
        Iterator<Map.Entry<String, Group>> all = open.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Group> entry = all.next();
            all.remove();
            handOn(entry.getKey(), entry.getValue());
        }
    }

    int openSpans() {
        return openSpans;
    }

    private void handOnDone() {
        while (!open.isEmpty()) {
            Map.Entry<String, Group> eldest = open.entrySet().iterator().next();
            Group group = eldest.getValue();
            boolean forced = openSpans > limits.maxOpenSpans() || open.size() > limits.maxOpenTraces();
            if (!forced && (group.waits || seen - group.last < limits.idleSpans())) {
                return;
            }
            group.waits = group.reason == null && !looksComplete(group);
            if (group.waits && !forced) {
                return;
            }
            if (group.waits && !limitTold) {
                limitTold = true;
                sink.reject(
                        place(eldest.getKey()),
                        "a limit was reached while parent spans were still missing, and the trace counts as incomplete"
                                + " (maxOpenTraces " + limits.maxOpenTraces() + ", maxOpenSpans "
                                + limits.maxOpenSpans() + "); maybe raise them. Told once for this source");
            }
            open.remove(eldest.getKey());
            handOn(eldest.getKey(), group);
        }
    }

    private static boolean looksComplete(Group group) {
        for (Span span : group.spans.values()) {
            if (span.parent() != null && !group.spans.containsKey(span.parent())) {
                return false;
            }
        }
        return true;
    }

    private void handOn(String trace, Group group) {
        openSpans -= group.spans.size();
        if (group.reason != null) {
            sink.reject(place(trace), group.reason);
            return;
        }
        if (group.repeated > 0) {
            sink.reject(
                    place(trace),
                    "(" + group.repeated
                            + ") spans came with an id that the trace has already; the first of each counts");
        }
        List<Span> spans = new ArrayList<>(group.spans.values());
        try {
            sink.accept(assembler.assemble(trace, spans, !group.cut));
        } catch (BadSpanException cycle) {
            sink.reject(place(trace), cycle.reason());
        }
    }

    private String place(String trace) {
        return source + ", trace " + Ids.printable(trace);
    }
}
