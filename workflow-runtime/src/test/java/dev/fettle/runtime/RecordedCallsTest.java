package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RecordedCallsTest {
    private static final ToolSpec LIST =
            new ToolSpec("list", "", Set.of(), "list", Effects.NONE, Map.of(), null, false, Map.of());

    private static Node node(String id, List<String> reads, String writes) {
        return Node.builder(id, new NodeBody.Function(id))
                .state(reads, List.of(writes))
                .tools(Map.of("list", "list"))
                .effects(Effects.NONE)
                .build();
    }

    private static Workflow workflow(Node... nodes) {
        return new Workflow("test", nodes[0].id(), Set.of(), Set.of(), List.of(nodes), List.of(), List.of(LIST), false);
    }

    @Test
    void whatARecorderDoesWithCallsComesAfterTheRun() {
        AtomicBoolean ended = new AtomicBoolean();
        List<Boolean> endedBefore = new ArrayList<>();

        ExecutionResult result = new Bench()
                .tool("list", arguments -> List.of("a"))
                .node("n", context -> {
                    Object found = context.callTool("list", Map.of());
                    ended.set(true);
                    return Map.of("out", found);
                })
                .effects(new EffectPolicy.Perform(call -> endedBefore.add(ended.get())))
                .run(workflow(node("n", List.of(), "out")), Map.of());

        assertThat(result.error()).isNull();
        assertThat(endedBefore).containsExactly(true);
    }

    @Test
    void aCallIsRecordedAsItWasWhenItEnded() {
        List<RecordedCall> recorded = new ArrayList<>();

        ExecutionResult result = new Bench()
                .tool("list", arguments -> new ArrayList<>(List.of("a", new ArrayList<>(List.of("b")))))
                .node("n", context -> {
                    @SuppressWarnings("unchecked")
                    List<Object> found = (List<Object>) context.callTool("list", Map.of());
                    ((List<?>) found.get(1)).clear();
                    found.add("c");
                    return Map.of("out", found);
                })
                .effects(new EffectPolicy.Perform(recorded::add))
                .run(workflow(node("n", List.of(), "out")), Map.of());

        assertThat(result.error()).isNull();
        assertThat(recorded).hasSize(1);
        assertThat(recorded.get(0).result()).isEqualTo(List.of("a", List.of("b")));
        assertThat(result.output().get("out")).isEqualTo(List.of("a", List.of(), "c"));
    }

    @Test
    void callsOfARunThatFailsAreRecordedToo() {
        List<RecordedCall> recorded = new ArrayList<>();

        ExecutionResult result = new Bench()
                .tool("list", arguments -> List.of("a"))
                .node("n", context -> {
                    context.callTool("list", Map.of());
                    throw new IllegalStateException("after the call");
                })
                .effects(new EffectPolicy.Perform(recorded::add))
                .run(workflow(node("n", List.of(), "out")), Map.of());

        assertThat(result.error()).isNotNull();
        assertThat(recorded).hasSize(1);
    }
}
