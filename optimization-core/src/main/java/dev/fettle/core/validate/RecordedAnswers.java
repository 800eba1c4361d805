package dev.fettle.core.validate;

import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.validate.WorkflowValidator.Violation;
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
public final class RecordedAnswers {
    private final Set<String> changing = new TreeSet<>();
    private final Set<String> repeated = new TreeSet<>();

    private RecordedAnswers() {}

    /** @param recording null where there is none */
    public static RecordedAnswers of(@Nullable Recording recording) {
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

    /** Whether a tool was seen to give two answers to one question. */
    boolean isChanging(String tool) {
        return changing.contains(tool);
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
    public List<Violation> violations(Workflow original, Workflow candidate) {
        List<Violation> violations = new ArrayList<>();
        for (AddedCache added : AddedCache.of(original, candidate)) {
            String node = added.node().id();
            for (String tool : added.tools()) {
                if (changing.contains(tool)) {
                    violations.add(new Violation(
                            "effects",
                            "a cache of node '" + node + "' would freeze tool '" + tool
                                    + "', which the recording shows to give two answers to one question",
                            true));
                }
            }
            String tool = added.cache().tool();
            if (tool == null) {
                violations.add(unknown(node, "a node's results are not compared here"));
            } else if (!repeated.contains(tool)) {
                violations.add(unknown(node, "no repeated question was recorded"));
            }
        }
        return violations;
    }

    private static Violation unknown(String node, String why) {
        return new Violation(
                "effects",
                "whether what the cache of node '" + node + "' keeps stays right is not known: " + why,
                false);
    }
}
