package dev.fettle.core.validate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.StaticProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * Runs both versions on the same inputs, paired and interleaved, compares what they give and how long they take, and comes
 * to a verdict. A candidate with a critical violation is rejected without a run. External and unknown effects are never
 * performed: recorded results answer in their place, or the dry run is refused.
 */
public final class DryRun {
    /** Original against original, before one difference of the candidate counts as clear. */
    private static final int MOST_NOISE_NEEDED = 2;

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
        LeafOrder precedence = new LeafOrder(request.original());
        BiPredicate<String, String> ordered =
                (one, other) -> precedence.firstInAnIteration(one, other) || precedence.firstInAnIteration(other, one);
        StaticProof proof = StaticProof.of(request.original(), request.candidate());
        List<PairOutcome> pairs = new ArrayList<>();
        List<PairOutcome> noise = new ArrayList<>();
        Pairs all = new Pairs(pairs, noise);
        for (Schedule.Slot slot : slots) {
            if (!session.mayContinue()) {
                break;
            }
            (slot.noise() ? noise : pairs).add(pair(session, slot, ordered));
            Look look = slot.noise()
                    ? null
                    : Look.after(pairs.size(), settings.pairs()).orElse(null);
            if (look != null) {
                Findings findings = all.findings(request, proof, look);
                if (isClear(request, findings, proof, look)) {
                    return new DryRunResult(report(request, all, proof, look, findings), pairs, noise);
                }
            }
        }
        Findings findings = all.findings(request, proof, Look.LAST);
        return new DryRunResult(report(request, all, proof, Look.LAST, findings), pairs, noise);
    }

    /**
     * Whether more pairs would not change the verdict. A gain is only clear early where equality is proved: else each further
     * pair is evidence that the outputs are equal, which is what the pairs are for.
     */
    private static boolean isClear(DryRunRequest request, Findings findings, StaticProof proof, Look look) {
        int noise = request.settings().noisePairs();
        if (findings.timedPairs() + findings.candidateErrors().bad()
                        < request.rule().minPairs()
                || findings.noise().total() < Math.min(MOST_NOISE_NEEDED, noise)) {
            return false;
        }
        ValidationVerdict verdict =
                request.rule().withAlpha(look.tail()).judge(findings).verdict();
        return verdict == ValidationVerdict.REJECT || (verdict == ValidationVerdict.APPROVE && proof.exact());
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

    private static ValidationReport report(
            DryRunRequest request, Pairs pairs, StaticProof proof, Look look, Findings findings) {
        DryRunSettings settings = request.settings();
        Verdict verdict = look.last()
                ? request.rule().judge(findings)
                : request.rule().withAlpha(look.tail()).judge(findings);
        List<String> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(proof.text());
        int run = pairs.pairs().size();
        if (!look.last()) {
            reasons.add("stopped after " + run + " of " + settings.pairs()
                    + " pairs: the verdict was clear, also by the stricter bounds of looking early");
        } else if (run < settings.pairs()) {
            reasons.add("stopped at the time budget of " + settings.budget().toSeconds() + " s after " + run + " of "
                    + settings.pairs() + " pairs");
        }
        reasons.addAll(pairs.firstErrors());
        return new ValidationReport(
                verdict.verdict(),
                findings.equality().bad() == 0
                        && findings.equality().total() >= request.rule().minPairs(),
                findings.noise().rate(),
                findings.speedup(),
                findings.costReduction(),
                findings.candidateErrors().rate(),
                run,
                findings.equality().total(),
                pairs.differences(),
                reasons,
                proof.exact());
    }
}
