package dev.fettle.core.validate;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.StaticProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
            return new DryRunResult(unsafe(request), List.of(), List.of(), true);
        }
        requireRunnable(request);
        DryRunSettings settings = request.settings();
        Random random = new Random(settings.seed());
        List<Schedule.Slot> slots = Schedule.of(
                settings.pairs(), settings.noisePairs(), request.inputs().size(), random);
        Session session = new Session(request, progress, 2 * (settings.warmUps() + slots.size()), nanoClock);
        for (int i = 0; i < settings.warmUps() && session.mayContinue(); i++) {
            int inputs = request.inputs().size();
            Schedule.Slot slot = new Schedule.Slot(i % inputs, false, i / inputs, false);
            session.run(slot, new DryRunId(DryRunId.Phase.WARM_UP, i, DryRunId.Role.ORIGINAL));
            session.run(slot, new DryRunId(DryRunId.Phase.WARM_UP, i, DryRunId.Role.CANDIDATE));
        }
        PairRunner runner = new PairRunner(session);
        StaticProof proof = StaticProof.of(request.original(), request.candidate(), request.varying());
        List<PairOutcome> pairs = new ArrayList<>();
        List<PairOutcome> noise = new ArrayList<>();
        Confirmation again = new Confirmation();
        Pairs all = new Pairs(pairs, noise, again);
        boolean cut = false;
        for (int place = 0; place < slots.size() && !cut; place++) {
            Schedule.Slot slot = slots.get(place);
            PairOutcome outcome = session.mayContinue() ? runner.run(DryRunId.Phase.PAIR, place, slot) : null;
            cut = outcome == null;
            if (outcome == null) {
                break;
            }
            (slot.noise() ? noise : pairs).add(outcome);
            if (!slot.noise() && again.wants(outcome)) {
                cut = !confirm(session, runner, place, slot, random, again);
            }
            Look look = slot.noise() || cut
                    ? null
                    : Look.after(pairs.size(), settings.pairs()).orElse(null);
            if (look != null) {
                Findings findings = all.findings(request, proof, look);
                if (isClear(request, findings, proof, look)) {
                    return new DryRunResult(report(session, all, proof, look, findings, false), pairs, noise, true);
                }
            }
        }
        Findings findings = all.findings(request, proof, Look.LAST);
        return new DryRunResult(report(session, all, proof, Look.LAST, findings, cut), pairs, noise, !cut);
    }

    /**
     * Asks a question again, both kinds of pairs in turn, so that what changes with time changes both.
     *
     * @param place of the pair that differed
     * @return whether all was asked
     */
    private static boolean confirm(
            Session session, PairRunner runner, int place, Schedule.Slot asked, Random random, Confirmation again) {
        session.expect(4 * Confirmation.ROUNDS);
        for (int i = 0; i < 2 * Confirmation.ROUNDS; i++) {
            Schedule.Slot slot = new Schedule.Slot(asked.input(), i % 2 == 0, asked.turn(), random.nextBoolean());
            PairOutcome outcome = session.mayContinue()
                    ? runner.run(DryRunId.Phase.ONCE_MORE, DryRunId.onceMore(place, i), slot)
                    : null;
            if (outcome == null) {
                return false;
            }
            (slot.noise() ? again.noise() : again.pairs()).add(outcome);
        }
        return true;
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
                ValidationVerdict.REJECT,
                false,
                Double.NaN,
                unknown,
                unknown,
                Double.NaN,
                0,
                0,
                List.of(),
                reasons,
                false);
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
        EffectGuard.require(
                request.original(),
                request.candidate(),
                request.answers().recording().effects());
    }

    private static ValidationReport report(
            Session session, Pairs pairs, StaticProof proof, Look look, Findings findings, boolean cut) {
        DryRunRequest request = session.request();
        DryRunSettings settings = request.settings();
        Verdict verdict = look.last()
                ? request.rule().judge(findings)
                : request.rule().withAlpha(look.tail()).judge(findings);
        List<String> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(proof.text());
        int run = pairs.pairs().size();
        ValidationVerdict said = verdict.verdict();
        if (session.interrupted()) {
            said = said == ValidationVerdict.REJECT ? said : ValidationVerdict.INCONCLUSIVE;
            reasons.add("interrupted after " + run + " of " + settings.pairs() + " pairs");
        } else if (!look.last()) {
            reasons.add("stopped after " + run + " of " + settings.pairs()
                    + " pairs: the verdict was clear, also by the stricter bounds of looking early");
        } else if (cut) {
            reasons.add("stopped at the time budget of " + settings.budget().toSeconds() + " s after " + run + " of "
                    + settings.pairs() + " pairs");
        }
        pairs.unasked(request).ifPresent(reasons::add);
        reasons.addAll(pairs.firstErrors());
        return new ValidationReport(
                said,
                findings.allOutputs().bad() == 0
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
