package dev.fettle.search.ppo;

import java.util.ArrayList;
import java.util.List;

/** What happened in one episode. */
final class Trajectory {
    /**
     * One modification of the whole candidate.
     *
     * @param features of each option of each decision
     * @param actions the option taken in each decision
     * @param logs logarithm of the probability of each of these
     * @param credits by how much the action of each decision was better than the mean of its policy, the other decisions
     *     as they are; empty where that was not looked at
     */
    record Step(
            double[][][] features,
            double[] summary,
            int[] actions,
            double[] logs,
            double value,
            double reward,
            double[] credits) {}

    final List<Step> steps = new ArrayList<>();

    /**
     * Generalized advantage estimation (Schulman et al., "High-dimensional continuous control using generalized advantage
     * estimation", 2016). The episode's end is worth nothing more.
     */
    double[] advantages(double discount, double lambda) {
        double[] advantages = new double[steps.size()];
        double next = 0;
        double advantage = 0;
        for (int t = advantages.length - 1; t >= 0; t--) {
            Step step = steps.get(t);
            advantage = step.reward() + discount * next - step.value() + discount * lambda * advantage;
            advantages[t] = advantage;
            next = step.value();
        }
        return advantages;
    }
}
