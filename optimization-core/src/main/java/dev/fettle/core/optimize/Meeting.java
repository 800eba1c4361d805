package dev.fettle.core.optimize;

import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.core.estimate.Interference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two runs that were made at once, beside the same made one after the other, node by node. */
final class Meeting {
    /** Times as long as the other, above which a run alone would mostly be a small difference of long times. */
    private static final double UNLIKE = 2;

    /**
     * Seconds of computing that a node is taken to have been slowed like all, besides what was measured of it: of a node that
     * takes no time, a measurement says nothing.
     */
    private static final double LIKE_ALL_SECONDS = 0.01;

    /** As slow as one after the other. */
    private static final double MOST = 2;

    private final Map<String, Slowed> byNode = new HashMap<>();
    private Slowed all = Slowed.NOT;

    /**
     * What nodes took more beside another run.
     *
     * @param seconds by which they took longer; negative where they took less
     * @param whileOther seconds that they took alone, weighted by the part of its time in which the other run computes
     * @param computed seconds of processor time that they took alone, weighted alike
     */
    private record Slowed(double seconds, double whileOther, double computed) {
        static final Slowed NOT = new Slowed(0, 0, 0);

        Slowed plus(Slowed other) {
            return new Slowed(seconds + other.seconds, whileOther + other.whileOther, computed + other.computed);
        }

        /** The same, had they taken so many times more. */
        Slowed scaled(double times) {
            return new Slowed(seconds * times, whileOther, computed);
        }

        /** What several processors did for a node at a time is done while it is counted as one. */
        double met() {
            return Math.min(computed, whileOther);
        }

        /** What computing takes beside computing, in times of what it takes alone. */
        double factor() {
            return 1 + seconds / met();
        }

        /** The same of a node that is slowed like all unless there is enough of it to tell. */
        double factor(double likeAll) {
            return 1 + (seconds + LIKE_ALL_SECONDS * (likeAll - 1)) / (met() + LIKE_ALL_SECONDS);
        }
    }

    private Meeting() {}

    /**
     * @param alone the runs, one after the other
     * @param atOnce the same, begun at the same moment
     * @return empty where what met tells nothing of the machine
     */
    static Optional<Meeting> of(List<ExecutionResult> alone, List<ExecutionResult> atOnce) {
        List<ExecutionTrace> one = alone.stream().map(ExecutionResult::trace).toList();
        List<ExecutionTrace> two = atOnce.stream().map(ExecutionResult::trace).toList();
        Duration common = shorter(two.get(0).wallClock(), two.get(1).wallClock());
        Meeting meeting = new Meeting();
        Metered met = new Metered();
        for (int i = 0; i < two.size(); i++) {
            // what a much longer one did meanwhile tells little of it
            if (Metered.seconds(two.get(i).wallClock()) <= UNLIKE * Metered.seconds(common)) {
                met.add(one.get(i));
                Metered other = new Metered();
                other.add(one.get(1 - i));
                meeting.add(one.get(i), two.get(i), common, Math.min(1, other.share()));
            }
        }
        return met.tells() && meeting.all.met() > 0 ? Optional.of(meeting) : Optional.empty();
    }

    private static Duration shorter(Duration one, Duration two) {
        return one.compareTo(two) <= 0 ? one : two;
    }

    /** Adds what ended before the first of both runs did: the longer one goes on alone then. */
    private void add(ExecutionTrace alone, ExecutionTrace atOnce, Duration common, double otherComputes) {
        Map<String, List<NodeOccurrence>> expected = leaves(alone);
        leaves(atOnce).forEach((node, occurrences) -> {
            List<NodeOccurrence> same = expected.getOrDefault(node, List.of());
            for (int i = 0; i < Math.min(same.size(), occurrences.size()); i++) {
                if (occurrences.get(i).end().compareTo(common) <= 0) {
                    double seconds = Metered.seconds(same.get(i).duration());
                    Slowed slowed = new Slowed(
                            Metered.seconds(occurrences.get(i).duration()) - seconds,
                            seconds * otherComputes,
                            Metered.computed(same.get(i)) * otherComputes);
                    all = all.plus(slowed);
                    byNode.merge(node, slowed, Slowed::plus);
                }
            }
        });
    }

    /** By node, in their order: occurrences that hold no other. */
    private static Map<String, List<NodeOccurrence>> leaves(ExecutionTrace trace) {
        Set<String> parents = new HashSet<>();
        trace.occurrences().forEach(occurrence -> parents.add(occurrence.parent()));
        Map<String, List<NodeOccurrence>> leaves = new HashMap<>();
        for (NodeOccurrence occurrence : trace.occurrences()) {
            if (!parents.contains(occurrence.id())) {
                leaves.computeIfAbsent(occurrence.node(), absent -> new ArrayList<>())
                        .add(occurrence);
            }
        }
        return leaves;
    }

    /** How long computing took beside the other run, in times of what it took alone. */
    double slowdown() {
        return all.factor();
    }

    /** What these tell together; long ones count for more. */
    static Interference interference(List<Meeting> meetings) {
        Slowed all = Slowed.NOT;
        Map<String, Slowed> byNode = new HashMap<>();
        for (Meeting meeting : meetings) {
            // that two at once take longer than one after the other is the work of something else
            double heeded = Math.min(1, (MOST - 1) / Math.max(0, meeting.slowdown() - 1));
            all = all.plus(meeting.all.scaled(heeded));
            meeting.byNode.forEach((node, slowed) -> byNode.merge(node, slowed.scaled(heeded), Slowed::plus));
        }
        double mean = plausible(all.factor());
        Map<String, Double> factors = new HashMap<>();
        byNode.forEach((node, slowed) -> factors.put(node, plausible(slowed.factor(mean))));
        return new Interference(mean, factors);
    }

    /** That computing gets faster beside other work is chance. */
    private static double plausible(double factor) {
        return Math.max(1, Math.min(MOST, factor));
    }
}
