package dev.fettle.benchmarks.mutation;

import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.validate.ValidationVerdict;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.core.prove.StaticProof;
import dev.fettle.testkit.workflow.SimulatedRun;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plants faults, or makes equal rewrites, and asks validation about each. The same seed gives the same variants. */
final class Experiment {
    private static final int SIMULATIONS = 300;

    /** What is found without a run, and so also where somebody would have to be asked in each. */
    private static final List<String> WITHOUT_A_RUN =
            List.of("lost guard", "lost effect", "doubled effect", "widened prompt", "lost output");

    private static final List<String> BY_WHAT_THEY_ARE =
            List.of("cached state", "doubled effect", "lost output", "widened prompt", "changed price");

    private final List<Workflow> subjects;
    private final long seed;
    private final Straying straying;

    Experiment(List<Workflow> subjects, long seed, Straying straying) {
        this.subjects = subjects;
        this.straying = straying;
        this.seed = seed;
    }

    /**
     * What validation said.
     *
     * @param exact how many were proved equal without a run
     * @param missed variants with a wrong verdict, each with the reasons in words
     */
    record Result(
            int variants,
            Map<ValidationVerdict, Integer> verdicts,
            Map<String, Integer> kinds,
            int exact,
            List<String> missed) {
        int count(ValidationVerdict verdict) {
            return verdicts.getOrDefault(verdict, 0);
        }

        double part(ValidationVerdict verdict) {
            return (double) count(verdict) / variants;
        }
    }

    /** Verdicts on so many faults, of all kinds alike. */
    Result faults(int count) {
        return run(Faults::of, count, true);
    }

    /** Verdicts on so many equal rewrites. */
    Result rewrites(int count) {
        return run(EqualRewrites::of, count, false);
    }

    private Result run(Function<Workflow, List<Variant>> maker, int count, boolean faults) {
        Map<ValidationVerdict, Integer> verdicts = new EnumMap<>(ValidationVerdict.class);
        Map<String, Integer> kinds = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        List<Chosen> chosen = choose(maker, count, faults);
        int exact = 0;
        for (Chosen one : chosen) {
            boolean proved = StaticProof.of(
                            one.trial().original(), one.variant().workflow())
                    .exact();
            exact += proved ? 1 : 0;
            Trial.Outcome outcome = one.trial().validate(one.variant().workflow());
            verdicts.merge(outcome.verdict(), 1, Integer::sum);
            kinds.merge(one.variant().kind(), 1, Integer::sum);
            if ((outcome.verdict() == ValidationVerdict.REJECT) != faults) {
                missed.add(outcome.verdict() + " " + one.variant().kind() + ": "
                        + one.variant().what() + " (" + outcome.reasons() + ")");
            }
        }
        return new Result(chosen.size(), verdicts, kinds, exact, missed);
    }

    private record Chosen(Trial trial, Variant variant) {}

    /** Kinds in turn, and within a kind at random, so that kinds with many variants do not drown the others. */
    private List<Chosen> choose(Function<Workflow, List<Variant>> maker, int count, boolean faults) {
        Map<String, List<Chosen>> byKind = new TreeMap<>();
        for (Workflow subject : subjects) {
            Trial trial = new Trial(subject, straying);
            boolean attended = subject.allNodes().stream().anyMatch(node -> node.kind() == NodeKind.HUMAN);
            if (!trial.runs() && !(faults && attended)) {
                continue;
            }
            for (Variant variant : maker.apply(subject)) {
                if (!trial.runs() && !WITHOUT_A_RUN.contains(variant.kind())) {
                    continue;
                }
                byKind.computeIfAbsent(variant.kind(), kind -> new ArrayList<>())
                        .add(new Chosen(trial, variant));
            }
        }
        Random random = new Random(seed);
        byKind.values().forEach(variants -> Collections.shuffle(variants, random));
        List<Chosen> chosen = new ArrayList<>();
        boolean more = true;
        while (more && chosen.size() < count) {
            more = false;
            for (List<Chosen> variants : byKind.values()) {
                Chosen next = take(variants, faults);
                if (next != null && chosen.size() < count) {
                    chosen.add(next);
                    more = true;
                }
            }
        }
        return chosen;
    }

    private static @Nullable Chosen take(List<Chosen> variants, boolean faults) {
        while (!variants.isEmpty()) {
            Chosen next = variants.remove(variants.size() - 1);
            if (!faults || isFault(next.trial(), next.variant())) {
                return next;
            }
        }
        return null;
    }

    /**
     * Whether it makes a difference: a node whose result nobody uses may go, and a value that is overwritten may be another.
     * That is asked of the simulator, which knows nothing of validation, and where the workflow runs, of runs on other
     * inputs than those of the dry run: where a tool takes no arguments, another value that its node reads is no fault.
     * Faults of policies, guards, prompts and order are faults by what they are.
     */
    private static boolean isFault(Trial trial, Variant variant) {
        Workflow candidate = variant.workflow();
        if (BY_WHAT_THEY_ARE.contains(variant.kind())
                || !WorkflowCheck.problems(candidate).isEmpty()) {
            return true;
        }
        return differs(trial.original(), candidate)
                && (!trial.runs() || variant.kind().equals("reordered effects") || trial.differs(candidate));
    }

    /** Whether the outputs or the effects of simulated runs differ. */
    static boolean differs(Workflow original, Workflow candidate) {
        for (long seed = 0; seed < SIMULATIONS; seed++) {
            SimulatedRun before = WorkflowSimulator.of(original).run(seed);
            SimulatedRun after = WorkflowSimulator.of(candidate).run(seed);
            boolean same = before.output(original).equals(after.output(original))
                    && effects(original, before).equals(effects(candidate, after));
            if (!same) {
                return true;
            }
        }
        return false;
    }

    /** What nodes with effects did, in order. */
    private static List<String> effects(Workflow workflow, SimulatedRun run) {
        Map<String, Node> nodes = workflow.nodesById();
        List<String> effects = new ArrayList<>();
        for (NodeOccurrence occurrence : run.trace().occurrences()) {
            Node node = nodes.get(occurrence.node());
            if (node != null
                    && node.members().isEmpty()
                    && workflow.effectsOf(node).mustKeep()) {
                effects.add(node.id() + new TreeMap<>(occurrence.readHashes()));
            }
        }
        return effects;
    }
}
