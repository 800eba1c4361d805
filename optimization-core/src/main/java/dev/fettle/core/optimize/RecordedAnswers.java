package dev.fettle.core.optimize;

import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a recording shows that what a cache would keep changes: the same question answered otherwise. Without evidence of
 * either, a cache is for a person to judge.
 */
final class RecordedAnswers {
    private final Set<String> changing = new TreeSet<>();
    private final Set<String> repeated = new TreeSet<>();

    private RecordedAnswers() {}

    /** @param recording null where there is none */
    static RecordedAnswers of(@Nullable Recording recording) {
        RecordedAnswers answers = new RecordedAnswers();
        if (recording == null) {
            return answers;
        }
        Map<String, @Nullable Object> tools = new HashMap<>();
        Map<String, @Nullable Object> inside = new HashMap<>();
        for (RecordedRun run : recording.runs()) {
            for (RecordedCall call : run.calls()) {
                if (call.call().kind() == OutsideCall.Kind.TOOL && !call.failed()) {
                    answers.add(call.call().target(), call.call().inputHash(), call.result(), tools);
                }
                for (ToolCall tool : call.toolCalls()) {
                    if (tool.argumentHash() != null && tool.resultHash() != null) {
                        answers.add(tool.tool(), tool.argumentHash(), tool.resultHash(), inside);
                    }
                }
            }
        }
        return answers;
    }

    private void add(String tool, String question, @Nullable Object answer, Map<String, @Nullable Object> answers) {
        String key = tool + " " + question;
        if (!answers.containsKey(key)) {
            answers.put(key, answer);
            return;
        }
        repeated.add(tool);
        if (!Objects.equals(answers.get(key), answer)) {
            changing.add(tool);
        }
    }

    /** What is wrong with the caches that only the candidate has. */
    List<Violation> violations(Workflow original, Workflow candidate) {
        List<Violation> violations = new ArrayList<>();
        for (Node node : candidate.allNodes()) {
            Policies.Cache cache = node.policies().cache();
            Policies.Cache before = original.node(node.id())
                    .map(Node::policies)
                    .orElse(Policies.NONE)
                    .cache();
            if (cache == null || cache.equals(before)) {
                continue;
            }
            Set<String> tools = cache.tool() == null ? node.answeringTools() : Set.of(cache.tool());
            for (String tool : tools) {
                if (changing.contains(tool)) {
                    violations.add(new Violation(
                            "effects",
                            "a cache of node '" + node.id() + "' would freeze tool '" + tool
                                    + "', which the recording shows to give two answers to one question",
                            true));
                }
            }
            if (cache.tool() == null || !repeated.contains(cache.tool())) {
                violations.add(new Violation(
                        "effects",
                        "whether what the cache of node '" + node.id() + "' keeps stays right is not known: "
                                + (cache.tool() == null ? "a node's results" : "no repeated question")
                                + (cache.tool() == null ? " are not compared here" : " was recorded"),
                        false));
            }
        }
        return violations;
    }
}
