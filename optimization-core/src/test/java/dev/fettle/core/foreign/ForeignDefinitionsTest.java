package dev.fettle.core.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.WorkflowWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ForeignDefinitionsTest {
    private static final String EVERY_KIND = """
            workflows:
              ship:
                description: "Everything once"
                metadata: {version: "1.0", unknown: [1, 2]}
                nodes:
                  - id: plan
                    role: planner
                    goal: "Plan {{task}}"
                    tool_budget: 5
                    tools: [read, grep]
                    llm_config: {temperature: 0.2, model: big}
                    output: plan
                  - {id: checks, type: parallel, parallel_nodes: [lint, types], join_strategy: all, next: [crew]}
                  - {id: lint, type: compute, handler: run_lint, inputs: {a: b}, output: lint}
                  - {id: types, type: compute, tools: [mypy], timeout: 30}
                  - id: crew
                    type: team
                    goal: "Do it"
                    team_formation: pipeline
                    timeout_seconds: 600
                    members:
                      - {id: maker, role: executor, goal: "Make it", tool_budget: 25, tools: [write]}
                      - {id: judge, role: reviewer, goal: "Judge it"}
                  - {id: good, type: condition, condition: is_good, branches: {"yes": done, "no": mend}}
                  - {id: mend, type: transform, transform: "n = n + 1", next: [crew]}
                  - {id: done, type: hitl, hitl_type: approval, prompt: "Ship?", fallback: abort}
            """;

    private static Object tree(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @Test
    void everyKindOfNodeIsRead() {
        ForeignWorkflow read =
                ForeignDefinitions.read(EVERY_KIND, "file", "test").get(0);
        Workflow workflow = read.workflow();
        assertThat(WorkflowCheck.problems(workflow)).isEmpty();
        assertThat(workflow.nodes())
                .extracting(Node::kind)
                .containsExactly(
                        NodeKind.AGENT,
                        NodeKind.PARALLEL,
                        NodeKind.TEAM,
                        NodeKind.CONDITION,
                        NodeKind.FUNCTION,
                        NodeKind.HUMAN);
        assertThat(workflow.edges())
                .containsExactly(
                        Edge.of("plan", "checks"),
                        Edge.of("checks", "crew"),
                        Edge.of("crew", "good"),
                        Edge.when("good", "done", "yes"),
                        Edge.when("good", "mend", "no"),
                        new Edge("mend", "crew", null, 3),
                        Edge.of("done", Edge.END));
        Team crew = (Team) workflow.node("crew").map(Node::body).orElseThrow();
        assertThat(crew.formation()).isEqualTo(Formation.PIPELINE);
        assertThat(crew.members()).extracting(Team.Member::toolBudget).containsExactly(25, null);
        assertThat(workflow.tools()).extracting("name").containsExactly("read", "grep", "mypy", "write");
    }

    @Test
    void writingBackLosesNothing() {
        assertThat(tree(ForeignDefinitions.write(ForeignDefinitions.read(EVERY_KIND, "file", "test"))))
                .isEqualTo(tree(EVERY_KIND));
    }

    @Test
    void theWorkflowIsTheSameWhenWrittenAndReadAsOne() {
        for (ForeignWorkflow one : ForeignDefinitions.read(EVERY_KIND, "file", "test")) {
            assertThat(WorkflowReader.read(WorkflowWriter.toYaml(one.workflow()), "written"))
                    .isEqualTo(one.workflow());
        }
    }

    @Test
    void anUnknownTargetOrTypeIsNamed() {
        assertThatThrownBy(
                        () -> ForeignDefinitions.read(EVERY_KIND.replace("\"yes\": done", "\"yes\": gone"), "f", "x"))
                .hasMessageContaining("(good)")
                .hasMessageContaining("(gone)");
        assertThatThrownBy(() -> ForeignDefinitions.read(EVERY_KIND.replace("type: team", "type: crowd"), "f", "x"))
                .hasMessageContaining("(crowd)")
                .hasMessageContaining("team");
    }

    @Test
    void generatedDefinitionsAreReadAndWrittenBack() {
        for (long seed = 0; seed < 200; seed++) {
            String yaml = generated(new Random(seed));
            List<ForeignWorkflow> read = ForeignDefinitions.read(yaml, "generated", "seed " + seed);
            assertThat(read).allSatisfy(one -> assertThat(WorkflowCheck.problems(one.workflow()))
                    .isEmpty());
            assertThat(tree(ForeignDefinitions.write(read))).isEqualTo(tree(yaml));
        }
    }

    private static String generated(Random random) {
        int size = 2 + random.nextInt(8);
        List<String> lines = new ArrayList<>(List.of("workflows:", "  made:", "    nodes:"));
        for (int i = 0; i < size; i++) {
            String id = "n" + i;
            lines.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "      - {id: " + id + ", goal: \"Do " + i + "\", tool_budget: " + i + "}";
                        case 1 -> "      - {id: " + id + ", type: compute, handler: h" + i + ", tools: [t" + i + "]}";
                        case 2 ->
                            "      - {id: " + id + ", type: condition, condition: c, branches: {a: n"
                                    + random.nextInt(size) + ", b: n" + Math.min(size - 1, i + 1) + "}}";
                        case 3 -> "      - {id: " + id + ", type: transform, transform: \"x = " + i + "\"}";
                        case 4 -> "      - {id: " + id + ", type: hitl, prompt: ok, timeout: 60}";
                        default ->
                            "      - {id: " + id
                                    + ", type: team, team_formation: parallel, members: [{id: a, role: r}]}";
                    });
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    void theDefinitionsOfTheDataFolderAreReadAnalyzedAndWrittenBack() throws Exception {
        Path folder = Path.of(System.getProperty("fettle.root", ".."))
                .toAbsolutePath()
                .normalize()
                .resolveSibling("shared")
                .resolve("data/victor-workflows");
        assumeTrue(Files.isDirectory(folder), "no recorded definitions beside the source tree");
        int workflows = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                List<ForeignWorkflow> read = ForeignDefinitions.read(file);
                for (ForeignWorkflow one : read) {
                    workflows++;
                    assertThat(WorkflowCheck.problems(one.workflow()))
                            .as(file + " " + one.name())
                            .isEmpty();
                    assertThat(WorkflowReader.read(WorkflowWriter.toYaml(one.workflow()), file.toString()))
                            .isEqualTo(one.workflow());
                }
                List<ForeignWorkflow> again =
                        ForeignDefinitions.read(ForeignDefinitions.write(read), "again", file.toString());
                assertThat(again.stream().map(ForeignWorkflow::definition))
                        .isEqualTo(
                                read.stream().map(ForeignWorkflow::definition).toList());
            }
        }
        assertThat(workflows).isGreaterThanOrEqualTo(14);
    }
}
