package dev.fettle.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.benchmarks.Benchmarks;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private String run(String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("dag.txt"), GeneratedDag.text(GeneratedDag.of(1, 12, 3)));
        String[] arguments = {"peers", "--instance", file.toString(), "--seconds", "0.2", "--systems", "fettle"};
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        StringWriter out = new StringWriter();
        int code = Benchmarks.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), all);
        assertThat(code).isZero();
        return out.toString();
    }

    @Test
    void eachSystemIsListedWithItsBestGapAndSpeed() throws IOException {
        JsonNode systems = new ObjectMapper()
                .readTree(run("--format", "json", "--optimum", "0.01"))
                .get("systems");
        assertThat(systems).hasSize(4);
        for (JsonNode system : systems) {
            double best = system.get("best").asDouble();
            assertThat(system.get("system").asText()).startsWith("Fettle ");
            assertThat(system.get("gap").asDouble()).isEqualTo((best - 0.01) / 0.01);
            assertThat(system.get("evaluationsPerSecond").asLong()).isPositive();
        }
        assertThat(systems.get(0).get("best").asDouble())
                .isLessThanOrEqualTo(systems.get(3).get("best").asDouble());
    }

    @Test
    void theReportRanksOverTimeAndOverEvaluations() throws IOException {
        Path markdown = folder.resolve("report.md");
        Path html = folder.resolve("report.html");
        run("--seeds", "2", "--report", markdown.toString());
        run("--report", html.toString());
        assertThat(markdown).content().contains("## Ranking", "## Median gap over time", "2 seeds", "| Fettle auto |");
        assertThat(html).content().startsWith("<!DOCTYPE html>").contains("<td>Fettle annealing</td>");
    }

    @Test
    void theCourseOfASearchIsKeptByTimeAndByEvaluations() {
        Course course = new Course();
        course.at(10, 0.5);
        course.at(20, 0.7);
        course.at(30, 0.4);
        assertThat(course.afterEvaluations(9)).isInfinite();
        assertThat(course.afterEvaluations(29)).isEqualTo(0.5);
        assertThat(course.afterEvaluations(30)).isEqualTo(0.4);
        assertThat(course.after(1000)).isEqualTo(0.4);
    }

    @Test
    void wholeCandidatesScoreAsTheInstanceSays() {
        ChoiceDag dag = GeneratedDag.of(3, 20, 4);
        CountedScore score = new CountedScore(dag, new Course());
        int[] choices = new int[20];
        choices[3] = 2;
        assertThat(score.of(choices)).isCloseTo(dag.score(choices), org.assertj.core.api.Assertions.within(1e-12));
        assertThat(score.count()).isEqualTo(1);
    }
}
