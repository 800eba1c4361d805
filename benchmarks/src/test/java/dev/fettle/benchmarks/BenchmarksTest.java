package dev.fettle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarksTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Benchmarks.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("jmh");
    }

    @Test
    void aMissingCommandIsAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("COMMAND");
    }

    @Test
    void anUnknownCommandIsAUsageErrorThatNamesIt() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(err.toString()).contains("fly");
    }

    @Test
    void theVersionIsTold() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("Fettle benchmarks ");
    }

    static Stream<List<String>> unusable() {
        return Stream.of(
                List.of("(0)", "choice-dag", "dag.txt", "--evaluations", "0"),
                List.of("(-1.0)", "choice-dag", "dag.txt", "--seconds", "-1"),
                List.of("up to", "choice-dag", "dag.txt", "--seconds", "1e300"),
                List.of("(.)", "choice-dag", "dag.txt", "--evaluations", "9", "--state", "."),
                List.of("nowhere/state", "choice-dag", "dag.txt", "--evaluations", "9", "--state", "nowhere/state"),
                List.of("expected the text", "choice-dag", "dag.txt", "--evaluations", "9", "--state", "bytes"),
                List.of("the weights are (0 0 0)", "choice-dag", "weightless.txt", "--evaluations", "9"),
                List.of("a value is (-5)", "choice-dag", "negative.txt", "--evaluations", "9"),
                List.of("a value is (9000000000000000000)", "choice-dag", "huge.txt", "--evaluations", "9"),
                List.of("all values that have a weight are 0", "choice-dag", "zeros.txt", "--evaluations", "9"),
                List.of("(0)", "function", "branin", "--evaluations", "0"),
                List.of("1 nodes", "typical", "--nodes", "1"),
                List.of("0 evaluations", "typical", "--evaluations", "0"),
                List.of("(nowhere)", "evaluate", "intervals", "nowhere"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNotUsableIsNamedInOneSentence(List<String> told, @TempDir Path folder) throws IOException {
        String dag = "1 2 %s\n0\n%s 2 3\n4 5 6\n";
        Files.writeString(folder.resolve("dag.txt"), dag.formatted("1 1 1 1", "1"));
        Files.writeString(folder.resolve("weightless.txt"), dag.formatted("0 0 0 1", "1"));
        Files.writeString(folder.resolve("negative.txt"), dag.formatted("1 1 1 1", "-5"));
        Files.writeString(folder.resolve("huge.txt"), dag.formatted("1 1 1 1", "9000000000000000000"));
        Files.writeString(folder.resolve("zeros.txt"), "1 2 1 0 0 1\n0\n0 2 3\n0 5 6\n");
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        String[] arguments = told.stream()
                .skip(1)
                .map(word -> Files.exists(folder.resolve(word)) && !word.equals("9")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);

        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .contains(told.get(0).equals("(.)") ? "cannot be a file" : told.get(0))
                .doesNotContain("internal error");
    }
}
