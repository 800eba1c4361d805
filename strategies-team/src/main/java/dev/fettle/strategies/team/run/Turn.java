package dev.fettle.strategies.team.run;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a member of a team.
 *
 * @param start seconds since the start of the trace
 * @param toolCalls and {@code modelCalls}: of the turn with all that ran inside it
 */
public record Turn(
        String member,
        double start,
        double seconds,
        Status status,
        List<ToolCall> toolCalls,
        List<ModelCall> modelCalls) {
    public Turn {
        toolCalls = List.copyOf(toolCalls);
        modelCalls = List.copyOf(modelCalls);
    }

    static Turn of(String member, NodeOccurrence occurrence, List<NodeOccurrence> inside) {
        return new Turn(
                member,
                Seconds.of(occurrence.start()),
                Seconds.of(occurrence.duration()),
                occurrence.status(),
                inside.stream().flatMap(one -> one.toolCalls().stream()).toList(),
                inside.stream().flatMap(one -> one.modelCalls().stream()).toList());
    }

    public double end() {
        return start + seconds;
    }

    public TokenUsage tokens() {
        return modelCalls.stream().map(ModelCall::tokens).reduce(TokenUsage.NONE, TokenUsage::plus);
    }

    /** Hash of what the member said at the end; null where that is not recorded. */
    public @Nullable String answer() {
        return modelCalls.isEmpty()
                ? null
                : modelCalls.get(modelCalls.size() - 1).outputHash();
    }

    /** Tokens of what the member said at the end, which others may be told. */
    public long answerTokens() {
        return modelCalls.isEmpty()
                ? 0
                : modelCalls.get(modelCalls.size() - 1).tokens().output();
    }

    /** Tool calls without those that repeat one with equal arguments; calls with unknown arguments all count. */
    public long distinctToolCalls() {
        Set<List<String>> seen = new HashSet<>();
        long distinct = 0;
        for (ToolCall call : toolCalls) {
            String arguments = call.argumentHash();
            distinct += arguments == null || seen.add(List.of(call.tool(), arguments)) ? 1 : 0;
        }
        return distinct;
    }

    /** Whether nothing was done in the turn that is recorded. */
    public boolean empty() {
        return toolCalls.isEmpty()
                && modelCalls.stream().allMatch(call -> call.tokens().output() == 0);
    }
}
