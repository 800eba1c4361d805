package dev.fettle.benchmarks.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Benchmarks.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void theShippedPolicyFindsMostOfTheGainWithinTenEvaluations() {
        assertThat(run("evaluate", "policy", "--workflows", "10", "--nodes", "24..36", "--seed", "5"))
                .as(err.toString())
                .isZero();
        Matcher share = Pattern.compile("\"share\":([0-9.]+)").matcher(out.toString());
        assertThat(share.find()).isTrue();
        assertThat(Double.parseDouble(share.group(1))).isBetween(0.8, 1.2);
    }

    @Test
    void theSameSeedTrainsTheSamePolicy(@TempDir Path folder) throws IOException {
        Path first = folder.resolve("first.bin");
        Path second = folder.resolve("second.bin");
        for (Path file : new Path[] {first, second}) {
            assertThat(run("train", "--out", file.toString(), "--evaluations", "160", "--nodes", "6..8"))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
        assertThat(Files.size(first)).isLessThan(2_000_000);
    }

    @Test
    void refusesSizesThatAreNoRange() {
        assertThat(run("train", "--out", "unused", "--nodes", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("many").contains("8..30");
    }
}
