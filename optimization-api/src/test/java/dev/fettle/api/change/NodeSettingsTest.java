package dev.fettle.api.change;

import static dev.fettle.api.change.Graph.applied;
import static dev.fettle.api.change.Graph.function;
import static dev.fettle.api.change.Graph.inputs;
import static dev.fettle.api.change.Graph.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Policies.Cache.Eviction;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Substituted tools and models, policies and parameters. */
final class NodeSettingsTest {
    private static Workflow workflow(Node node) {
        return inputs("q")
                .outputs("r")
                .node(node)
                .tool("scan", "search", Effects.NONE, true)
                .tool("index", "search", Effects.NONE, false)
                .tool("mail", "search", Effects.EXTERNAL, true)
                .tool("count", "math", Effects.NONE, false)
                .build();
    }

    private static final Node USER =
            function("a", "q", "r").toBuilder().tools(Map.of("find", "scan")).build();

    @Test
    void anotherToolAnswersUnderTheSameName() {
        Workflow changed = applied(new SubstituteTool("a", "scan", "index"), workflow(USER));
        assertThat(changed.node("a").orElseThrow().tools()).isEqualTo(Map.of("find", "index"));
    }

    @Test
    void aToolNodeCallsTheOtherTool() {
        Node call = Node.builder("a", new NodeBody.Tool("scan", Map.of("query", "q")))
                .state(List.of("q"), List.of("r"))
                .build();
        assertThat(applied(new SubstituteTool("a", "scan", "index"), workflow(call))
                        .node("a")
                        .orElseThrow()
                        .body())
                .isEqualTo(new NodeBody.Tool("index", Map.of("query", "q")));
    }

    @Test
    void aBindingDecidesWhichToolAToolNodeCalls() {
        Node call = Node.builder("a", new NodeBody.Tool("scan", Map.of()))
                .state(List.of("q"), List.of("r"))
                .tools(Map.of("scan", "index"))
                .build();
        assertThat(refused(new SubstituteTool("a", "scan", "index"), workflow(call)))
                .contains("does not use");
        Node changed = applied(new SubstituteTool("a", "index", "scan"), workflow(call))
                .node("a")
                .orElseThrow();
        assertThat(changed.tools()).isEqualTo(Map.of("scan", "scan"));
        assertThat(changed.body()).isEqualTo(call.body());
    }

    @Test
    void refusesToolsThatCannotStandIn() {
        assertThat(refused(new SubstituteTool("a", "scan", "count"), workflow(USER)))
                .contains("capabilities");
        assertThat(refused(new SubstituteTool("a", "scan", "mail"), workflow(USER)))
                .contains("effects (EXTERNAL)");
        assertThat(refused(new SubstituteTool("a", "scan", "none"), workflow(USER)))
                .contains("(none)");
        assertThat(refused(new SubstituteTool("a", "scan", "scan"), workflow(USER)))
                .contains("itself");
        assertThat(refused(new SubstituteTool("a", "index", "scan"), workflow(USER)))
                .contains("does not use");
        assertThat(refused(new SubstituteTool("z", "index", "scan"), workflow(USER)))
                .contains("(z)");
    }

    @Test
    void policiesForTheToolGoOverToTheOther() {
        Policies policies = Policies.NONE
                .withCache(new Policies.Cache("scan", null, 5, Eviction.LRU))
                .withBatch(new Policies.Batch("scan", 4));
        Node node = USER.toBuilder().policies(policies).build();
        assertThat(applied(new SubstituteTool("a", "scan", "index"), workflow(node))
                        .node("a")
                        .orElseThrow()
                        .policies())
                .isEqualTo(Policies.NONE.withCache(new Policies.Cache("index", null, 5, Eviction.LRU)));
    }

    private static SetPolicies policies(Policies policies) {
        return new SetPolicies("a", policies);
    }

    @Test
    void setsPoliciesOfWhatMayHaveThem() {
        Policies policies = new Policies(
                Duration.ofSeconds(1),
                new Policies.Retry(3, Duration.ZERO),
                new Policies.Cache("scan", Duration.ofHours(1), 10, Eviction.LFU),
                new Policies.Batch("scan", 2));
        assertThat(applied(policies(policies), workflow(USER))
                        .node("a")
                        .orElseThrow()
                        .policies())
                .isEqualTo(policies);
    }

