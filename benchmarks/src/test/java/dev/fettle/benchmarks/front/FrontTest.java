package dev.fettle.benchmarks.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.benchmarks.Benchmarks;
import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontTest {
    private static final double[] REFERENCE = {10, 10, 10};

    @Test
    void theHypervolumeIsThatOfCountedCells() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < seed % 13; i++) {
                points.add(new double[] {random.nextInt(12), random.nextInt(12), random.nextInt(12)});
            }
            int cells = 0;
            for (int x = 0; x < 10; x++) {
                for (int y = 0; y < 10; y++) {
                    for (int z = 0; z < 10; z++) {
                        int a = x;
                        int b = y;
                        int c = z;
                        cells += points.stream().anyMatch(p -> p[0] <= a && p[1] <= b && p[2] <= c) ? 1 : 0;
                    }
                }
            }
            assertThat(Hypervolume.of(points, REFERENCE)).isEqualTo(cells);
        }
    }

    @Test
    void theFrontOfASmallInstanceHoldsNearlyAllThatEveryCandidateTogetherHas(@TempDir Path folder) throws IOException {
        ChoiceDag dag = GeneratedDag.of(4, 8, 3);
        List<double[]> all = new ArrayList<>();
        int[] choices = new int[8];
        for (int number = 0; number < 6561; number++) {
            for (int node = 0, rest = number; node < 8; node++, rest /= 3) {
                choices[node] = rest % 3;
            }
            all.add(WeightedFront.objectives(dag, choices));
        }
        WeightedFront whole = new WeightedFront("enumeration", all, 0, 0);
        WeightedFront sweep = WeightedFront.of(dag, 4, 5);
        assertThat(whole.share(all)).isCloseTo(1, within(1e-12));
        assertThat(whole.share(sweep.points())).isBetween(0.7, 1.0);

        Path file = Files.writeString(folder.resolve("dag.txt"), GeneratedDag.text(dag));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Benchmarks.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "front",
                file.toString(),
                "--evaluations",
                "20000",
                "--steps",
                "4",
                "--seconds",
                "5");
        assertThat(code).as(err.toString()).isZero();
        Matcher share = Pattern.compile("\"hypervolumeShare\":([0-9.]+)").matcher(out.toString());
        assertThat(share.find()).isTrue();
        assertThat(Double.parseDouble(share.group(1))).isGreaterThanOrEqualTo(1 - 1e-5);
    }
}
