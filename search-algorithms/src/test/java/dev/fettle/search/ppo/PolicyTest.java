package dev.fettle.search.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.api.FettleException;
import dev.fettle.search.choicedag.ChoiceDag;
import dev.fettle.search.hillclimbing.HillClimbing;
import dev.fettle.search.run.SplitMix;
import dev.fettle.testkit.search.DistributionAssert;
import dev.fettle.testkit.search.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTest {
    @Test
    void theGradientOfTheNetworkIsThatOfFiniteDifferences() {
        SplitMix random = new SplitMix(1);
        double[] parameters = new double[Network.size(3)];
        Arrays.setAll(parameters, i -> random.gaussian());
        double[] x = {0.3, -1.2, 0.7};
        Network network = new Network(3, parameters);
        network.backward(x, 2);
        double[] gradient = network.gradient();
        for (int i = 0; i < parameters.length; i += 7) {
            double[] up = parameters.clone();
            double[] down = parameters.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double slope = 2 * (new Network(3, up).forward(x) - new Network(3, down).forward(x)) / 2e-6;
            assertThat(gradient[i]).isCloseTo(slope, within(1e-4));
        }
    }

    @Test
    void theSlopesOfTheObjectiveAreThoseOfFiniteDifferences() {
        Learner learner = new Learner(
                Policy.untrained(new SplitMix(1)), new PpoSettings("", 10, 8, 4, 3e-4, 0.2, 0.99, 0.95, 0.5));
        double[] logits = {0.2, -0.4, 1};
        double oldLog = Math.log(softmax(logits)[1]) + 0.05;
        double[] slopes = learner.slopes(softmax(logits), 1, oldLog, 1.5);
        for (int i = 0; i < 3; i++) {
            double[] up = logits.clone();
            double[] down = logits.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double slope = (loss(up, oldLog) - loss(down, oldLog)) / 2e-6;
            assertThat(slopes[i]).isCloseTo(slope, within(1e-6));
        }
    }

    private static double loss(double[] logits, double oldLog) {
        double[] p = softmax(logits);
        double entropy = -Arrays.stream(p).map(q -> q * Math.log(q)).sum();
        return -1.5 * Math.exp(Math.log(p[1]) - oldLog) - 0.5 * entropy;
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
    }

    @Test
    void clippingStopsAnActionThatHasMovedFarEnough() {
        Learner learner =
                new Learner(Policy.untrained(new SplitMix(1)), new PpoSettings("", 10, 8, 4, 3e-4, 0.2, 0.99, 0.95, 0));
        double[] p = {0.25, 0.75};
        assertThat(learner.slopes(p, 1, Math.log(0.5), 1)).containsExactly(new double[] {0, 0}, within(1e-12));
        assertThat(learner.slopes(p, 1, Math.log(0.5), -1)[1]).isPositive();
        assertThat(learner.slopes(p, 0, Math.log(0.5), -1)).containsExactly(new double[] {0, 0}, within(1e-12));
    }

    @Test
    void advantagesAreThoseOfTheRecursion() {
        Trajectory trajectory = new Trajectory();
        double[] rewards = {1, 0, 2};
        double[] values = {0.5, 1, -1};
        for (int t = 0; t < 3; t++) {
            trajectory.steps.add(new Trajectory.Step(
                    new double[0][][], new double[0], new int[0], new double[0], values[t], rewards[t], new double[0]));
        }
        double last = 2 + 1;
        double middle = 0 + 0.9 * -1 - 1 + 0.9 * 0.8 * last;
        double first = 1 + 0.9 * 1 - 0.5 + 0.9 * 0.8 * middle;
        assertThat(trajectory.advantages(0.9, 0.8)).containsExactly(new double[] {first, middle, last}, within(1e-12));
    }

    @Test
    void aPolicySurvivesBeingSaved() throws IOException {
        Policy policy = Policy.untrained(new SplitMix(3));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        policy.save(out);
        assertThat(out.size()).isLessThan(2_000_000);
        Policy loaded = Policy.load(new ByteArrayInputStream(out.toByteArray()));
        double[] x = {1, -1, 0.5, 0, 1, 0.1, 0, 2};
        assertThat(loaded.actor.forward(x)).isCloseTo(policy.actor.forward(x), within(1e-5));
        byte[] broken = out.toByteArray();
        broken[7]++;
        assertThatThrownBy(() -> Policy.load(new ByteArrayInputStream(broken)))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("version");
    }

    @Test
    void refusesAPolicyFileThatIsMissing() {
        assertThatThrownBy(() -> new Ppo()
                        .search(
                                ChoiceDag.generate(1, 10, 3),
                                TestContext.of(PpoSettings.defaults().withPolicy("no-such-file"), 1, 10)))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("no-such-file");
    }

    @Test
    void aPolicyTrainedOnSmallProblemsFindsMostOfTheGainInLargerOnesWithinTenEvaluations(@TempDir Path folder)
            throws IOException {
        Policy policy = PolicyTraining.train(
                number -> ChoiceDag.generate(1000 + number, 8 + (int) (number * 7 % 20), 3 + (int) (number % 3)),
                TestContext.of(PpoSettings.defaults(), 1, 6000));
        Path file = folder.resolve("policy.bin");
        try (var out = Files.newOutputStream(file)) {
            policy.save(out);
        }
        DistributionAssert.assertThatOverSeeds(12, seed -> {
                    ChoiceDag dag = ChoiceDag.generate(500 + seed, 60, 5);
                    double baseline = dag.newEvaluator().score();
                    double climbed = new HillClimbing()
                            .search(dag, TestContext.of(new HillClimbing().defaultSettings(), seed, 2000))
                            .score();
                    double proposed = new Ppo()
                            .search(dag, TestContext.of(PpoSettings.defaults().withPolicy(file.toString()), seed, 10))
                            .score();
                    return 1 - (baseline - proposed) / (baseline - climbed);
                })
                .hasMedianAtMost(0.2)
                .hasMaximumAtMost(0.4);
    }
}
