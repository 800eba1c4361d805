package dev.fettle.core.validate;

import dev.fettle.core.validate.EffectTrail.Act;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the effects of two runs on one input differ.
 *
 * @param text what is different, for a person; empty where nothing is
 */
public record EffectDifference(Kind kind, String text) {
    private static final EffectDifference SAME = new EffectDifference(Kind.SAME, "");

    /** What kind of difference. */
    public enum Kind {
        SAME,
        /** The same effects, but through one node or tool in another order. */
        ORDER,
        /** An effect that the other run does not have, or more or less often. */
        SET
    }

    static EffectDifference between(EffectTrail original, EffectTrail candidate) {
        Map<Act, Integer> balance = new LinkedHashMap<>();
        original.acts().forEach(act -> balance.merge(act, -1, Integer::sum));
        candidate.acts().forEach(act -> balance.merge(act, 1, Integer::sum));
        for (Map.Entry<Act, Integer> entry : balance.entrySet()) {
            if (entry.getValue() != 0) {
                return new EffectDifference(Kind.SET, sentence(entry.getKey(), entry.getValue(), original));
            }
        }
        SortedSet<String> lost = new TreeSet<>(original.writes());
        lost.removeAll(candidate.writes());
        SortedSet<String> added = new TreeSet<>(candidate.writes());
        added.removeAll(original.writes());
        if (!lost.isEmpty()) {
            return new EffectDifference(Kind.SET, lost.first() + " is not done any more");
        }
        if (!added.isEmpty()) {
            return new EffectDifference(Kind.SET, added.first() + " was not done before");
        }
        return order(original, candidate);
    }

    private static String sentence(Act act, int more, EffectTrail original) {
        long before = original.acts().stream().filter(act::equals).count();
        return "the effect of " + act.describe() + " on the same input happened " + before + " times, and "
                + (before + more) + " times with the candidate";
    }

    private static EffectDifference order(EffectTrail original, EffectTrail candidate) {
        Map<String, List<Act>> after = channels(candidate);
        for (Map.Entry<String, List<Act>> channel : channels(original).entrySet()) {
            if (!channel.getValue().equals(after.get(channel.getKey()))) {
                return new EffectDifference(
                        Kind.ORDER, "the effects of " + channel.getKey() + " came in another order");
            }
        }
        return SAME;
    }

    private static Map<String, List<Act>> channels(EffectTrail trail) {
        Map<String, List<Act>> channels = new LinkedHashMap<>();
        trail.acts().forEach(act -> channels.computeIfAbsent(act.channel(), channel -> new ArrayList<>())
                .add(act));
        return channels;
    }
}
