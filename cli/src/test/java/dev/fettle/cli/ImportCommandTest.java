package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.api.definition.ImportedWorkflow;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.testkit.trace.TraceBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String TWO = """
            workflows:
              ship:
                nodes:
                  - {id: plan, role: planner, goal: "Plan it", tools: [grep]}
                  - {id: lint, type: compute, handler: run_lint}
                  - {id: good, type: condition, condition: is_good, branches: {"yes": ask, "no": plan}}
                  - {id: ask, type: hitl, prompt: "Ship?"}
              look:
                nodes:
                  - {id: crew, type: team, team_formation: parallel, members: [{id: a, goal: x}, {id: b, goal: y}]}
            """;

    @TempDir
    Path temp;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(temp.resolve("two.yaml"), TWO);
    }

    @Test
    void writesAWorkflowThatCanBeReadAndIsTheSame() throws Exception {
        Path out = temp.resolve("workflow.yaml");

        CommandLineRun run = CommandLineRun.of("import", file.toString(), "--name", "ship", "--out", out.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        Workflow written = WorkflowReader.read(out);
        assertThat(written)
                .isEqualTo(WorkflowOptimizer.create(Configuration.DEFAULT)
                        .definitions(file)
                        .get(0)
                        .workflow());
        assertThat(written.nodes()).extracting(Node::id).containsExactly("plan", "lint", "good", "ask");
        assertThat(run.err()).contains("can be analyzed, not run");
        assertThat(CommandLineRun.of("import", out.toString()).out())
                .as("a definition of Fettle's own comes out as it is")
                .isEqualTo(Files.readString(out));
    }

    @Test
    void nothingIsOverwrittenAndNothingGuessed() throws Exception {
        CommandLineRun several = CommandLineRun.of("import", file.toString());
        CommandLineRun wrong = CommandLineRun.of("import", file.toString(), "--name", "shipp");
        CommandLineRun there = CommandLineRun.of("import", file.toString(), "--name", "look", "--out", file.toString());
        CommandLineRun missing =
                CommandLineRun.of("import", temp.resolve("none.yaml").toString());

        assertThat(List.of(several.exit(), wrong.exit(), there.exit(), missing.exit()))
                .containsOnly(2);
        assertThat(several.err()).contains("holds 2 workflows [ship, look]; expected one");
        assertThat(wrong.err()).contains("holds no workflow (shipp). Maybe (ship)");
        assertThat(there.err()).contains("is there already");
        assertThat(Files.readString(file)).isEqualTo(TWO);
        assertThat(missing.err()).contains("does not exist");
    }

    @Test
    void whatIsNoKnownFormIsReadAsFettlesOwnWithItsErrors() throws Exception {
        Path other =
                Files.writeString(temp.resolve("other.yaml"), "version: 1\nid: x\nnodes: [{id: a, kind: agnet}]\n");

        CommandLineRun run = CommandLineRun.of("import", other.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("other.yaml:3").contains("agent");
    }

    @Test
    void tracesAreAnalyzedWithSuchADefinition() throws Exception {
        Path one = Files.writeString(temp.resolve("one.yaml"), TWO.substring(0, TWO.indexOf("  look:")));
        Workflow workflow = WorkflowOptimizer.create(Configuration.DEFAULT)
                .definitions(one)
                .get(0)
                .workflow();
        Path traces = Traces.write(traces(workflow), temp.resolve("traces.jsonl"));

        CommandLineRun run = CommandLineRun.of(
                "analyze", "--traces", traces.toString(), "--workflow", one.toString(), "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().at("/workflow/edges")).hasSize(workflow.edges().size());
        assertThat(run.json().path("bottlenecks").findValuesAsText("node")).contains("lint");
    }

    /** Runs through all nodes in turn, of which the second takes most of the time. */
    private static List<ExecutionTrace> traces(Workflow workflow) {
        List<ExecutionTrace> traces = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            TraceBuilder trace = TraceBuilder.run("run-" + run).of(workflow.id());
            for (Node node : workflow.nodes()) {
                trace.ran(node.id(), one -> one.seconds(node.id().equals("lint") ? 9 : 0.5));
            }
            traces.add(trace.build());
        }
        return traces;
    }

    @Test
    void filesOfTheFrameworkAreReadAnalyzedAndStayTheSame() throws Exception {
        Path folder = CommandLineRun.data("victor-workflows");
        assumeTrue(Files.isDirectory(folder), "the recorded data is not there: " + folder);
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(Configuration.DEFAULT);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(one -> one.toString().endsWith(".yaml")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (Path each : files) {
            List<ImportedWorkflow> read = optimizer.definitions(each);
            JsonNode json = CommandLineRun.of("import", each.toString(), "--format", "json")
                    .json()
                    .path("workflows");
            assertThat(json).as(each.toString()).hasSize(read.size());
            for (int i = 0; i < read.size(); i++) {
                Workflow workflow = read.get(i).workflow();
                assertThat(WorkflowReader.read(json.get(i).path("definition").toString(), each.toString()))
                        .isEqualTo(workflow);
                var collector = optimizer.collector(workflow);
                traces(workflow).forEach(collector);
                assertThat(collector.analysis().profile().runs()).isEqualTo(20);
            }
        }
    }
}