    @Test
    void refusesPoliciesForEffects() {
        Node sender = function("a", "q", "r").toBuilder()
                .tools(Map.of("mail", "mail"))
                .build();
        Policies cache = Policies.NONE.withCache(new Policies.Cache("mail", null, 1, Eviction.LRU));
        Policies nodeCache = Policies.NONE.withCache(new Policies.Cache(null, null, 1, Eviction.LRU));
        Policies batch = Policies.NONE.withBatch(new Policies.Batch("mail", 2));
        Policies retry = Policies.NONE.withRetry(new Policies.Retry(2, Duration.ZERO));
        assertThat(refused(policies(cache), workflow(sender))).contains("effects");
        assertThat(refused(policies(nodeCache), workflow(sender))).contains("effects");
        assertThat(refused(policies(batch), workflow(sender))).contains("effects");
        assertThat(refused(policies(retry), workflow(sender))).contains("repeat its effects");
    }

    @Test
    void refusesPoliciesForToolsThatTheNodeDoesNotUse() {
        Policies cache = Policies.NONE.withCache(new Policies.Cache("index", null, 1, Eviction.LRU));
        assertThat(refused(policies(cache), workflow(USER))).contains("does not use the tool (index)");
        Policies batch = Policies.NONE.withBatch(new Policies.Batch("index", 2));
        assertThat(refused(policies(batch), workflow(USER))).contains("no batch form");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThat(refused(policies(Policies.NONE.withTimeout(Duration.ZERO)), workflow(USER)))
                .contains("(PT0S)");
        assertThat(refused(policies(Policies.NONE.withRetry(new Policies.Retry(0, Duration.ZERO))), workflow(USER)))
                .contains("at least 1 attempt");
        assertThat(refused(
                        policies(Policies.NONE.withCache(new Policies.Cache("scan", null, 0, Eviction.LRU))),
                        workflow(USER)))
                .contains("at least 1 entry");
        assertThat(refused(policies(Policies.NONE.withBatch(new Policies.Batch("scan", 1))), workflow(USER)))
                .contains("at least 2");
    }

    @Test
    void setsParametersAndModels() {
        Node agent = Node.builder("a", new NodeBody.Agent("big", "Say"))
                .state(List.of("q"), List.of("r"))
                .build();
        assertThat(applied(new SubstituteModel("a", "small"), workflow(agent))
                        .node("a")
                        .orElseThrow()
                        .model())
                .isEqualTo("small");
        assertThat(refused(new SubstituteModel("a", "big"), workflow(agent))).contains("already");
        assertThat(refused(new SubstituteModel("a", "small"), workflow(USER))).contains("not an agent");
        assertThat(applied(new SetParameter("a", "limit", 3), workflow(agent))
                        .node("a")
                        .orElseThrow()
                        .parameters())
                .isEqualTo(Map.of("limit", 3));
    }

    @Test
    void theFirstRefusalEndsAListOfChanges() {
        ChangeResult result = WorkflowChange.applyAll(
                workflow(USER), List.of(new SetParameter("a", "x", 1), new RemoveNode("z"), new RemoveNode("y")));
        assertThat(result).isEqualTo(ChangeResult.refused("there is no node (z) in the workflow"));
    }

    @Test
    void anIdempotentWriteIsNotAnsweredByACache() {
        Workflow workflow = inputs("q")
                .outputs("r")
                .node(USER.toBuilder().tools(Map.of("save", "save")).build())
                .tool("save", "store", Effects.IDEMPOTENT, true)
                .build();
        Policies cached = Policies.NONE.withCache(new Policies.Cache("save", null, 10, Eviction.LRU));
        assertThat(refused(new SetPolicies("a", cached), workflow)).contains("idempotent");

        Node writer = USER.toBuilder().effects(Effects.IDEMPOTENT).build();
        Policies whole = Policies.NONE.withCache(new Policies.Cache(null, null, 10, Eviction.LRU));
        assertThat(refused(new SetPolicies("a", whole), workflow(writer))).contains("IDEMPOTENT");
        applied(new SetPolicies("a", Policies.NONE.withRetry(new Policies.Retry(2, Duration.ZERO))), workflow(writer));
    }
}
