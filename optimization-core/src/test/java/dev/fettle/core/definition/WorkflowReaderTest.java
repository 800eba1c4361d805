package dev.fettle.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.json.Json;
import dev.fettle.testkit.workflow.RandomWorkflows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReaderTest {
    private static final String EVERY_KIND = """
            version: 1
            id: every-kind
            inputs: [question, folder]
            outputs: [answer]
            tools:
              - name: search
                runner: linear
                capabilities: [code-search]
                effects: none
                arguments: {type: object, required: [query]}
                usdPerCall: 0.005
                batch: true
              - name: mail
                effects: external
            nodes:
              - id: plan
                kind: agent
                model: gpt-4o
                prompt: "Plan for {question}"
                reads: [question]
                writes: [plan]
                effects: none
                timeout: 30s
                retry: {maxAttempts: 3, backoff: 250ms}
                parameters: {temperature: 0.2, stop: [a, b]}
              - id: look
                kind: tool
                tool: search
                arguments: {query: plan}
                reads: [plan]
                writes: [hits]
                effects: none
                cache: {tool: search, ttl: 1h, maxEntries: 50, eviction: lfu}
                batch: {tool: search, maxSize: 8}
              - id: block
                kind: parallel
                onError: collect
                reducers: {notes: append}
                members:
                  - {id: count, kind: command, command: [wc, -l], environment: [PATH], outputLimit: 1000,
                     reads: [hits], writes: [notes], effects: none}
                  - {id: rank, kind: function, runner: rank, reads: [hits], writes: [notes, order], effects: none,
                     tools: {find: search}}
              - id: good
                kind: condition
                compare: {key: order, operator: at-least, value: 0.5}
                reads: [order]
              - id: ask
                kind: human
                prompt: Is this right?
                reads: [order]
                writes: [opinion]
              - id: crew
                kind: team
                formation: reflection
                maxRounds: 3
                members:
                  - {id: writer, role: writer, model: gpt-4o, prompt: Write, tools: [search], toolBudget: 5}
                  - {id: critic, role: critic}
                reads: [order]
                writes: [draft]
              - id: finish
                kind: sub-workflow
                reference: finish.yaml
                reads: [order]
                writes: [answer]
                effects: external
            edges:
              - {from: plan, to: look}
              - {from: look, to: block}
              - {from: block, to: good}
              - {from: good, to: ask, when: "true"}
              - {from: good, to: plan, when: "false", maxTraversals: 3}
              - {from: ask, to: crew}
              - {from: crew, to: finish}
              - {from: finish, to: end}
            """;

    @Test
    void readsEveryKindOfNode() {
        Workflow workflow = WorkflowReader.read(EVERY_KIND, "test.yaml");

        assertThat(workflow.allNodes().stream().map(node -> node.kind()).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(NodeKind.class));
        assertThat(workflow.entry()).isEqualTo("plan");
        assertThat(workflow.node("ask").orElseThrow().effects()).isEqualTo(Effects.UNKNOWN);
        assertThat(workflow.node("plan").orElseThrow().policies().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(workflow.node("rank").orElseThrow().tools()).containsEntry("find", "search");
        assertThat(workflow.node("block").orElseThrow().state().reads()).containsExactly("hits");
        assertThat(workflow.edges()).contains(new Edge("good", "plan", "false", 3));
        assertThat(workflow.tool("mail").orElseThrow().usdPerCall()).isNull();
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        Workflow workflow = WorkflowReader.read(EVERY_KIND, "test.yaml");

        assertThat(WorkflowReader.read(WorkflowWriter.toYaml(workflow), "again.yaml"))
                .isEqualTo(workflow);
    }

    @Test
    void jsonIsReadLikeYaml() throws Exception {
        Workflow workflow = WorkflowReader.read(EVERY_KIND, "test.yaml");
        String json = Json.mapper().writeValueAsString(WorkflowWriter.toTree(workflow));

        assertThat(WorkflowReader.read(json, "test.json")).isEqualTo(workflow);
    }

    @Test
    void nodesFormAChainWhereNoEdgesAreGiven() {
        Workflow workflow = WorkflowReader.read("""
                version: 1
                id: chain
                nodes:
                  - {id: a, kind: function, runner: r}
                  - {id: b, kind: function, runner: r}
                """, "test.yaml");

        assertThat(workflow.edges()).isEqualTo(List.of(Edge.of("a", "b")));
    }

    @Test
    void everyProblemIsReportedWithLineAndColumn() {
        assertThatThrownBy(() -> WorkflowReader.read("""
                        version: 1
                        id: wrong
                        nodse: []
                        nodes:
                          - id: a
                            kind: functoin
                          - id: b
                            kind: function
                            timeout: soon
                            retry: {maxAttempts: 0}
                        """, "wrong.yaml"))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("wrong.yaml:3:1: the key (nodse) is not known here. Maybe (nodes)")
                .hasMessageContaining("wrong.yaml:6:11: kind is (functoin); expected one of [agent, tool")
                .hasMessageContaining("wrong.yaml:9:14: timeout is (soon); expected a duration")
                .hasMessageContaining("wrong.yaml:10:26: maxAttempts is (0); expected a whole number from 1 to 100");
    }

    @Test
    void whatABlockMayNotDeclareIsOneProblemAndNoKeyThatIsExpected() {
        String block = """
                version: 1
                id: block
                nodes:
                  - {id: block, kind: parallel, %s, members: [{id: one, kind: function, reads: [], writes: [a]}]}
                """;

        assertThatThrownBy(() -> WorkflowReader.read(block.formatted("reads: [b], writes: [a]"), "b.yaml"))
                .hasMessageContaining("leave (reads) and (writes) out")
                .message()
                .doesNotContain("not known");
        assertThatThrownBy(() -> WorkflowReader.read(block.formatted("no-such-key: 1"), "b.yaml"))
                .hasMessageContaining("members, onError")
                .message()
                .doesNotContain("reads", "writes");
    }

    @Test
    void graphProblemsStandAtTheirNode() {
        assertThatThrownBy(() -> WorkflowReader.read("""
                        version: 1
                        id: wrong
                        nodes:
                          - {id: a, kind: function, runner: r, reads: [missing], writes: [x]}
                          - {id: b, kind: function, runner: r, reads: [x], writes: [y]}
                        """, "wrong.yaml"))
                .hasMessageContaining("wrong.yaml:4:5: the node (a) reads (missing), which is not an input");
    }

    @Test
    void membersThatWriteOneKeyWithoutAReducerAreRefused() {
        assertThatThrownBy(() -> WorkflowReader.read("""
                        version: 1
                        id: wrong
                        nodes:
                          - id: block
                            kind: parallel
                            members:
                              - {id: a, kind: function, runner: r, reads: [], writes: [x]}
                              - {id: b, kind: function, runner: r, reads: [], writes: [x]}
                        """, "wrong.yaml"))
                .hasMessageContaining("wrong.yaml:8:9: the members (a) and (b) both write (x) in (block)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: &x 1\\nb: *x | 1:4: the anchor (&x) is not allowed",
                "a: !!java.net.URL [x] | 1:4: a YAML tag is not allowed",
                "id: a\\nid: b | 2:1: the key (id) is there twice; the first is in line 1",
                "a: [1, 2 | not valid YAML or JSON",
                "--- 1\\n--- 2 | 2:1: there is a second document",
                "'' | 1:1: the text is empty; expected a definition",
                "[a] | 1:1: the definition is a list; expected a mapping",
                "version: 2\\nid: a | 1:10: version is (2); expected a whole number from 1 to 1",
                "? [a]\\n: b | 1:3: a list or mapping cannot be a key",
            })
    void unusableTextsAreRefusedAtTheirPlace(String text, String message) {
        assertThatThrownBy(() -> WorkflowReader.read(text.replace("\\n", "\n"), "bad.yaml"))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("bad.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void tenThousandLevelsAreRefusedWithoutAStackOverflow() {
        assertThatThrownBy(() -> WorkflowReader.read("[".repeat(10_000), "deep.yaml"))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("nested more than 64 levels deep");
    }

    @Test
    void filesThatAreNotUtf8AreRefused(@TempDir Path folder) throws Exception {
        Path utf16 = Files.writeString(folder.resolve("utf16.yaml"), EVERY_KIND, StandardCharsets.UTF_16);
        Path latin = Files.write(folder.resolve("latin.yaml"), "id: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> WorkflowReader.read(utf16)).hasMessageContaining("is UTF-16; expected UTF-8");
        assertThatThrownBy(() -> WorkflowReader.read(latin)).hasMessageContaining("is not UTF-8 text");
        assertThatThrownBy(() -> WorkflowReader.read(folder.resolve("none.yaml")))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> WorkflowReader.read(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void idsThatCouldLeaveAFolderAreRefused() {
        assertThatThrownBy(() -> WorkflowReader.read(
                        "{version: 1, id: '../x', nodes: [{id: a/../../b, kind: function}]}", "bad.yaml"))
                .hasMessageContaining("the id (../x) is not usable");
    }

    @Test
    void copiesAndBlocksSurviveWriting() {
        Workflow workflow = WorkflowReader.read("""
                version: 1
                id: copies
                inputs: [x]
                nodes:
                  - {id: a, kind: function, runner: r, reads: [x], writes: [k, l], copies: {l: k}, effects: idempotent}
                """, "test.yaml");

        assertThat(workflow.nodes().get(0).copies()).containsEntry("l", "k");
        assertThat(workflow.nodes().get(0).body()).isEqualTo(new NodeBody.Function("r"));
        assertThat(WorkflowReader.read(WorkflowWriter.toYaml(workflow), "again.yaml"))
                .isEqualTo(workflow);
        assertThat(workflow.inputs()).isEqualTo(Set.of("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.01", "1e-5", "2.0", "250"})
    void pricesSurviveWriting(String price) {
        Workflow workflow = WorkflowReader.read("""
                version: 1
                id: prices
                tools: [{name: t, usdPerCall: %s}]
                nodes: [{id: a, kind: function, runner: r, parameters: {x: 1.5, y: 3, z: [true, null, text]}}]
                """.formatted(price), "test.yaml");

        assertThat(WorkflowReader.read(WorkflowWriter.toYaml(workflow), "again.yaml"))
                .isEqualTo(workflow);
    }

    @Test
    void generatedWorkflowsSurviveWriting() {
        for (long seed = 0; seed < 200; seed++) {
            Workflow workflow = RandomWorkflows.generate(seed);
            Workflow once = WorkflowReader.read(WorkflowWriter.toYaml(workflow), "seed " + seed);

            // The state of a block is derived from its members.
            assertThat(leaves(once)).isEqualTo(leaves(workflow));
            assertThat(once.edges()).isEqualTo(workflow.edges());
            assertThat(once.tools()).isEqualTo(workflow.tools());
            assertThat(WorkflowReader.read(WorkflowWriter.toYaml(once), "again " + seed))
                    .isEqualTo(once);
        }
    }

    private static List<Node> leaves(Workflow workflow) {
        return workflow.allNodes().stream()
                .filter(node -> node.members().isEmpty())
                .toList();
    }

    @Test
    void everyProblemIsTold() {
        assertThatThrownBy(() -> WorkflowReader.read("""
                        version: 1
                        id: w
                        inputs: [t]
                        outputs: [o]
                        nodes:
                          - id: a
                            kind: foo
                            timeout: -3s
                          - id: a
                            kind: command
                            effects: banana
                            retry: {maxAttempts: -1}
                        """, "w.yaml"))
                .hasMessageContaining("w.yaml:7:")
                .hasMessageContaining("w.yaml:8:")
                .hasMessageContaining("the node id (a) is used twice")
                .hasMessageContaining("the key (command) is missing")
                .hasMessageContaining("banana")
                .hasMessageContaining("maxAttempts is (-1)");
    }
}
