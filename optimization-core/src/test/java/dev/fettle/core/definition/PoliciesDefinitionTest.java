package dev.fettle.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.json.Json;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PoliciesDefinitionTest {
    private static final String DEFINITION = """
            version: 1
            id: policies
            inputs: [n]
            outputs: [text]
            nodes:
              - id: decide
                kind: condition
                compare: {key: n, operator: at-least, value: 3}
                reads: [n]
                speculation: {nodes: [write]}
              - id: write
                kind: agent
                model: dear
                prompt: "Say {n}"
                reads: [n]
                writes: [text]
                effects: none
                cascade: {model: cheap, json: true, pattern: "^.", minCharacters: 3,
                          compare: {key: score, operator: at-least, value: 0.5}}
            edges:
              - {from: decide, to: write, when: "true"}
              - {from: decide, to: end, when: "false"}
            """;

    private static Policies policies(Workflow workflow, String node) {
        return workflow.node(node).orElseThrow().policies();
    }

    @Test
    void cascadesAndSpeculationAreReadAndWritten() {
        Workflow workflow = WorkflowReader.read(DEFINITION, "test");
        assertThat(policies(workflow, "decide").speculation()).isEqualTo(new Policies.Speculation(List.of("write")));
        Policies.Cascade cascade =
                Objects.requireNonNull(policies(workflow, "write").cascade());
        assertThat(cascade.model()).isEqualTo("cheap");
        assertThat(cascade.json()).isTrue();
        assertThat(cascade.pattern()).isEqualTo("^.");
        assertThat(cascade.minCharacters()).isEqualTo(3);
        assertThat(Objects.requireNonNull(cascade.compare()).operator()).isEqualTo(Comparison.Operator.AT_LEAST);
        assertThat(WorkflowReader.read(WorkflowWriter.toYaml(workflow), "written"))
                .isEqualTo(workflow);
    }

    @Test
    void changesCarryThem() throws Exception {
        Workflow workflow = WorkflowReader.read(DEFINITION, "test");
        SetPolicies change = new SetPolicies("write", policies(workflow, "write"));
        String json = Json.mapper().writeValueAsString(change);
        assertThat(Json.mapper().readValue(json, SetPolicies.class)).isEqualTo(change);
    }

    @Test
    void speculationOverEffectsIsRefusedWithItsPlace() {
        assertThatThrownBy(
                        () -> WorkflowReader.read(DEFINITION.replace("effects: none", "effects: idempotent"), "test"))
                .hasMessageContaining("test:")
                .hasMessageContaining("(write) cannot start before the condition (decide) has decided");
    }
}
