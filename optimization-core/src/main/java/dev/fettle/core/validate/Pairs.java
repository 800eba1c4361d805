package dev.fettle.core.validate;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.core.prove.StaticProof;
import dev.fettle.core.validate.AskedAgain.Compared;
import dev.fettle.core.validate.EffectDifference.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the pairs of a dry run show together.
 *
 * @param pairs original and candidate
 * @param noise original and original
 * @param again both, where inputs were asked once more
 */
record Pairs(List<PairOutcome> pairs, List<PairOutcome> noise, Confirmation again) {
    private static final int SHOWN_DIFFERENCES = 20;

    Findings findings(DryRunRequest request, StaticProof proof, Look look) {
        DryRunSettings settings = request.settings();
        PairedStatistics statistics =
                new PairedStatistics(pairs, new Bootstrap(settings.resamples(), settings.seed(), look.tail()));
        return new Findings(
                Tally.outputs(pairs),
                comparedInputs().size(),
                Tally.outputs(noise),
                again.all(),
                unconfirmed(),
                Tally.originalErrors(pairs, noise),
                Tally.candidateErrors(pairs),
                new Findings.EffectCounts(
                        new Compared(Tally.effects(noise, Kind.SET), Tally.effects(pairs, Kind.SET)),
                        new Compared(Tally.effects(noise, Kind.ORDER), Tally.effects(pairs, Kind.ORDER))),
                inputs(pair -> pair.differsInFailure() && !again.stoppedByChance(pair))
                        .size(),
                statistics.count(),
                look.last() ? statistics.speedup() : statistics.speedupByT(look.tail()),
                look.last() ? statistics.costReduction() : statistics.costReductionByT(look.tail()),
                violations(request, proof));
    }

    /** What the checks found, and what no input reached, unless it is proved that nothing is different there. */
    private List<Violation> violations(DryRunRequest request, StaticProof proof) {
        List<Violation> violations = new ArrayList<>(request.violations());
        if (proof.exact()) {
            return violations;
        }
        violations.addAll(Coverage.violations(
                request.original(), request.candidate(), pairs, comparedInputs().size()));
        return violations;
    }

    private Set<Integer> comparedInputs() {
        return inputs(pair -> pair.judgement() != null);
    }

    private int unconfirmed() {
        return inputs(pair -> isOnlyTheCandidates(pair) && !(again.asked(pair.question()) && isTheOriginalsToo(pair)))
                .size();
    }

    /** Whether the original was seen to do the same by itself on this question. */
    private boolean isTheOriginalsToo(PairOutcome pair) {
        List<PairOutcome> beside = withAgain(pair, pairs, again.pairs());
        List<PairOutcome> alone = withAgain(pair, noise, again.noise());
        return pair.judgement() == null
                ? Tally.originalErrors(beside, alone).bad() > 0
                : Tally.effects(alone, Kind.ORDER).bad() > 0;
    }

    private static List<PairOutcome> withAgain(PairOutcome pair, List<PairOutcome> planned, List<PairOutcome> again) {
        return Confirmation.on(
                pair.question(), Stream.concat(planned.stream(), again.stream()).toList());
    }

    private static boolean isOnlyTheCandidates(PairOutcome pair) {
        return (pair.first().succeeded() && !pair.second().succeeded())
                || (pair.judgement() != null && pair.effects().kind() == Kind.ORDER);
    }

    private Set<Integer> inputs(Predicate<PairOutcome> of) {
        Set<Integer> inputs = new TreeSet<>();
        pairs.stream().filter(of).forEach(pair -> inputs.add(pair.input()));
        return inputs;
    }

    /**
     * How many of the recorded runs on the inputs of the pairs answered one of them.
     *
     * @return empty where all did
     */
    Optional<String> unasked(DryRunRequest request) {
        Set<String> inputs = new HashSet<>();
        Set<String> asked = new HashSet<>();
        for (PairOutcome pair : pairs) {
            ExecutionTrace trace = pair.first().trace();
            if (trace != null && trace.inputHash() != null && pair.recordedRun() != null) {
                inputs.add(trace.inputHash());
                asked.add(pair.recordedRun());
            }
        }
        long recorded = request.answers().recording().runs().stream()
                .filter(run -> inputs.contains(run.inputHash()))
                .count();
        return asked.size() >= recorded
                ? Optional.empty()
                : Optional.of(
                        asked.size() + " of " + recorded
                                + " recorded runs of these inputs answered a pair; more pairs (validation.pairs) would ask more");
    }

    /** The first error of each version, as sentences. */
    List<String> firstErrors() {
        List<String> errors = new ArrayList<>();
        pairs.stream()
                .filter(pair -> !pair.second().succeeded())
                .findFirst()
                .ifPresent(pair -> errors.add(
                        "first error of the candidate: " + pair.second().error()));
        pairs.stream()
                .filter(pair -> !pair.first().succeeded())
                .findFirst()
                .ifPresent(pair -> errors.add(
                        "first error of the original: " + pair.first().error()));
        return errors;
    }

    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (PairOutcome pair : pairs) {
            Judgement judgement = pair.judgement();
            if (judgement != null
                    && judgement.outcome() != Judgement.Outcome.EQUIVALENT
                    && differences.size() < SHOWN_DIFFERENCES) {
                differences.add("input " + (pair.input() + 1) + ", " + judgement.difference());
            }
            boolean stopped = judgement == null && again.stoppedByChance(pair);
            if (pair.effects().kind() != Kind.SAME && !stopped && differences.size() < SHOWN_DIFFERENCES) {
                differences.add("input " + (pair.input() + 1) + (judgement == null ? ", where a run failed: " : ", ")
                        + pair.effects().text());
            }
        }
        return differences;
    }
}
