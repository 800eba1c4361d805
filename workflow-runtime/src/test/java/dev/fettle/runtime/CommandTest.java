package dev.fettle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private static Workflow shell(String script, List<String> environment, long limit, Policies policies) {
        return workflow(List.of("sh", "-c", script), environment, limit, policies);
    }

    private static Workflow workflow(List<String> command, List<String> environment, long limit, Policies policies) {
        Node node = Node.builder("run", new NodeBody.Command(command, environment, limit))
                .state(List.of("text"), List.of("out"))
                .effects(Effects.NONE)
                .policies(policies)
                .build();
        return Bench.chain(Set.of("text"), Set.of("out"), node);
    }

    private static ExecutionResult run(String script) {
        return new Bench().run(shell(script, List.of("PATH"), 1 << 20, Policies.NONE), Map.of("text", "a \"b\""));
    }

    @Test
    void aCommandReadsTheStateAndWritesUpdatesAsJson() {
        ExecutionResult result = run("printf '{\"out\": %s}' \"$(cat)\"");

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("out", Map.of("text", "a \"b\""));
    }

    /** Null where the system does not tell it. */
    private static @Nullable Duration cpu(String script) {
        assumeThat(Path.of("/proc/self/stat")).isReadable();
        return Bench.occurrence(run("cat > /dev/null; " + script + "; echo '{\"out\": 1}'"), "run")
                .cpu();
    }

    @Test
    void theProcessorTimeOfACommandIsRecordedWithThatOfWhatItStarts() {
        String counting = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

        assertThat(cpu(counting)).isGreaterThan(Duration.ofMillis(50));
        assertThat(cpu("sh -c '" + counting + "'")).isGreaterThan(Duration.ofMillis(50));
    }

    @Test
    void aCommandThatWaitsUsesNoProcessor() {
        assertThat(cpu("sleep 0.5")).isLessThan(Duration.ofMillis(250));
    }

    @Test
    void ofCommandsThatRunAtOnceTheProcessorTimeIsNotKnown(@TempDir Path folder) {
        Workflow workflow = Bench.chain(
                Set.of("text"),
                Set.of("one", "other"),
                Node.builder(
                                "block",
                                new NodeBody.Parallel(
                                        List.of(meeting("one", "other"), meeting("other", "one")),
                                        NodeBody.ErrorStrategy.FAIL_FAST,
                                        Map.of()))
                        .build());

        ExecutionResult result = new Bench()
                .directory(folder)
                .settings(Settings.with(settings -> settings.maxConcurrency = 2))
                .run(workflow, Map.of("text", "a"));

        assertThat(result.error()).isNull();
        assertThat(Bench.occurrence(result, "one").cpu()).isNull();
        assertThat(Bench.occurrence(result, "other").cpu()).isNull();
    }

    /** Ends when the other runs, too. */
    private static Node meeting(String id, String other) {
        String script = "cat > /dev/null; touch " + id + "; while [ ! -f " + other
                + " ]; do sleep 0.01; done; echo '{\"" + id + "\": 1}'";
        return Node.builder(id, new NodeBody.Command(List.of("sh", "-c", script), List.of("PATH"), 1 << 20))
                .state(List.of("text"), List.of(id))
                .effects(Effects.NONE)
                .build();
    }

    @Test
    void stateLargerThanAPipeGoesThrough() {
        String large = "x".repeat(3_000_000);
        Workflow workflow = shell("cat", List.of("PATH"), 16 << 20, Policies.NONE);
        Node echo = workflow.nodes().get(0).toBuilder()
                .state(List.of("text"), List.of("text"))
                .build();

        ExecutionResult result =
                new Bench().run(Bench.chain(Set.of("text"), Set.of("text"), echo), Map.of("text", large));

        assertThat(result.error()).isNull();
        assertThat(result.output()).containsEntry("text", large);
    }

    @Test
    void aCommandThatDoesNotReadItsInputIsFine() {
        Workflow workflow = shell("echo '{\"out\": 1}'", List.of("PATH"), 1 << 20, Policies.NONE);

        assertThat(new Bench()
                        .run(workflow, Map.of("text", "x".repeat(3_000_000)))
                        .output())
                .containsEntry("out", 1);
    }

    @Test
    void pythonRunsWhereItIsInstalled(@TempDir Path folder) throws IOException {
        assumeThat(installed("python3")).as("python3 is installed").isTrue();
        Files.writeString(
                folder.resolve("count.py"),
                "import json, sys\nprint(json.dumps({'out': len(json.load(sys.stdin)['text'])}))\n");
        Workflow workflow = workflow(List.of("python3", "count.py"), List.of("PATH", "HOME"), 1 << 20, Policies.NONE);

        assertThat(new Bench()
                        .directory(folder)
                        .run(workflow, Map.of("text", "12345"))
                        .output())
                .containsEntry("out", 5);
    }

    private static boolean installed(String program) {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anotherExitCodeThanZeroIsAnErrorWithTheEndOfTheErrorOutput() {
        ExecutionResult result = run("echo 'no such thing' >&2; exit 7");

        assertThat(result.error()).contains("(run)").contains("(7)").contains("no such thing");
        assertThat(Bench.occurrence(result, "run").errorType()).isEqualTo("CommandFailedException");
    }

    @Test
    void errorOutputIsBounded() {
        ExecutionResult result = run("head -c 5000000 /dev/zero | tr '\\0' 'e' >&2; echo end >&2; exit 1");

        assertThat(result.error()).endsWith("end").hasSizeLessThan(5000);
    }

    @Test
    void outputThatIsNotAJsonObjectIsAnError() {
        assertThat(run("echo hello").error()).contains("not JSON").contains("(hello)");
        assertThat(run("echo '[1]'").error()).contains("([1])").contains("object");
        assertThat(run("printf '{\"out\": \"\\377\"}'").error()).contains("UTF-8");
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        Workflow missing = workflow(List.of("no-such-program-at-all"), List.of(), 1 << 20, Policies.NONE);
        Workflow workflow = workflow(List.of("./no-such-program-at-all"), List.of(), 1 << 20, Policies.NONE);

        assertThat(new Bench().obstacles(missing))
                .singleElement()
                .asString()
                .contains("needs the program (no-such-program-at-all), which is not installed");
        assertThat(new Bench().run(workflow, Map.of("text", "")).error())
                .contains("no-such-program-at-all")
                .contains("could not be started");
    }

    @Test
    void moreOutputThanAllowedIsAnErrorThatNamesTheLimit() {
        Workflow endless =
                shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", List.of("PATH"), 10_000, Policies.NONE);

        assertThat(new Bench().run(endless, Map.of("text", "")).error())
                .contains("outputLimit")
                .contains("10000");
    }

    @Test
    void aCommandSeesOnlyTheEnvironmentThatItDeclares() {
        String name = System.getenv().keySet().stream()
                .filter(variable -> variable.matches("[A-Z]+") && !variable.equals("PATH") && !variable.equals("PWD"))
                .findFirst()
                .orElseThrow();
        String script = "if [ -n \"$" + name + "\" ]; then echo '{\"out\": true}'; else echo '{\"out\": false}'; fi";

        assertThat(new Bench()
                        .run(shell(script, List.of("PATH"), 1000, Policies.NONE), Map.of("text", ""))
                        .output())
                .containsEntry("out", false);
        assertThat(new Bench()
                        .run(shell(script, List.of("PATH", name), 1000, Policies.NONE), Map.of("text", ""))
                        .output())
                .containsEntry("out", true);
    }

    @Test
    void aCommandOverItsTimeoutIsKilledWithItsDescendants(@TempDir Path folder) throws IOException {
        Path pids = folder.resolve("pids");
        String script = "(sleep 300 & echo $! >> " + pids + "; sleep 300) & echo $! >> " + pids + "; echo $$ >> " + pids
                + "; wait";
        Workflow workflow = shell(script, List.of("PATH"), 1000, Policies.NONE.withTimeout(Duration.ofMillis(700)));

        ExecutionResult result = new Bench().run(workflow, Map.of("text", ""));

        assertThat(result.error()).contains("TimeoutException").contains("PT0.7S");
        assertThat(Bench.occurrence(result, "run").status()).isEqualTo(Status.ERROR);
        assertThat(alive(pids)).isEmpty();
    }

    @Test
    void aBackgroundProcessThatHoldsTheOutputOpenNeitherBlocksNorOutlivesTheRun(@TempDir Path folder)
            throws IOException {
        assumeThat(Files.isDirectory(Path.of("/proc/self")))
                .as("there is /proc")
                .isTrue();
        Path pids = folder.resolve("pids");
        Workflow workflow = shell(
                "(sleep 300 & echo $! >> " + pids + ") ; echo '{\"out\": 1}'", List.of("PATH"), 1000, Policies.NONE);

        ExecutionResult result = new Bench().run(workflow, Map.of("text", ""));

        assertThat(result.output()).containsEntry("out", 1);
        assertThat(alive(pids)).isEmpty();
    }

    private static List<Long> alive(Path pids) throws IOException {
        List<Long> alive = new ArrayList<>();
        List<String> lines = Files.readAllLines(pids);
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            long pid = Long.parseLong(line.strip());
            if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !zombie(pid)) {
                alive.add(pid);
            }
        }
        return alive;
    }

    /** A killed orphan is a zombie until the system's first process collects it, which some containers never do. */
    private static boolean zombie(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return true;
        }
    }
}
