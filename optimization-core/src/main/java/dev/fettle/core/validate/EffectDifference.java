package dev.fettle.core.validate;

import dev.fettle.core.validate.EffectTrail.Act;
import dev.fettle.core.validate.EffectTrail.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How the effects of two runs on one input differ.
 *
 * @param text what is different, for a person; empty where nothing is
 */
public record EffectDifference(Kind kind, String text) {
    static final EffectDifference SAME = new EffectDifference(Kind.SAME, "");

    /** What kind of difference. */
    public enum Kind {
        SAME,
        /** The same effects, but through one node or tool in another order, or written in another order. */
        ORDER,
        /** An effect that the other run does not have, or more or less often. */
        SET
    }

    /**
     * @param ordered whether the original always has the acts of two nodes in one order
     */
    static EffectDifference between(EffectTrail original, EffectTrail candidate, BiPredicate<String, String> ordered) {
        Map<Act, Integer> balance = new LinkedHashMap<>();
        original.acts().forEach(act -> balance.merge(act, -1, Integer::sum));
        candidate.acts().forEach(act -> balance.merge(act, 1, Integer::sum));
        for (Map.Entry<Act, Integer> entry : balance.entrySet()) {
            if (entry.getValue() != 0) {
                return new EffectDifference(Kind.SET, sentence(entry.getKey(), entry.getValue(), original));
            }
        }
        SortedSet<String> lost = written(original);
        lost.removeAll(written(candidate));
        SortedSet<String> added = written(candidate);
        added.removeAll(written(original));
        if (!lost.isEmpty()) {
            return new EffectDifference(Kind.SET, lost.first() + " is not done any more");
        }
        if (!added.isEmpty()) {
            return new EffectDifference(Kind.SET, added.first() + " was not done before");
        }
        EffectDifference order = writeOrder(original, candidate, ordered);
        return order.kind() == Kind.SAME ? order(original, candidate, ordered) : order;
    }

    private static SortedSet<String> written(EffectTrail trail) {
        SortedSet<String> written = new TreeSet<>();
        trail.writes().forEach(write -> written.add(write.what()));
        return written;
    }

    /** What is written last stays, so the order counts; the same twice in a row is once. */
    private static EffectDifference writeOrder(
            EffectTrail original, EffectTrail candidate, BiPredicate<String, String> ordered) {
        Set<String> channels = new LinkedHashSet<>();
        original.writes().forEach(write -> channels.add(write.channel()));
        for (String channel : channels) {
            List<String> nodes = original.writes().stream()
                    .filter(write -> write.channel().equals(channel))
                    .map(Write::node)
                    .distinct()
                    .toList();
            boolean same = isInOrder(nodes, ordered)
                    ? sequence(original, channel, null).equals(sequence(candidate, channel, null))
                    : nodes.stream()
                            .allMatch(node ->
                                    isSame(sequence(original, channel, node), sequence(candidate, channel, node)));
            if (!same) {
                return new EffectDifference(
                        Kind.ORDER, "the idempotent effects of " + channel + " came in another order");
            }
        }
        return SAME;
    }

    /** What another node does in its place has no order of its own. */
    private static boolean isSame(List<String> original, List<String> candidate) {
        return candidate.isEmpty() || original.equals(candidate);
    }

    /** @param node whose writes alone count; null for all */
    private static List<String> sequence(EffectTrail trail, String channel, @Nullable String node) {
        List<String> sequence = new ArrayList<>();
        for (Write write : trail.writes()) {
            boolean counts = write.channel().equals(channel)
                    && (node == null || write.node().equals(node));
            if (counts
                    && (sequence.isEmpty() || !sequence.get(sequence.size() - 1).equals(write.what()))) {
                sequence.add(write.what());
            }
        }
        return sequence;
    }

    private static String sentence(Act act, int more, EffectTrail original) {
        long before = original.acts().stream().filter(act::equals).count();
        return "the effect of " + act.describe() + " on the same input happened " + before + " times, and "
                + (before + more) + " times with the candidate";
    }

    private static EffectDifference order(
            EffectTrail original, EffectTrail candidate, BiPredicate<String, String> ordered) {
        Map<String, List<Act>> after = channels(candidate);
        for (Map.Entry<String, List<Act>> channel : channels(original).entrySet()) {
            List<Act> one = channel.getValue();
            List<Act> other = after.getOrDefault(channel.getKey(), List.of());
            List<String> nodes = one.stream().map(Act::node).distinct().toList();
            boolean same = isInOrder(nodes, ordered)
                    ? one.equals(other)
                    : nodes.stream().allMatch(node -> of(node, one).equals(of(node, other)));
            if (!same) {
                return new EffectDifference(
                        Kind.ORDER, "the effects of " + channel.getKey() + " came in another order");
            }
        }
        return SAME;
    }

    private static boolean isInOrder(List<String> nodes, BiPredicate<String, String> ordered) {
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = i + 1; j < nodes.size(); j++) {
                if (!ordered.test(nodes.get(i), nodes.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Act> of(String node, List<Act> acts) {
        return acts.stream().filter(act -> act.node().equals(node)).toList();
    }

    private static Map<String, List<Act>> channels(EffectTrail trail) {
        Map<String, List<Act>> channels = new LinkedHashMap<>();
        trail.acts().forEach(act -> channels.computeIfAbsent(act.channel(), channel -> new ArrayList<>())
                .add(act));
        return channels;
    }
}
