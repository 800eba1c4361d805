package dev.fettle.benchmarks.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.benchmarks.Benchmarks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FunctionCommandTest {
    @Test
    void knowsTheMinimaOfItsFunctions() {
        for (double[] x : new double[][] {{-Math.PI, 12.275}, {Math.PI, 2.275}, {9.42477796076938, 2.475}}) {
            assertThat(TestFunction.BRANIN.at(x)).isCloseTo(TestFunction.BRANIN.minimum(), within(1e-9));
        }
        double[] x = {0.20168952, 0.15001069, 0.47687398, 0.27533243, 0.31165162, 0.65730054};
        assertThat(TestFunction.HARTMANN6.at(x)).isCloseTo(TestFunction.HARTMANN6.minimum(), within(1e-6));
    }

    @Test
    void printsWhatWasFoundAndTheSameForTheSameSeed() {
        String line = run("function", "branin", "--algorithm", "bayesian", "--evaluations", "25", "--seed", "3");
        Matcher json =
                Pattern.compile("\\{\"best\":([^,]+),\"regret\":([^}]+)}\\R").matcher(line);
        assertThat(json.matches()).as(line).isTrue();
        double regret = Double.parseDouble(json.group(2));
        assertThat(regret).isBetween(0.0, 1.0);
        assertThat(Double.parseDouble(json.group(1))).isCloseTo(TestFunction.BRANIN.minimum() + regret, within(1e-9));
        assertThat(run("function", "branin", "--evaluations", "25", "--seed", "3"))
                .isEqualTo(line);
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Benchmarks.run(new PrintWriter(out), new PrintWriter(err), arguments);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }
}
