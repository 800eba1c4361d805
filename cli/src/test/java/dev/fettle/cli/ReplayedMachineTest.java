package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.fettle.api.plan.Plan;
import dev.fettle.core.estimate.Interference;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.ProgressListener;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.Runs;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates reckon with the machine and the executor that will run the plan. */
class ReplayedMachineTest {
    private static final String FUNCTION = """
              - id: %s
                kind: command
                command: [awk, 'BEGIN {for (i = 0; i < %d; i++) x += i; print "{\\"%s\\": 1}"}']
                environment: [PATH]
                reads: [name]
                writes: [%s]
                effects: %s
            """;

    private static final long STEPS = 3_000_000;

    /** At the list price of gpt-4o, sixteen of these cost less than a cent. */
    private static final String ANSWER = """
            {"id": "1", "model": "%s",
             "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Yes."}}],
             "usage": {"prompt_tokens": 20, "completion_tokens": 20, "total_tokens": 40}}
            """;

    @TempDir
    Path folder;

    private Project project(String configuration, long steps, String effects) throws IOException {
        Files.writeString(
                folder.resolve("workflow.yaml"),
                "version: 1\nid: counts\ninputs: [name]\noutputs: [one, two]\nnodes:\n"
                        + FUNCTION.formatted("one", steps, "one", "one", "none")
                        + FUNCTION.formatted("two", steps, "two", "two", effects));
        Files.writeString(folder.resolve("inputs.jsonl"), "{\"name\": \"anna\"}\n{\"name\": \"bert\"}\n");
        Files.writeString(folder.resolve("fettle.yaml"), configuration);
        return Project.read(folder);
    }

    private static Runs run(Project project) {
        return WorkflowOptimizer.create(project.configuration()).run(project, result -> {}, ProgressListener.NONE);
    }

    private ReplaySettings replayed(String configuration, Interference measured) throws IOException {
        Project project = project(configuration, 10, "none");
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Analysis analysis = optimizer.collector(project.workflow()).analysis();
        return optimizer.replaySettings(
                new Analysis(analysis.workflow(), analysis.profile(), analysis.bottlenecks(), measured));
    }

    @Test
    void asManyMembersRunAtOnceAsTheExecutorIsSetTo() throws IOException {
        assertThat(replayed(
                        "search: {concurrency: 2}\nexecutors: {langgraph4j: {maxConcurrency: 8}}\n", Interference.NONE))
                .isEqualTo(ReplaySettings.of(2, 8));
    }

    @Test
    void withoutThatSettingAsManyAsThereAreProcessors() throws IOException {
        assertThat(replayed("search: {concurrency: 3}\n", Interference.NONE)).isEqualTo(ReplaySettings.of(3, 3));
    }

    @Test
    void processorsSlowEachOtherAsWasMeasured() throws IOException {
        Interference measured = new Interference(1.5, Map.of("one", 1.4));
        assertThat(replayed("search: {concurrency: 2}\n", measured))
                .isEqualTo(ReplaySettings.of(2, 2).with(measured));
    }

    @Test
    void whatTwoRunsAtOnceGetIsMeasuredWhileProfiling() throws IOException {
        assumeThat(Runtime.getRuntime().availableProcessors()).isEqualTo(2);
        Project project = project("profiling: {runs: 2, warmUp: 1}\nsearch: {concurrency: 2}\n", STEPS, "none");
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(project.configuration());
        Analyzer.Collector collector = optimizer.collector(project.workflow());
        Runs runs = optimizer.run(project, result -> collector.accept(result.trace()), ProgressListener.NONE);
        // a machine that is busy with something else makes runs seem to wait, of which nothing is told
        for (int again = 0; again < 4 && runs.interference().equals(Interference.NONE); again++) {
            runs = run(project);
        }
        assertThat(runs.interference().byNode()).containsOnlyKeys("one", "two");
        assertThat(runs.runs()).isEqualTo(2);
        Analysis analysis = collector.analysis().measuredIn(runs);
        assertThat(optimizer.replaySettings(analysis).interference()).isEqualTo(runs.interference());
        Plan plan = optimizer
                .propose(analysis, optimizer.trials(project, analysis), (done, best) -> {})
                .plan();
        assertThat(Objects.requireNonNull(plan).estimate().assumptions())
                .anyMatch(note -> note.contains("processors, which is what two runs at once were measured to get"));
    }

    /** Whether runs were made to measure: more than the one by which a warm-up that goes on adds to what is to come. */
    private static boolean measures(Project project) {
        List<Long> totals = new ArrayList<>();
        WorkflowOptimizer.create(project.configuration())
                .run(project, result -> {}, (done, total) -> totals.add(total));
        return IntStream.range(1, totals.size()).anyMatch(i -> totals.get(i) - totals.get(i - 1) > 1);
    }

    @Test
    void nothingIsMeasuredWithoutAWarmUpOnAnotherMachineOrWhereEffectsWouldBeRepeated() throws IOException {
        assumeThat(Runtime.getRuntime().availableProcessors()).isEqualTo(2);
        assertThat(measures(project("profiling: {runs: 1, warmUp: 1}\nsearch: {concurrency: 2}\n", STEPS, "none")))
                .isTrue();
        assertThat(measures(project("profiling: {runs: 1, warmUp: 0}\nsearch: {concurrency: 2}\n", STEPS, "none")))
                .isFalse();
        assertThat(measures(project("profiling: {runs: 1, warmUp: 1}\nsearch: {concurrency: 8}\n", STEPS, "none")))
                .isFalse();
        assertThat(measures(project("profiling: {runs: 1, warmUp: 1}\nsearch: {concurrency: 2}\n", STEPS, "external")))
                .isFalse();
    }

    @Test
    void nothingIsMeasuredWhereThatWouldTakeMuchOfWhatMayBeSpentOrHasNoPrice() throws IOException {
        assumeThat(Runtime.getRuntime().availableProcessors()).isEqualTo(2);
        assertThat(measuresAsking("gpt-4o", 5)).isTrue();
        assertThat(measuresAsking("gpt-4o", 0.01)).isFalse();
        assertThat(measuresAsking("without-price", 5)).isFalse();
    }

    private boolean measuresAsking(String model, double maxUsd) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ANSWER.formatted(model).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            return measures(asking(model, server, maxUsd));
        } finally {
            server.stop(0);
        }
    }

    private Project asking(String model, HttpServer server, double maxUsd) throws IOException {
        project(
                "profiling: {runs: 1, warmUp: 1}\nsearch: {concurrency: 2}\nspending: {maxUsd: " + maxUsd + "}\n"
                        + "executors: {langgraph4j: {endpoints: {" + model + ": {baseUrl: \"http://127.0.0.1:"
                        + server.getAddress().getPort() + "/v1\"}}}}\n",
                STEPS,
                "none");
        Files.writeString(
                folder.resolve("workflow.yaml"),
                "  - {id: ask, kind: agent, model: " + model + ", prompt: \"Answer {name}\", reads: [name],"
                        + " writes: [answer], effects: none}\n",
                StandardOpenOption.APPEND);
        return Project.read(folder);
    }
}
