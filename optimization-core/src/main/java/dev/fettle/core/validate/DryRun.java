package dev.fettle.core.validate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.validate.EffectDifference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * Runs both versions on the same inputs, paired and interleaved, compares what they give and how long they take, and comes
 * to a verdict. A candidate with a critical violation is rejected without a run. Outside effects are never performed: recorded results answer in their place, or the dry run is refused.
 */
public final class DryRun {
    private static final int SHOWN_DIFFERENCES = 20;

    private final LongSupplier nanoClock;

    /**
     * @param nanoClock monotonic, as {@link System#nanoTime}; for the time budget only
     */
    public DryRun(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    public DryRun() {
        this(System::nanoTime);
    }

    /**
     * @throws FettleException where a version cannot be run here, there is no input, or an external effect has no recorded
     *     result
     */
    public DryRunResult run(DryRunRequest request, DryRunProgress progress) {
        if (request.violations().stream().anyMatch(Violation::critical)) {
            return new DryRunResult(unsafe(request), List.of(), List.of());
        }
        requireRunnable(request);
        DryRunSettings settings = request.settings();
        Random random = new Random(settings.seed());
        List<Schedule.Slot> slots = Schedule.of(
                settings.pairs(), settings.noisePairs(), request.inputs().size(), random);
        Session session = new Session(request, progress, 2 * (settings.warmUps() + slots.size()), nanoClock);
        for (int i = 0; i < settings.warmUps() && session.mayContinue(); i++) {
            session.run(request.original(), i % request.inputs().size(), "warm-up-original-" + i);
            session.run(request.candidate(), i % request.inputs().size(), "warm-up-candidate-" + i);
        }
        Precedence precedence = new Precedence(request.original());
        BiPredicate<String, String> ordered =
                (one, other) -> precedence.firstInAnIteration(one, other) || precedence.firstInAnIteration(other, one);
        List<PairOutcome> pairs = new ArrayList<>();
        List<PairOutcome> noise = new ArrayList<>();
        for (Schedule.Slot slot : slots) {
            if (!session.mayContinue()) {
                break;
            }
            (slot.noise() ? noise : pairs).add(pair(session, slot, ordered));
        }
        return new DryRunResult(report(request, pairs, noise), pairs, noise);
    }

    /** What a check already forbids is not run: the runs themselves could do the harm. */
    private static ValidationReport unsafe(DryRunRequest request) {
        List<String> reasons = new ArrayList<>();
        request.violations().forEach(violation -> reasons.add(violation.type() + ": " + violation.message()));
        reasons.add("nothing was run: a check without a run rejects the candidate");
        Measured unknown = new Measured(Double.NaN, Double.NaN, Double.NaN);
        return new ValidationReport(
                ValidationVerdict.REJECT, false, Double.NaN, unknown, unknown, Double.NaN, 0, List.of(), reasons);
    }

    private static void requireRunnable(DryRunRequest request) {
        if (request.inputs().isEmpty()) {
            throw new FettleException(
                    ErrorCode.USAGE, "there are no inputs (0) to run on; give at least one, as a line of inputs.jsonl");
        }
        for (Workflow version : List.of(request.original(), request.candidate())) {
            List<String> obstacles =
                    request.executor().obstacles(version, request.runners(), request.executorSettings());
            if (!obstacles.isEmpty()) {
                throw new FettleException(
                        ErrorCode.EXECUTION,
                        "the workflow (" + version.id() + ") cannot be run here: " + String.join("; ", obstacles));
            }
        }
        EffectGuard.require(request.original(), request.candidate(), request.recorded());
    }

    private static PairOutcome pair(Session session, Schedule.Slot slot, BiPredicate<String, String> ordered) {
        DryRunRequest request = session.request();
        Workflow other = slot.noise() ? request.original() : request.candidate();
        String kind = slot.noise() ? "again" : "candidate";
        RunMeasure first;
        RunMeasure second;
        if (slot.swapped()) {
            second = session.run(other, slot.input(), kind);
            first = session.run(request.original(), slot.input(), "original");
        } else {
            first = session.run(request.original(), slot.input(), "original");
            second = session.run(other, slot.input(), kind);
        }
        Judgement judgement = first.succeeded() && second.succeeded()
                ? request.judges().compare(first.output(), second.output())
                : null;
        EffectDifference effects = judgement == null
                ? EffectDifference.SAME
                : EffectDifference.between(first.effects(), second.effects(), ordered);
        return new PairOutcome(slot.input(), first, second, judgement, effects);
    }

    private static ValidationReport report(DryRunRequest request, List<PairOutcome> pairs, List<PairOutcome> noise) {
        DryRunSettings settings = request.settings();
        PairedStatistics statistics = new PairedStatistics(pairs, new Bootstrap(settings.resamples(), settings.seed()));
        Findings findings = new Findings(
                differing(pairs),
                differing(noise),
                originalErrors(pairs, noise),
                new Findings.Count(
                        (int) pairs.stream()
                                .filter(pair -> !pair.second().succeeded())
                                .count(),
                        0,
                        pairs.size()),
                new Findings.EffectCounts(
                        effects(pairs, Kind.SET),
                        effects(noise, Kind.SET),
                        effects(pairs, Kind.ORDER),
                        effects(noise, Kind.ORDER)),
                statistics.count(),
                statistics.speedup(),
                statistics.costReduction(),
                request.violations());
        Verdict verdict = request.rule().judge(findings);
        List<String> reasons = new ArrayList<>(verdict.reasons());
        if (pairs.size() < settings.pairs()) {
            reasons.add("stopped at the time budget of " + settings.budget().toSeconds() + " s after " + pairs.size()
                    + " of " + settings.pairs() + " pairs");
        }
        firstError(pairs, reasons);
        return new ValidationReport(
                verdict.verdict(),
                findings.equality().bad() == 0
                        && findings.equality().total() >= request.rule().minPairs(),
                findings.noise().rate(),
                findings.speedup(),
                findings.costReduction(),
                findings.candidateErrors().rate(),
                pairs.size(),
                findings.equality().total(),
                differences(pairs),
                reasons);
    }

    private static Findings.Count differing(List<PairOutcome> pairs) {
        List<Outcome> outcomes = new ArrayList<>();
        for (PairOutcome pair : pairs) {
            Judgement judgement = pair.judgement();
            if (judgement != null) {
                outcomes.add(judgement.outcome());
            }
        }
        int inconclusive = (int) outcomes.stream()
                .filter(outcome -> outcome == Outcome.INCONCLUSIVE)
                .count();
        int different = (int) outcomes.stream()
                .filter(outcome -> outcome == Outcome.DIFFERENT)
                .count();
        return new Findings.Count(different + inconclusive, inconclusive, outcomes.size());
    }

    private static Findings.Count effects(List<PairOutcome> pairs, Kind kind) {
        List<PairOutcome> compared =
                pairs.stream().filter(pair -> pair.judgement() != null).toList();
        long bad =
                compared.stream().filter(pair -> pair.effects().kind() == kind).count();
        return new Findings.Count((int) bad, 0, compared.size());
    }

    private static Findings.Count originalErrors(List<PairOutcome> pairs, List<PairOutcome> noise) {
        int failed = 0;
        for (PairOutcome pair : pairs) {
            failed += pair.first().succeeded() ? 0 : 1;
        }
        for (PairOutcome pair : noise) {
            failed += (pair.first().succeeded() ? 0 : 1) + (pair.second().succeeded() ? 0 : 1);
        }
        return new Findings.Count(failed, 0, pairs.size() + 2 * noise.size());
    }

    private static void firstError(List<PairOutcome> pairs, List<String> reasons) {
        pairs.stream()
                .filter(pair -> !pair.second().succeeded())
                .findFirst()
                .ifPresent(pair -> reasons.add(
                        "first error of the candidate: " + pair.second().error()));
        pairs.stream()
                .filter(pair -> !pair.first().succeeded())
                .findFirst()
                .ifPresent(pair -> reasons.add(
                        "first error of the original: " + pair.first().error()));
    }

    private static List<String> differences(List<PairOutcome> pairs) {
        List<String> differences = new ArrayList<>();
        for (PairOutcome pair : pairs) {
            Judgement judgement = pair.judgement();
            if (judgement != null
                    && judgement.outcome() != Outcome.EQUIVALENT
                    && differences.size() < SHOWN_DIFFERENCES) {
                differences.add("input " + (pair.input() + 1) + ", " + judgement.difference());
            }
            if (pair.effects().kind() != Kind.SAME && differences.size() < SHOWN_DIFFERENCES) {
                differences.add(
                        "input " + (pair.input() + 1) + ", " + pair.effects().text());
            }
        }
        return differences;
    }
}
