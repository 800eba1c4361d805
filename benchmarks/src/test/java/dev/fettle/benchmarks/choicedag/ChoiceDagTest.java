package dev.fettle.benchmarks.choicedag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.Budget;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.benchmarks.Benchmarks;
import dev.fettle.core.plan.SearchSession;
import dev.fettle.search.annealing.SimulatedAnnealing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceDagTest {
    private static final String SMALL = """
            3 2 3 2 1 10
            0
            1 0
            1 0
            5 1 9
            2 4 7
            6 2 8
            1 3 3
            4 1 5
            4 0 2
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("instance.txt"), content);
    }

    /** A graph with random parents among the latest nodes. */
    private static String random(long seed, int nodes, int options) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(nodes + " " + options + " 7 3 2 1000\n");
        for (int node = 0; node < nodes; node++) {
            int count = Math.min(node, random.nextInt(3));
            text.append(count);
            for (int i = 0; i < count; i++) {
                text.append(' ').append(node - 1 - random.nextInt(Math.min(node, 4)));
            }
            text.append('\n');
        }
        for (int i = 0; i < nodes * options; i++) {
            text.append(random.nextInt(100))
                    .append(' ')
                    .append(random.nextInt(50))
                    .append(' ')
                    .append(random.nextInt(30))
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void theScoreIsTheWeightedSumOfLongestPathCostAndQuality() throws IOException {
        ChoiceDag dag = ChoiceDag.read(file(SMALL));
        assertThat(dag.score(new int[] {0, 0, 0})).isCloseTo((3 * 11 + 2 * 4 - 22) / 10.0, within(1e-12));
        assertThat(dag.score(new int[] {1, 1, 1})).isCloseTo((3 * 6 + 2 * 7 - 12) / 10.0, within(1e-12));
    }

    @Test
    void theEvaluatorOfTheOptimizerGivesTheScoreOfTheInstance() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            ChoiceDag dag = ChoiceDag.read(file(random(seed, 12, 4)));
            ChoiceDagProblem problem = new ChoiceDagProblem(dag);
            CandidateEvaluator evaluator = problem.problem().newEvaluator();
            int[] candidate = problem.problem().baseline();
            Random random = new Random(seed);
            for (int move = 0; move < 300; move++) {
                int decision = random.nextInt(candidate.length);
                int option = random.nextInt(4);
                int before = candidate[decision];
                candidate[decision] = option;
                double expected = dag.score(problem.choices(candidate));
                assertThat(evaluator.scoreWith(decision, option)).isCloseTo(expected, within(1e-9));
                if (random.nextInt(4) == 0) {
                    assertThat(evaluator.apply(decision, option)).isCloseTo(expected, within(1e-9));
                } else {
                    candidate[decision] = before;
                }
            }
        }
    }

    @Test
    void theCommandPrintsTheScoreOfTheChoicesThatItPrints() throws IOException {
        Path file = file(random(3, 20, 5));
        StringWriter out = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                "choice-dag",
                file.toString(),
                "--algorithm",
                "annealing",
                "--seed",
                "7",
                "--evaluations",
                "5000");
        JsonNode line = new ObjectMapper().readTree(out.toString());
        int[] choices = new ObjectMapper().convertValue(line.get("choices"), int[].class);
        ChoiceDag dag = ChoiceDag.read(file);
        assertThat(code).isZero();
        assertThat(line.get("best").asDouble()).isEqualTo(dag.score(choices)).isLessThan(dag.score(new int[20]));
        assertThat(line.get("evaluations").asLong()).isLessThanOrEqualTo(5000);
    }

    @Test
    void annealingFindsTheProvedOptimumOfASmallInstance() throws Exception {
        Path data = Path.of(System.getProperty("fettle.root", ".."), "../shared/data/choice-dag/dag-20-1.txt");
        assumeThat(data)
                .as("an instance with a proved optimum beside the project")
                .exists();
        StringWriter out = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                "choice-dag",
                data.toString(),
                "--algorithm",
                "annealing",
                "--evaluations",
                "200000");
        assertThat(code).isZero();
        double best = new ObjectMapper().readTree(out.toString()).get("best").asDouble();
        assertThat(Math.abs(best - 0.30446463)).isLessThan(1e-8);
    }

    @Test
    void aWrongLineIsNamed() throws IOException {
        assertThatThrownBy(() -> ChoiceDag.read(file("2 1 1 1 1 1\n0\n1 5\n1 1 1\n1 1 1\n")))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("parent (5)");
        String whole = "2 1 1 1 1 1\n0\n1 0\n1 1 1\n1 1 1\n";
        assertThat(ChoiceDag.read(file(whole + "\n")).nodes()).isEqualTo(2);
        assertThatThrownBy(() -> ChoiceDag.read(file(whole + "3 1 1\n")))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("line 6")
                .hasMessageContaining("2 nodes of 1 options");
        Path noText = folder.resolve("no-text.txt");
        Files.write(noText, "2 1 1 1 1 1\n0\n1 0\n1 1 1\n1 \u00ff 1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ChoiceDag.read(noText))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("line 5")
                .hasMessageContaining("something other than whole numbers");
    }

    @Test
    void theHelpNamesTheAlgorithms() {
        StringWriter out = new StringWriter();
        Benchmarks.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), "choice-dag", "--help");
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("annealing, auto, bayesian, genetic, hill-climbing, nsga2, ppo");
    }

    private double best(Path file, Path state, long seed, int evaluations) throws IOException {
        StringWriter out = new StringWriter();
        Benchmarks.run(
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter()),
                "choice-dag",
                file.toString(),
                "--seed",
                String.valueOf(seed),
                "--evaluations",
                String.valueOf(evaluations),
                "--state",
                state.toString());
        return new ObjectMapper().readTree(out.toString()).get("best").asDouble();
    }

    @Test
    void aSearchGoesOnFromItsSavedState() throws IOException {
        Path file = file(GeneratedDag.text(GeneratedDag.of(5, 40, 4)));
        Path state = folder.resolve("state.json");
        double first = best(file, state, 1, 300);
        double goneOn = best(file, state, 2, 2);
        double anew = best(file, folder.resolve("none.json"), 2, 2);
        assertThat(goneOn).isLessThanOrEqualTo(first);
        assertThat(anew).isGreaterThan(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nsga2|'\"archive\":[0,9]'",
                "nsga2|'\"archive\":[0,1,0]'",
                "genetic|'\"population\":[-1,0]'",
                "bayesian|'\"scores\":[0.5],\"candidates\":[0,9]'"
            })
    void aStateWithCandidatesThatDoNotFitIsRefused(String algorithm, String candidates) throws IOException {
        Path file = file("2 2 1 1 1 1\n0\n1 0\n1 1 1\n2 2 2\n1 1 1\n2 2 2\n");
        Path state = Files.writeString(
                folder.resolve("state.json"),
                "{\"algorithm\":\"" + algorithm + "\",\"random\":1," + candidates + ",\"best\":[0,0]}");
        StringWriter err = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "choice-dag",
                file.toString(),
                "--algorithm",
                algorithm,
                "--evaluations",
                "20",
                "--state",
                state.toString());
        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains("saved search state", algorithm);
    }

    @Test
    void aGeneratedInstanceIsReadAsItWasWritten() throws IOException {
        ChoiceDag dag = GeneratedDag.of(7, 30, 5);
        ChoiceDag read = ChoiceDag.read(file(GeneratedDag.text(dag)));
        assertThat(read.score(new int[30])).isEqualTo(dag.score(new int[30]));
        assertThat(GeneratedDag.text(read)).isEqualTo(GeneratedDag.text(dag));
    }

    @Test
    void theRelaxationPointsNearTheOptimumAndSaysWhatItCost() {
        for (long seed = 1; seed <= 5; seed++) {
            SearchProblem problem = new ChoiceDagProblem(GeneratedDag.of(seed, 40, 4)).problem();
            Relaxation relaxation = problem.relaxation(problem.baseline(), 400).orElseThrow();
            CandidateEvaluator evaluator = problem.newEvaluator();
            double baseline = evaluator.score();
            double best = new SimulatedAnnealing()
                    .search(
                            problem,
                            new SearchSession(
                                    new Budget(100_000, Duration.ofMinutes(5), 0),
                                    1,
                                    new SimulatedAnnealing().defaultSettings(),
                                    System::nanoTime))
                    .score();
            assertThat(evaluator.reset(relaxation.candidate()) - best).isLessThan(0.1 * (baseline - best));
            assertThat(relaxation.evaluations()).isBetween(1, 400);
            for (double[] costs : relaxation.reducedCosts()) {
                assertThat(costs).hasSize(4).contains(0);
                assertThat(Arrays.stream(costs)).allMatch(cost -> cost >= 0);
            }
        }
    }

    @Test
    void aSearchThatOnlyTimeLimitsHasTheRelaxationOfALongOne() {
        SearchProblem problem = new ChoiceDagProblem(GeneratedDag.of(3, 30, 4)).problem();
        Relaxation endless =
                problem.relaxation(problem.baseline(), Integer.MAX_VALUE).orElseThrow();
        Relaxation longOne = problem.relaxation(problem.baseline(), 100_000).orElseThrow();
        assertThat(endless.candidate()).isEqualTo(longOne.candidate());
        assertThat(endless.evaluations()).isEqualTo(longOne.evaluations());
    }

    @Test
    void theRelaxationIsTheSameEachTime() {
        SearchProblem problem = new ChoiceDagProblem(GeneratedDag.of(3, 30, 4)).problem();
        Relaxation one = problem.relaxation(problem.baseline(), 200).orElseThrow();
        Relaxation other = problem.relaxation(problem.baseline(), 200).orElseThrow();
        assertThat(one.candidate()).isEqualTo(other.candidate());
        assertThat(one.reducedCosts()).isDeepEqualTo(other.reducedCosts());
    }
}
