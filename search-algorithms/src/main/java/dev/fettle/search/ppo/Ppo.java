package dev.fettle.search.ppo;

import com.google.auto.service.AutoService;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.SearchAlgorithm;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reinforcement learning by proximal policy optimization: for very few evaluations, with a policy trained on other
 * problems ({@link PolicyTraining}); with more evaluations it goes on learning on the problem at hand.
 *
 * <pre>
 * until the budget is used up:
 *     play an episode: up to ten times, the policy proposes a modification of the whole candidate
 *     after some episodes, update the policy by the clipped objective
 * </pre>
 *
 * A modification chooses an option for every decision at once; the network that rates the options sees only features that
 * do not depend on the number of decisions, so that a policy serves problems of any size.
 */
@AutoService(SearchAlgorithm.class)
public final class Ppo implements SearchAlgorithm {
    static final String NAME = "ppo";
    /** Sharper than the policy itself: what is wanted is the best, not to learn. */
    private static final double SHARP = 0.4;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PpoSettings defaultSettings() {
        return PpoSettings.DEFAULT;
    }

    @Override
    public SearchResult search(SearchProblem problem, SearchContext context) {
        Space space = new Space(problem);
        if (space.nothingToDecide()) {
            return Incumbent.nothingToDecide(NAME, problem);
        }
        PpoSettings settings = context.settings(PpoSettings.class);
        CandidateEvaluator evaluator = problem.newEvaluator();
        Meter meter = new Meter(problem, context);
        Incumbent incumbent = new Incumbent(problem.baseline(), evaluator.score());
        Optional<SavedState> saved = context.resumeFrom().map(json -> SavedState.parse(NAME, json));
        SplitMix random = new SplitMix(saved.map(state -> state.number("random"))
                .orElseGet(() -> context.random().nextLong()));
        Policy policy = saved.map(Ppo::policyOf).orElseGet(() -> policy(settings, random));
        saved.ifPresent(state -> incumbent.resume(state, space, evaluator, meter));
        Episodes episodes = new Episodes(problem, space, evaluator, policy, incumbent, meter, random);
        Learner learner = new Learner(policy, settings);
        List<Trajectory> batch = new ArrayList<>();
        int played = 0;
        while (meter.allowance(incumbent.score()) > 0) {
            boolean first = played == 0;
            Trajectory trajectory =
                    episodes.play(settings.modifications(), played % 2 == 1, first, played % 2 == 0 ? SHARP : 1, false);
            if (played % 2 == 1) {
                batch.add(trajectory);
            }
            played++;
            if (batch.size() == settings.batch()) {
                learner.update(batch);
                batch.clear();
            }
        }
        SavedState state = new SavedState(NAME)
                .with("random", random.state())
                .with("actor", policy.actor.parameters())
                .with("critic", policy.critic.parameters());
        return incumbent.result(
                evaluator,
                meter,
                "The budget was used up, or somebody asked to stop, after " + played + " episodes.",
                state);
    }

    private static Policy policyOf(SavedState state) {
        try {
            return new Policy(
                    new Network(View.FEATURES, state.reals("actor")), new Network(View.SUMMARY, state.reals("critic")));
        } catch (IllegalArgumentException otherSize) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "The saved search state holds a policy of another version: " + otherSize.getMessage());
        }
    }

    private static Policy policy(PpoSettings settings, SplitMix random) {
        if (settings.policy().equals(PpoSettings.UNTRAINED)) {
            return Policy.untrained(random);
        }
        if (settings.policy().isEmpty()) {
            return Policy.shipped();
        }
        try (InputStream in = Files.newInputStream(Path.of(settings.policy()))) {
            return Policy.load(in);
        } catch (IOException unreadable) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "The policy (" + settings.policy() + ") cannot be read; expected a file written by a training.",
                    unreadable);
        }
    }
}
