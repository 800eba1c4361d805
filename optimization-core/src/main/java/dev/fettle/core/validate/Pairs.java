package dev.fettle.core.validate;

import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.prove.ResolvedWork;
import dev.fettle.core.prove.StaticProof;
import dev.fettle.core.validate.EffectDifference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the pairs of a dry run show together.
 *
 * @param pairs original and candidate
 * @param noise original and original
 * @param again both, where inputs were asked once more
 */
record Pairs(List<PairOutcome> pairs, List<PairOutcome> noise, Confirmation again) {
    private static final int SHOWN_DIFFERENCES = 20;
    private static final int LEAST_INPUTS = 3;

    Findings findings(DryRunRequest request, StaticProof proof, Look look) {
        DryRunSettings settings = request.settings();
        PairedStatistics statistics =
                new PairedStatistics(pairs, new Bootstrap(settings.resamples(), settings.seed(), look.tail()));
        return new Findings(
                differing(pairs),
                comparedInputs().size(),
                differing(noise),
                askedAgain(),
                originalErrors(pairs, noise),
                candidateErrors(pairs),
                new Findings.EffectCounts(
                        effects(pairs, Kind.SET),
                        effects(noise, Kind.SET),
                        effects(pairs, Kind.ORDER),
                        effects(noise, Kind.ORDER)),
                overstepped(),
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
        int inputs = comparedInputs().size();
        if (inputs > 0 && inputs < LEAST_INPUTS) {
            violations.add(new Violation(
                    "coverage",
                    "the outputs were compared on " + Wording.inputs(inputs) + " only; give at least " + LEAST_INPUTS,
                    false));
        }
        for (String condition : otherwiseDecided(request.original(), request.candidate())) {
            violations.add(new Violation(
                    "coverage",
                    "the condition '" + condition
                            + "' decides by something else than before; only inputs on which both decide"
                            + " differently would show a difference, so see that there are some",
                    false));
        }
        for (Edge loop : otherwiseLimited(request.original(), request.candidate())) {
            violations.add(new Violation(
                    "coverage",
                    "the loop from '" + loop.from() + "' back to '" + loop.to() + "' had the limit "
                            + loop.maxTraversals()
                            + " and has another; only inputs that reach the lower of both would show a difference",
                    false));
        }
        Set<String> unreached = Coverage.unreached(request.original(), request.candidate(), pairs);
        if (!unreached.isEmpty()) {
            violations.add(new Violation(
                    "coverage",
                    "no input of the dry run reaches " + unreached
                            + ", so what the candidate does there was not compared;" + " give inputs that do",
                    false));
        }
        return violations;
    }

    private static List<String> otherwiseDecided(Workflow original, Workflow candidate) {
        List<String> conditions = new ArrayList<>();
        for (Node node : original.allNodes()) {
            Node after = candidate.node(node.id()).orElse(null);
            if (node.kind() == NodeKind.CONDITION
                    && after != null
                    && !ResolvedWork.isShared(original, node, candidate, after)) {
                conditions.add(node.id());
            }
        }
        return conditions;
    }

    private static List<Edge> otherwiseLimited(Workflow original, Workflow candidate) {
        return original.edges().stream()
                .filter(edge -> candidate.edges().stream()
                        .anyMatch(other ->
                                edge.isSameWay(other) && !Objects.equals(edge.maxTraversals(), other.maxTraversals())))
                .toList();
    }

    private Set<Integer> comparedInputs() {
        Set<Integer> inputs = new TreeSet<>();
        pairs.stream().filter(pair -> pair.judgement() != null).forEach(pair -> inputs.add(pair.input()));
        return inputs;
    }

    private Findings.Again askedAgain() {
        Findings.Count other = effects(again.noise(), Kind.SET);
        Findings.Count order = effects(again.noise(), Kind.ORDER);
        return new Findings.Again(
                differing(again.pairs()),
                differing(again.noise()),
                new Findings.Count(other.bad() + order.bad(), 0, other.total()),
                originalErrors(again.pairs(), again.noise()),
                candidateErrors(again.pairs()),
                failsAgain());
    }

    /**
     * An original that fails by chance fails once, and not each time; one that holds an effect back does so whenever it is asked
     * the same.
     */
    private Findings.Count overstepped() {
        Set<Integer> inputs = new TreeSet<>();
        pairs.stream().filter(PairOutcome::oversteps).forEach(pair -> inputs.add(pair.input()));
        int always = 0;
        int sometimes = 0;
        for (int input : inputs) {
            List<PairOutcome> asked = on(input, again.pairs());
            long times = asked.stream().filter(PairOutcome::oversteps).count();
            always += !asked.isEmpty() && times == asked.size() ? 1 : 0;
            sometimes += asked.isEmpty() || (times > 0 && times < asked.size()) ? 1 : 0;
        }
        return new Findings.Count(always + sometimes, sometimes, inputs.size());
    }

    /** Whether there is an input on which the candidate fails more often than the original, beyond chance. */
    private boolean failsAgain() {
        for (int input :
                again.pairs().stream().map(PairOutcome::input).distinct().toList()) {
            Findings.Count original = originalErrors(on(input, again.pairs()), on(input, again.noise()));
            Findings.Count candidate = candidateErrors(on(input, again.pairs()));
            if (FisherExact.secondIsWorse(original, candidate) < Confirmation.ALPHA) {
                return true;
            }
        }
        return false;
    }

    private static List<PairOutcome> on(int input, List<PairOutcome> pairs) {
        return pairs.stream().filter(pair -> pair.input() == input).toList();
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

    private static Findings.Count candidateErrors(List<PairOutcome> pairs) {
        long failed = pairs.stream().filter(pair -> !pair.second().succeeded()).count();
        return new Findings.Count((int) failed, 0, pairs.size());
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
