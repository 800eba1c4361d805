package dev.fettle.search.annealing;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.api.search.Relaxation;
import dev.fettle.api.search.SearchContext;
import dev.fettle.api.search.SearchProblem;
import dev.fettle.api.search.SearchResult;
import dev.fettle.search.run.Incumbent;
import dev.fettle.search.run.Meter;
import dev.fettle.search.run.SavedState;
import dev.fettle.search.run.Space;
import dev.fettle.search.run.SplitMix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of {@link SimulatedAnnealing}. */
final class Annealer {
    private static final int SAMPLES = 200;
    /** Evaluations for each decision that make a round worth its while. */
    private static final long LONG_ROUND = 3000;
    /** Evaluations for each move that make the order of moves unimportant. */
    private static final long LONG_SWEEPS = 2000;

    /** The same where moves have chances, which are drawn anew each time. */
    private static final long LONG_GUIDED_SWEEPS = 100;

    /** A good candidate to start from is not to be destroyed: what is left to find is near it. */
    private static final double GUIDED_START = 0.7;
    /** Later rounds start hotter: what is near it has been looked at by then. */
    private static final double LATER_GUIDED_START = 1.4;

    /**
     * Where a relaxation was told, moves that would have to undo bad ones are few, and what follows once it is left aside
     * starts from what it led to: it pays to end colder.
     */
    private static final double GUIDED_END = 0.4;

    /** The same as {@link #LONG_ROUND} for a guided round, which needs less, as many rounds find more than one long one. */
    private static final long LONG_GUIDED_ROUND = 100;
    /** So many times more guided rounds there may be. */
    private static final int GUIDED_ROUNDS = 32;
    /** Every so many rounds one starts where the relaxation points: rounds from the best candidate all stay near it. */
    private static final int FRESH = 2;

    /** Evaluations for each decision after which there is more to be found where the relaxation does not point. */
    private static final long LONG_TRUST = 100_000;

    private final AnnealingSettings settings;
    private final Space space;
    private final CandidateEvaluator evaluator;
    private final Meter meter;
    private final SplitMix random;
    private final Incumbent incumbent;
    private final Walk walk;
    private final double start;
    private final boolean resumed;

    /** Evaluations that the search that is continued made under the guidance of the relaxation. */
    private final long guidedBefore;

    private final @Nullable Chances chances;
    private final int[] relaxed;
    private boolean guided;
    private boolean doubted;
    private int rounds = 1;
    private int round;
    private Schedule schedule;

    /** How often the temperature fell. */
    private int falls = 1;

    /** Share of the budget that was used when the first of these rounds began. */
    private double since;

    private boolean planned;

    Annealer(SearchProblem problem, Space space, SearchContext context) {
        settings = context.settings(AnnealingSettings.class);
        this.space = space;
        evaluator = problem.newEvaluator();
        meter = new Meter(problem, context);
        incumbent = new Incumbent(problem.baseline(), evaluator.score());
        Optional<SavedState> saved = context.resumeFrom().map(json -> SavedState.parse(SimulatedAnnealing.NAME, json));
        random = new SplitMix(saved.map(state -> state.number("random"))
                .orElseGet(() -> context.random().nextLong()));
        saved.ifPresent(state -> incumbent.resume(state, space, evaluator, meter));
        walk = new Walk(evaluator, space, random, incumbent);
        resumed = saved.isPresent();
        start = saved.map(state -> state.real("start")).orElseGet(this::startTemperature);
        guidedBefore = saved.map(state -> state.number("guided")).orElse(0L);
        Optional<Relaxation> relaxation =
                guidedBefore < trust() ? incumbent.relax(problem, evaluator, meter) : Optional.empty();
        chances = relaxation.map(told -> new Chances(space, told)).orElse(null);
        if (chances != null) {
            walk.guide(chances);
        }
        guided = chances != null;
        relaxed = relaxation.map(Relaxation::candidate).orElseGet(incumbent::candidate);
        walk.jumpTo(incumbent.candidate());
        schedule = schedule();
    }

    SearchResult run() {
        double begin = meter.used();
        double hot = schedule.temperature(0);
        int moves;
        while ((moves = meter.allowance(incumbent.score())) > 0) {
            plan();
            double along = along((meter.used() - begin) / (1 - begin));
            int accepted = walk.go(moves, schedule.temperature(along));
            schedule.accepted(accepted, moves, along);
            meter.spend(moves);
        }
        String end = "The budget was used up, or somebody asked to stop. The temperature started at " + (float) hot
                + " and fell " + (falls == 1 ? "once." : falls + " times.");
        return incumbent.result(
                evaluator,
                meter,
                end,
                new SavedState(SimulatedAnnealing.NAME)
                        .with("random", random.state())
                        .with("start", start)
                        .with("guided", guidedSoFar()));
    }

