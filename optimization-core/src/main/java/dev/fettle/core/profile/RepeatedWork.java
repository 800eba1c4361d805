package dev.fettle.core.profile;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds, within one trace, work that was done before on the same input. */
final class RepeatedWork {
    private RepeatedWork() {}

    /** Counts the tool calls of the trace, with their repetitions and pairs of results. */
    static void tools(ExecutionTrace trace, BoundedMap<ToolStatistics> tools) {
        List<ToolCall> calls = new ArrayList<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            calls.addAll(occurrence.toolCalls());
        }
        if (calls.isEmpty()) {
            return;
        }
        calls.sort(Comparator.comparing(ToolCall::start));
        Map<Question, Answers> answers = new HashMap<>();
        for (ToolCall call : calls) {
            ToolStatistics statistics = tools.at(call.tool());
            statistics.add(call);
            if (call.argumentHash() != null) {
                Question question = new Question(call.tool(), call.argumentHash());
                Answers earlier = answers.get(question);
                if (earlier == null) {
                    earlier = new Answers();
                    answers.put(question, earlier);
                } else {
                    String result = call.resultHash();
                    statistics.repeated(result != null && result.equals(earlier.latest));
                }
                earlier.add(call);
            }
        }
        answers.forEach((question, given) -> {
            if (given.first != null && given.last != null) {
                tools.at(question.tool())
                        .determinism()
                        .add(
                                question.tool() + '\0' + question.argumentHash(),
                                trace,
                                given.first,
                                given.last,
                                given.pairs,
                                given.equal);
            }
        });
    }

    private record Question(String tool, String argumentHash) {}

    /** The results of one run for one question, in order of time. */
    private static final class Answers {
        private @Nullable String latest;
        private @Nullable String first;
        private @Nullable String last;
        private long pairs;
        private long equal;

        private void add(ToolCall call) {
            String result = call.resultHash();
            if (result == null) {
                return;
            }
            latest = result;
            // what a cache answers says nothing about the tool, and neither does a call that was stopped
            if (Boolean.TRUE.equals(call.cached()) || call.status() == Status.CANCELLED) {
                return;
            }
            if (first == null) {
                first = result;
            } else {
                pairs++;
                if (result.equals(last)) {
                    equal++;
                }
            }
            last = result;
        }
    }

    /** Counts occurrences whose recorded reads equal those of an earlier occurrence of the node in the trace. */
    static void nodes(TraceTree tree, BoundedMap<NodeStatistics> nodes) {
        Map<Input, Map<String, String>> outputs = new HashMap<>();
        for (int i = 0; i < tree.size(); i++) {
            NodeOccurrence occurrence = tree.occurrence(i);
            if (!occurrence.readHashes().isEmpty()) {
                Input input = new Input(occurrence.node(), occurrence.readHashes());
                Map<String, String> earlier = outputs.put(input, occurrence.writeHashes());
                if (earlier != null) {
                    nodes.at(occurrence.node())
                            .repeated(!earlier.isEmpty() && earlier.equals(occurrence.writeHashes()));
                }
            }
        }
    }

    private record Input(String node, Map<String, String> reads) {}
}
