package dev.fettle.search.ppo;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.search.ppo.Trajectory.Step;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.Arrays;

/** Plays episodes in one problem. Each modification costs one evaluation. */
final class Episodes {
    private final CandidateEvaluator evaluator;
    private final Prospects prospects;
    private final View view;
    private final Masking masking;
    private final Policy policy;
    private final Incumbent incumbent;
    private final Meter meter;
    private final SplitMix random;
    private final int[] baseline;
    private final double baselineScore;

    Episodes(
            SearchProblem problem,
            Space space,
            CandidateEvaluator evaluator,
            Policy policy,
            Incumbent incumbent,
            Meter meter,
            SplitMix random) {
        this.evaluator = evaluator;
        this.policy = policy;
        this.incumbent = incumbent;
        this.meter = meter;
        this.random = random;
        baseline = problem.baseline();
        prospects = new Prospects(problem, space, evaluator, meter);
        view = new View(prospects);
        masking = new Masking(problem, prospects);
        baselineScore = evaluator.reset(baseline);
    }

    /**
     * One episode of modifications, from the baseline or the best candidate.
     *
     * @param greedy whether the first modification takes the most probable options
     * @param temperature of the choice among the options; 1 as the policy says
     * @param crediting whether to look at all single changes of each proposal, for a training that may
     */
    Trajectory play(int modifications, boolean fromBest, boolean greedy, double temperature, boolean crediting) {
        Trajectory trajectory = new Trajectory();
        masking.forget();
        int[] candidate = fromBest ? incumbent.candidate() : baseline.clone();
        int[] chosen = positions(candidate);
        double score = fromBest ? incumbent.score() : baselineScore;
        double surprise = 0;
        for (int t = 0; t < modifications && meter.allowance(incumbent.score()) > 0; t++) {
            meter.spend(1);
            double progress = (double) t / modifications;
            double[][][] features = view.features(chosen, progress, surprise);
            double[] summary = view.summary(features, (baselineScore - score) / prospects.hope, progress, surprise);
            int[] actions = new int[chosen.length];
            double[] logs = new double[chosen.length];
            double expected = 0;
            double[][] probabilities = new double[chosen.length][];
            for (int d = 0; d < chosen.length; d++) {
                double[] p = Learner.probabilities(policy.actor, features[d], temperature);
                probabilities[d] = p;
                actions[d] = greedy && t == 0 ? likeliest(p) : draw(p);
                logs[d] = p[actions[d]];
            }
            masking.mask(chosen, actions, logs);
            for (int d = 0; d < chosen.length; d++) {
                logs[d] = Math.log(probabilities[d][actions[d]]);
                expected += features[d][actions[d]][2];
                candidate[prospects.decisions[d]] = prospects.options[d][actions[d]];
            }
            double next = evaluator.reset(candidate);
            incumbent.offer(candidate, next);
            boolean usable = next < CandidateEvaluator.INFEASIBLE;
            double reward = usable ? View.bounded((score - next) / prospects.hope) : -1;
            trajectory.steps.add(new Step(
                    features,
                    summary,
                    actions,
                    logs,
                    policy.critic.forward(summary),
                    reward,
                    crediting && usable ? credits(probabilities, actions, next) : new double[0]));
            if (usable) {
                surprise = View.bounded(((next - score) / prospects.unit() - expected) / (1 + Math.abs(expected)));
                score = next;
                chosen = actions;
            } else {
                for (int d = 0; d < chosen.length; d++) {
                    candidate[prospects.decisions[d]] = prospects.options[d][chosen[d]];
                }
            }
        }
        return trajectory;
    }

    /**
     * The counterfactual advantage of each decision: without it, each would get the credit for what all the others did
     * (Foerster et al., "Counterfactual multi-agent policy gradients", 2018).
     */
    private double[] credits(double[][] probabilities, int[] actions, double score) {
        double[] credits = new double[actions.length];
        for (int d = 0; d < actions.length; d++) {
            double mean = 0;
            for (int o = 0; o < probabilities[d].length; o++) {
                double other =
                        o == actions[d] ? score : evaluator.scoreWith(prospects.decisions[d], prospects.options[d][o]);
                double change = other < CandidateEvaluator.INFEASIBLE ? (other - score) / prospects.unit() : 1;
                mean += probabilities[d][o] * View.bounded(change);
            }
            credits[d] = mean;
        }
        return credits;
    }

    private int[] positions(int[] candidate) {
        int[] positions = new int[prospects.decisions.length];
        for (int d = 0; d < positions.length; d++) {
            int option = candidate[prospects.decisions[d]];
            int[] options = prospects.options[d];
            for (int o = 0; o < options.length; o++) {
                positions[d] = options[o] == option ? o : positions[d];
            }
        }
        return positions;
    }

    private static int likeliest(double[] p) {
        int best = 0;
        for (int o = 1; o < p.length; o++) {
            best = p[o] > p[best] ? o : best;
        }
        return best;
    }

    private int draw(double[] p) {
        double u = random.uniform() * Arrays.stream(p).sum();
        int o = 0;
        while (o < p.length - 1 && u >= p[o]) {
            u -= p[o++];
        }
        return o;
    }
}