    /** Evaluations under the guidance of the relaxation, with those of the search that is continued. */
    private long guidedSoFar() {
        return doubted ? trust() : guidedBefore + (guided ? meter.evaluations() : 0);
    }

    /** Evaluations after which the relaxation is left aside. */
    private long trust() {
        return LONG_TRUST * space.size();
    }

    /**
     * Goes on to the next round where it is time.
     *
     * @param used share of the budget
     * @return how far the round is along, 0 to 1
     */
    private double along(double used) {
        double share = since < 1 ? Math.min(1, Math.max(0, (used - since) / (1 - since))) : 1;
        if (guided && outlastsTrust()) {
            double trusted = (double) guidedSoFar() / trust();
            if (trusted >= 1) {
                doubt(used);
                share = 0;
            } else {
                share = Math.max(share, trusted);
            }
        }
        double position = rounds * share;
        if ((int) position > round && round + 1 < rounds) {
            round++;
            falls++;
            schedule = schedule();
            walk.jumpTo(fresh() ? relaxed : incumbent.candidate());
            if (chances != null) {
                chances.patient(!fresh());
            }
        }
        return Math.max(0, position - round);
    }

    /** Whether a round is left by the time the relaxation is to be left aside. */
    private boolean outlastsTrust() {
        return meter.expected() + guidedBefore >= trust() + LONG_ROUND * space.size();
    }

    /** From here on leaves aside what the relaxation says: what it leads to has been found by now. */
    private void doubt(double used) {
        guided = false;
        doubted = true;
        since = used;
        round = 0;
        falls++;
        rounds = rounds((double) (meter.expected() - meter.evaluations()) / space.size());
        planned = true;
        walk.forget();
        walk.jumpTo(incumbent.candidate());
        schedule = schedule();
    }

    /** Fits the course to the length of the search, as far as that can be told. */
    private void plan() {
        long sweeps = guided ? LONG_GUIDED_SWEEPS : LONG_SWEEPS;
        walk.sweep(meter.expected() > (double) sweeps * walk.moves());
        if (!planned) {
            double most = (double) meter.expectedOnceWarm() / space.size();
            double guidedRounds = Math.min(most / LONG_GUIDED_ROUND, (double) settings.rounds() * GUIDED_ROUNDS);
            rounds = guided ? (int) Math.max(1, guidedRounds) : rounds(most);
            planned = meter.expectedForSure();
        }
    }

    /** How many rounds without guidance so many evaluations for each decision are good for. */
    private int rounds(double evaluations) {
        return evaluations < (double) LONG_ROUND * settings.rounds() ? 1 : settings.rounds();
    }

    /** Whether the round starts where the relaxation points, rather than from the best candidate. */
    private boolean fresh() {
        return guided && round > 0 && round % FRESH == 0;
    }

    private Schedule schedule() {
        boolean first = (round == 0 && !resumed) || fresh();
        double from = first ? start : start * settings.reheat();
        double guidedStart = round == 0 ? GUIDED_START : LATER_GUIDED_START;
        boolean sampled = settings.startTemperature() == 0;
        double end = sampled && chances != null ? settings.end() * GUIDED_END : settings.end();
        return Schedule.of(settings.cooling(), sampled && guided ? from * guidedStart : from, start * end);
    }

    /** A share of the mean rise of the score over random moves from the baseline, forbidden ones left out. */
    private double startTemperature() {
        if (settings.startTemperature() > 0) {
            return settings.startTemperature();
        }
        int samples = (int) Math.min(SAMPLES, meter.left() / 10);
        double sum = 0;
        int rises = 0;
        for (int i = 0; i < samples; i++) {
            double rise = walk.sample();
            // Into the infeasible it is a rise of another size, which no temperature should allow.
            if (rise > 0 && rise < CandidateEvaluator.INFEASIBLE / 2) {
                sum += rise;
                rises++;
            }
        }
        meter.spend(samples);
        return settings.start() * (rises > 0 ? sum / rises : Math.max(1e-9, Math.abs(walk.score()) / 100));
    }
}
