package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fettle.core.certificate.CertificateCheck;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.optimize.Project;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    @TempDir
    Path temp;

    private Path commands() throws Exception {
        Path project = Files.createDirectories(temp.resolve("commands"));
        Files.writeString(project.resolve("workflow.yaml"), """
                version: 1
                id: commands
                inputs: [text]
                outputs: [left, right]
                nodes:
                  - {id: left, kind: command, command: [sh, -c, 'cat > /dev/null; sleep 0.1; echo "{\\"left\\": 1}"'],
                     environment: [PATH], reads: [text], writes: [left], effects: none}
                  - {id: right, kind: command, command: [sh, -c, 'cat > /dev/null; sleep 0.1; echo "{\\"right\\": 2}"'],
                     environment: [PATH], reads: [text], writes: [right], effects: none}
                  - {id: mail, kind: command, command: [sh, -c, 'cat > /dev/null; echo sent >> mails; echo "{}"'],
                     environment: [PATH], reads: [left, right], writes: [], effects: external}
                """);
        Files.writeString(project.resolve("inputs.jsonl"), "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
        Files.writeString(
                project.resolve("fettle.yaml"), "profiling: {runs: 4, warmUp: 0}\nvalidation: {pairs: 6, warmUp: 0}\n");
        return project;
    }

    @Test
    void aDryRunNeverRunsExternalEffectsAndKeepsTheOriginal() throws Exception {
        Path project = commands();
        String definition = Files.readString(project.resolve("workflow.yaml"));

        CommandLineRun run = CommandLineRun.of(
                "optimize",
                project.toString(),
                "--format",
                "json",
                "--output",
                temp.resolve("out").toString());

        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.json().at("/validation/equivalent").asBoolean()).isTrue();
        assertThat(run.json().at("/plan/suggestions")).isNotEmpty();
        assertThat(Files.readAllLines(project.resolve("mails"))).hasSize(4);
        assertThat(project.resolve("workflow.yaml")).hasContent(definition);
    }

    @Test
    void anOptimizedDefinitionCanBeRun() throws Exception {
        Path project = commands();
        Path out = temp.resolve("out");
        CommandLineRun.of("optimize", project.toString(), "--output", out.toString());

        Files.copy(out.resolve("optimized.yaml"), project.resolve("better.yaml"));
        CommandLineRun run =
                CommandLineRun.of("run", project.resolve("better.yaml").toString(), "--format", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.json().path("failed").asInt()).isZero();
        assertThat(Files.readString(out.resolve("optimized.yaml"))).contains("parallel");
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(out.resolve("changes.json")).isNotEmptyFile();
        Project read = Project.read(project);
        CertificateCheck check = CertificateCheck.of(
                out.resolve("certificate.json"),
                read.folder(),
                read.workflow(),
                WorkflowReader.read(out.resolve("optimized.yaml")),
                read.inputs(),
                read.configuration(),
                null,
                true);
        assertThat(check.certificate().hashes().effects()).isNotNull();
        assertThat(check.problems())
                .filteredOn(problem -> !problem.startsWith("the verdict"))
                .isEmpty();
    }

    /** The left node runs a script that it writes anew each time. */
    @Test
    void whatChangedWhileItRanIsNeitherApprovedNorCertified() throws Exception {
        Path project = commands();
        Path definition = project.resolve("workflow.yaml");
        Files.writeString(
                definition,
                Files.readString(definition).replaceFirst("\\[sh, -c, 'cat[^\\]]*left[^\\]]*\\]", "[sh, left.sh]"));
        Files.writeString(project.resolve("left.sh"), """
                cat > /dev/null; sleep 0.1; echo '{"left": 1}'
                echo '# ran' >> left.sh
                """);
        Path out = temp.resolve("out");

        CommandLineRun run =
                CommandLineRun.of("optimize", project.toString(), "--format", "json", "--output", out.toString());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.json().at("/validation/verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(run.json().at("/validation/equivalent").asBoolean()).isFalse();
        assertThat(run.json().at("/validation/exact").asBoolean()).isFalse();
        assertThat(run.json().at("/validation/reasons").toString()).contains("was changed while the versions ran");
        assertThat(out.resolve("certificate.json")).doesNotExist();
    }

    @Test
    void recordedTracesCanBeAnalyzedWithTheDefinitionAndWithout() throws Exception {
        Path project = commands();
        Path record = temp.resolve("traces.jsonl");
        CommandLineRun.of("run", project.toString(), "--runs", "3", "--record", record.toString());

        CommandLineRun discovered = CommandLineRun.of("analyze", "--traces", record.toString(), "--format", "json");
        CommandLineRun defined = CommandLineRun.of(
                "analyze",
                "--traces",
                record.toString(),
                "--workflow",
                project.resolve("workflow.yaml").toString(),
                "--format",
                "json");

        assertThat(discovered.json().at("/profile/runs").asInt()).isEqualTo(3);
        assertThat(discovered.json().at("/workflow/discovered").asBoolean()).isTrue();
        assertThat(defined.json().at("/bottlenecks").findValuesAsText("type")).contains("hidden-sequential-work");
    }

    @Test
    void aFailingRunEndsWithCodeOneAndItsReason() throws Exception {
        Path project = commands();
        Files.writeString(project.resolve("workflow.yaml"), """
                version: 1
                id: failing
                inputs: [text]
                nodes:
                  - {id: fail, kind: command, command: [sh, -c, 'echo reason >&2; exit 3'], reads: [text], writes: []}
                """);

        CommandLineRun run = CommandLineRun.of("run", project.toString(), "--runs", "1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("fail").contains("reason");
    }

    private static boolean holdsJar(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        }
    }

    @Test
    void theExampleIsOptimizedWithEqualOutputs() throws Exception {
        Path example = CommandLineRun.root().resolve("examples").resolve("repo-review");
        Path target = example.resolve("target");
        assumeTrue(holdsJar(target), "the example is not built: " + target);
        Path project = Files.createDirectories(temp.resolve("repo-review"));
        Files.copy(example.resolve("workflow.yaml"), project.resolve("workflow.yaml"));
        Files.writeString(
                project.resolve("inputs.jsonl"),
                "{\"folder\": \"%s\", \"query\": \"workflow\"}%n"
                        .formatted(CommandLineRun.root().resolve("optimization-api")));
        Files.writeString(
                project.resolve("fettle.yaml"),
                "plugins: ['%s']%nprofiling: {runs: 4, warmUp: 2}%nvalidation: {pairs: 6, warmUp: 1}%n"
                        .formatted(target));

        CommandLineRun run = CommandLineRun.of(
                "optimize",
                project.toString(),
                "--format",
                "json",
                "--output",
                temp.resolve("out").toString());

        JsonNode report = run.json();
        assertThat(report.at("/validation/equivalent").asBoolean()).isTrue();
        assertThat(report.at("/validation/errorRate").asDouble()).isZero();
        List<String> strategies = report.path("suggestions").findValuesAsText("strategy");
        assertThat(strategies).contains("parallelize", "prune-unused", "merge-duplicates", "select-tool");
        assertThat(report.at("/plan/workflow/nodes").isMissingNode()
                        && report.at("/plan/suggestions").isEmpty())
                .isFalse();
    }

    @Test
    void theExampleOfCommandsIsOptimizedWithEqualOutputs() throws Exception {
        Path example = CommandLineRun.root().resolve("examples").resolve("module-audit");
        Path target = example.resolve("target");
        assumeTrue(holdsJar(target), "the example is not built: " + target);
        assumeTrue(isInstalled("python3") && isInstalled("awk"), "the programs of the example are not installed");
        Path project = Files.createDirectories(temp.resolve("module-audit"));
        Files.copy(example.resolve("workflow.yaml"), project.resolve("workflow.yaml"));
        Path scripts = Files.createDirectories(project.resolve("scripts"));
        try (Stream<Path> files = Files.list(example.resolve("scripts"))) {
            for (Path file : files.toList()) {
                Files.copy(file, scripts.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(
                project.resolve("inputs.jsonl"),
                "{\"folder\": \"%s\"}%n"
                        .formatted(CommandLineRun.root().resolve("trace-ingest").resolve("src")));
        Files.writeString(
                project.resolve("fettle.yaml"),
                "plugins: ['%s']%nprofiling: {runs: 3, warmUp: 1}%nvalidation: {pairs: 6, warmUp: 0}%n"
                        .formatted(target));

        CommandLineRun run = CommandLineRun.of(
                "optimize",
                project.toString(),
                "--format",
                "json",
                "--output",
                temp.resolve("out").toString());

        JsonNode report = run.json();
        assertThat(report.at("/validation/equivalent").asBoolean()).isTrue();
        assertThat(report.at("/validation/errorRate").asDouble()).isZero();
        assertThat(report.path("suggestions").findValuesAsText("strategy")).contains("parallelize", "prune-unused");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
