package dev.fettle.core.optimize;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.evidence.Figures;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Says what evidence there is on nodes and tools, so that a person sees which of it a rule misses. */
final class KnownFacts {
    private final Workflow workflow;
    private final PerformanceProfile profile;

    KnownFacts(Analysis analysis) {
        this.workflow = analysis.workflow();
        this.profile = analysis.profile();
    }

    /** One sentence for each node and each tool that the bottlenecks name, in their order. */
    List<String> of(List<Bottleneck> bottlenecks) {
        Set<String> facts = new LinkedHashSet<>();
        for (Bottleneck bottleneck : bottlenecks) {
            if (bottleneck.node() != null) {
                facts.add(node(bottleneck.node()));
            }
            bottleneck.related().stream().filter(this::isKnown).forEach(related -> facts.add(node(related)));
            if (bottleneck.tool() != null) {
                facts.add(tool(bottleneck.tool()));
            }
        }
        return List.copyOf(facts);
    }

    /** What is related to a bottleneck may also be a member of a team, of which the node itself tells. */
    private boolean isKnown(String id) {
        return workflow.node(id).isPresent() || profile.nodes().containsKey(id);
    }

    private String node(String id) {
        Node node = workflow.node(id).orElse(null);
        NodeProfile seen = profile.nodes().get(id);
        List<String> parts = new ArrayList<>();
        parts.add(
                seen == null
                        ? "in no run"
                        : Figures.count(seen.occurrences(), "occurrence") + " in " + Figures.count(seen.runs(), "run"));
        if (seen != null && seen.success().trials() > 0) {
            parts.add("success in " + Figures.rate(seen.success()));
        }
        if (node == null) {
            parts.add("not in the definition");
        } else {
            parts.add(
                    node.state().known()
                            ? "reads " + node.state().reads() + " and writes "
                                    + node.state().writes()
                            : "state not declared");
            parts.add("effects, those of its tools included: " + name(workflow.effectsOf(node)));
        }
        List<NodeOccurrence> recorded = profile.sample().stream()
                .flatMap(trace -> trace.occurrences().stream())
                .filter(one -> one.node().equals(id))
                .toList();
        if (!recorded.isEmpty()) {
            parts.add("outputs recorded in "
                    + part(recorded, one -> !one.writeHashes().isEmpty()));
        }
        calls(recorded.stream().flatMap(one -> one.toolCalls().stream()).toList(), parts);
        models(recorded.stream().flatMap(one -> one.modelCalls().stream()).toList(), parts);
        return "'" + id + "': " + String.join("; ", parts);
    }

    private String tool(String name) {
        ToolSpec declared = workflow.tool(name).orElse(null);
        ToolProfile seen = profile.tools().get(name);
        List<String> parts = new ArrayList<>();
        parts.add(seen == null ? "no calls" : Figures.count(seen.calls(), "call"));
        if (seen != null && seen.determinism().trials() > 0) {
            parts.add("same arguments gave the same result in " + Figures.rate(seen.determinism()));
        }
        parts.add(
                declared == null
                        ? "not in the definition"
                        : "effects " + name(declared.effects()) + ", capabilities " + declared.capabilities()
                                + ", price " + (declared.usdPerCall() == null ? "not" : "is") + " declared");
        calls(
                profile.sample().stream()
                        .flatMap(trace -> trace.occurrences().stream())
                        .flatMap(one -> one.toolCalls().stream())
                        .filter(call -> call.tool().equals(name))
                        .toList(),
                parts);
        return "tool '" + name + "': " + String.join("; ", parts);
    }

    private static void calls(List<ToolCall> calls, List<String> parts) {
        if (!calls.isEmpty()) {
            parts.add("arguments recorded in " + part(calls, call -> call.argumentHash() != null)
                    + " tool calls, results in " + part(calls, call -> call.resultHash() != null));
        }
    }

    private static void models(List<ModelCall> calls, List<String> parts) {
        if (!calls.isEmpty()) {
            parts.add("of its model calls, the model is recorded in " + part(calls, call -> call.model() != null)
                    + ", the input in " + part(calls, call -> call.inputHash() != null)
                    + ", the output in " + part(calls, call -> call.outputHash() != null)
                    + ", tokens in " + part(calls, call -> call.tokens().total() > 0));
        }
    }

    private static <T> String part(List<T> all, Predicate<T> recorded) {
        return all.stream().filter(recorded).count() + " of " + all.size();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
