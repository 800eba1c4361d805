package dev.fettle.search.ppo;

import dev.fettle.search.ppo.Trajectory.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The update of proximal policy optimization with the clipped objective (Schulman, Wolski, Dhariwal, Radford and Klimov,
 * "Proximal policy optimization algorithms", 2017). A modification decides every decision independently, so that its
 * probability is a product and each factor is clipped by itself.
 */
final class Learner {
    private static final int MINIBATCH = 16;
    private static final double TOGETHER = 0.1;

    private final Policy policy;
    private final PpoSettings settings;

    /** A step with its advantage and the return that the value should have foretold. */
    private record Lesson(Step step, double advantage, double target) {}

    Learner(Policy policy, PpoSettings settings) {
        this.policy = policy;
        this.settings = settings;
    }

    void update(List<Trajectory> batch) {
        List<Lesson> lessons = new ArrayList<>();
        double sum = 0;
        double squares = 0;
        for (Trajectory trajectory : batch) {
            double[] advantages = trajectory.advantages(settings.discount(), settings.lambda());
            for (int t = 0; t < advantages.length; t++) {
                Step step = trajectory.steps.get(t);
                lessons.add(new Lesson(step, advantages[t], advantages[t] + step.value()));
                sum += advantages[t];
                squares += advantages[t] * advantages[t];
            }
        }
        double mean = sum / lessons.size();
        double deviation = Math.sqrt(Math.max(1e-12, squares / lessons.size() - mean * mean));
        double creditScale = creditScale(lessons);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            for (int from = 0; from < lessons.size(); from += MINIBATCH) {
                List<Lesson> minibatch = lessons.subList(from, Math.min(lessons.size(), from + MINIBATCH));
                for (Lesson lesson : minibatch) {
                    learn(lesson, (lesson.advantage() - mean) / deviation, creditScale, 1.0 / minibatch.size());
                }
                policy.actor.step(settings.learningRate());
                policy.critic.step(settings.learningRate());
            }
        }
    }

    private static double creditScale(List<Lesson> lessons) {
        double mean = lessons.stream()
                .flatMapToDouble(lesson -> Arrays.stream(lesson.step().credits()))
                .map(credit -> credit * credit)
                .average()
                .orElse(0);
        return mean > 0 ? 1 / Math.sqrt(mean) : 0;
    }

    private void learn(Lesson lesson, double advantage, double creditScale, double weight) {
        Step step = lesson.step();
        double error = policy.critic.forward(step.summary()) - lesson.target();
        policy.critic.backward(step.summary(), weight * error);
        double share = weight / step.actions().length;
        for (int d = 0; d < step.actions().length; d++) {
            double[][] options = step.features()[d];
            // Where its own credit is known, what all decisions achieved together only says what comes after.
            double own =
                    step.credits().length == 0 ? advantage : TOGETHER * advantage + creditScale * step.credits()[d];
            if (options.length > 1) {
                double[] slopes =
                        slopes(probabilities(policy.actor, options, 1), step.actions()[d], step.logs()[d], own);
                for (int o = 0; o < options.length; o++) {
                    policy.actor.backward(options[o], share * slopes[o]);
                }
            }
        }
    }

    /** Slopes of the loss of one decision by the logits: clipped objective and entropy bonus. */
    double[] slopes(double[] probabilities, int action, double oldLog, double advantage) {
        double ratio = Math.exp(Math.log(probabilities[action]) - oldLog);
        boolean clipped = advantage > 0 ? ratio > 1 + settings.clip() : ratio < 1 - settings.clip();
        double pull = clipped ? 0 : -advantage * ratio;
        double entropy = 0;
        for (double p : probabilities) {
            entropy -= p * Math.log(p);
        }
        double[] slopes = new double[probabilities.length];
        for (int o = 0; o < slopes.length; o++) {
            double p = probabilities[o];
            slopes[o] = pull * ((o == action ? 1 : 0) - p) + settings.entropy() * p * (Math.log(p) + entropy);
        }
        return slopes;
    }

    /** The softmax of the ratings of some options, never quite zero. */
    static double[] probabilities(Network actor, double[][] options, double temperature) {
        double[] p = new double[options.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int o = 0; o < p.length; o++) {
            p[o] = actor.forward(options[o]) / temperature;
            highest = Math.max(highest, p[o]);
        }
        double sum = 0;
        for (int o = 0; o < p.length; o++) {
            p[o] = Math.exp(Math.max(-30, p[o] - highest));
            sum += p[o];
        }
        for (int o = 0; o < p.length; o++) {
            p[o] /= sum;
        }
        return p;
    }
}
