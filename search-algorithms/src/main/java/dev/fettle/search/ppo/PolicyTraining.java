package dev.fettle.search.ppo;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Trains a policy on many problems, one episode in each. */
public final class PolicyTraining {
    private PolicyTraining() {}

    /**
     * @param problems a problem for each number from 0
     * @param context its budget and settings (of {@link Ppo}) end and shape the training; the same seed and number of
     *     evaluations give the same policy
     */
    public static Policy train(LongFunction<SearchProblem> problems, SearchContext context) {
        PpoSettings settings = context.settings(PpoSettings.class);
        SplitMix random = new SplitMix(context.random().nextLong());
        Policy policy = Policy.untrained(random);
        Learner learner = new Learner(policy, settings);
        List<Trajectory> batch = new ArrayList<>();
        long evaluations = 0;
        for (long number = 0; context.mayContinue(evaluations, Double.POSITIVE_INFINITY); number++) {
            SearchProblem problem = problems.apply(number);
            CandidateEvaluator evaluator = problem.newEvaluator();
            Space space = new Space(problem);
            Meter meter = new Meter(problem, context);
            Incumbent incumbent = new Incumbent(problem.baseline(), evaluator.score());
            Episodes episodes = new Episodes(problem, space, evaluator, policy, incumbent, meter, random);
            batch.add(episodes.play(settings.modifications(), false, false, 1, true));
            evaluations += Math.max(1, meter.evaluations());
            if (batch.size() == settings.batch()) {
                learner.update(batch);
                batch.clear();
            }
        }
        return policy;
    }
}
