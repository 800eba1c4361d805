package dev.fettle.benchmarks.regression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaussianProcessCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Benchmarks.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private double number(String name) {
        Matcher number = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(out.toString());
        assertThat(number.find()).as(out.toString()).isTrue();
        return Double.parseDouble(number.group(1));
    }

    @Test
    void predictsGeneratedRowsNearlyAsWellAsTheirNoiseAllows() {
        assertThat(run("gaussian-process", "--rows", "150", "--features", "6", "--repeat", "1"))
                .as(err.toString())
                .isZero();
        assertThat(number("rows")).isEqualTo(150);
        assertThat(number("rmse")).isBetween(0.95, 1.3);
        assertThat(number("fitSeconds")).isPositive();
    }

    @Test
    void readsFilesAndPredictsTheRowsBehindThoseFitted(@TempDir Path folder) throws IOException {
        Friedman rows = Friedman.generate(3, 160, 6);
        List<String> lines = IntStream.range(0, 160)
                .mapToObj(row -> rows.targets()[row]
                        + Arrays.stream(rows.inputs()[row])
                                .mapToObj(x -> "," + x)
                                .collect(Collectors.joining()))
                .toList();
        Path file = Files.write(folder.resolve("rows.csv"), lines);
        assertThat(Friedman.read(file, 10).inputs())
                .isDeepEqualTo(rows.part(0, 10).inputs());
        assertThat(run("gaussian-process", "--train", file.toString(), "--rows", "120", "--repeat", "1"))
                .as(err.toString())
                .isZero();
        assertThat(number("rmse")).isBetween(0.7, 1.5);
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "1,2,3\n4,five,6\n");
        assertThat(run("gaussian-process", "--train", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("row 2").contains("numbers");
        Files.writeString(file, "1,2,3\n4,NaN,6\n");
        assertThat(run("gaussian-process", "--train", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("not finite");
        assertThat(run("gaussian-process", "--train", folder.resolve("none").toString()))
                .isEqualTo(2);
    }
}
