package dev.fettle.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.ingest.TraceWriter;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.testkit.trace.TraceBuilder;
import dev.fettle.testkit.workflow.SampleWorkflows;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedTest {
    @TempDir
    Path temp;

    @Test
    void theProgramPrintsABetterWorkflow() throws Exception {
        Workflow workflow = SampleWorkflows.unusedNode();
        Path definition = Files.writeString(temp.resolve("workflow.yaml"), WorkflowWriter.toYaml(workflow));
        Path traces = temp.resolve("traces.jsonl");
        TraceWriter writer = ServiceLoader.load(TraceWriter.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals("native-json"))
                .findFirst()
                .orElseThrow();
        try (OutputStream output = Files.newOutputStream(traces)) {
            for (int run = 0; run < 30; run++) {
                writer.write(
                        TraceBuilder.run("run-" + run)
                                .of(workflow.id())
                                .startedAt(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(run))
                                .ran("read", one -> one.seconds(0.5))
                                .ran("lint", one -> one.seconds(2))
                                .ran("report", one -> one.seconds(0.3))
                                .build(),
                        output);
            }
        }

        String printed = printed(() -> Embed.main(new String[] {definition.toString(), traces.toString()}));

        assertThat(printed).contains("'lint'").contains("id: report").doesNotContain("id: lint");
    }

    private static String printed(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theProgramHasUnderFortyLines() throws Exception {
        assertThat(Files.readAllLines(Path.of("src/main/java/dev/fettle/examples/embed/Embed.java")))
                .hasSizeLessThan(40);
    }

    /** A strategy of the program's own. */
    public static final class Own implements OptimizationStrategy {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public boolean appliesTo(Bottleneck bottleneck) {
            return false;
        }

        @Override
        public List<Suggestion> suggest(StrategyContext context) {
            return List.of();
        }
    }

    @Test
    void aProgramWithGuiceBringsItsOwnStrategy() {
        assertThat(EmbedWithGuice.optimizer(Own.class)
                        .plugins()
                        .require(PluginKind.STRATEGY, "own")
                        .origin())
                .isEqualTo("embedded");
    }
}
