package dev.fettle.api.validate;

import dev.fettle.api.Evolving;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where two outputs differ, for judges that weigh texts and want everything else to be equal.
 *
 * @param texts places where both have a text, and not the same, in the order of keys and positions
 * @param other the first difference that is not between two texts, as words; empty where there is none
 */
@Evolving
public record TextDifferences(List<Difference> texts, String other) {
    public TextDifferences {
        texts = List.copyOf(texts);
    }

    /**
     * Two texts at one place.
     *
     * @param path as in {@code review.findings[2]}
     */
    public record Difference(String path, String original, String candidate) {
        /** Nothing could be said about these texts. */
        public Judgement inconclusive(String why) {
            return new Judgement(Judgement.Outcome.INCONCLUSIVE, path + ": " + why);
        }

        /** How much a judge would have to read. */
        public int characters() {
            return original.length() + candidate.length();
        }
    }

    /** Compares final state keys, JSON values: keys have no order, numbers compare by value. */
    public static TextDifferences between(Map<String, Object> original, Map<String, Object> candidate) {
        List<Difference> texts = new ArrayList<>();
        String other = compare("", original, candidate, texts);
        return new TextDifferences(texts, other);
    }

    /** Different where something other than texts differs; else as the first pair of texts that is not equivalent. */
    public Judgement judge(Function<Difference, Judgement> judge) {
        if (!other.isEmpty()) {
            return new Judgement(Judgement.Outcome.DIFFERENT, other);
        }
        return texts.stream()
                .map(judge)
                .filter(judgement -> judgement.outcome() != Judgement.Outcome.EQUIVALENT)
                .findFirst()
                .orElse(Judgement.EQUIVALENT);
    }

    private static String compare(
            String path, @Nullable Object original, @Nullable Object candidate, List<Difference> texts) {
        if (original instanceof Map<?, ?> first && candidate instanceof Map<?, ?> second) {
            return maps(path, first, second, texts);
        }
        if (original instanceof List<?> first && candidate instanceof List<?> second) {
            if (first.size() != second.size()) {
                return path + ": " + first.size() + " items became " + second.size();
            }
            for (int i = 0; i < first.size(); i++) {
                String difference = compare(path + "[" + i + "]", first.get(i), second.get(i), texts);
                if (!difference.isEmpty()) {
                    return difference;
                }
            }
            return "";
        }
        if (original instanceof String first && candidate instanceof String second) {
            if (!first.equals(second)) {
                texts.add(new Difference(path, first, second));
            }
            return "";
        }
        boolean same = (original instanceof Number first && candidate instanceof Number second)
                ? equal(first, second)
                : Objects.equals(original, candidate);
        return same ? "" : path + ": " + original + " became " + candidate;
    }

    private static String maps(String path, Map<?, ?> first, Map<?, ?> second, List<Difference> texts) {
        TreeSet<String> keys = new TreeSet<>();
        first.keySet().forEach(key -> keys.add(String.valueOf(key)));
        second.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (String key : keys) {
            String place = path.isEmpty() ? key : path + "." + key;
            if (!first.containsKey(key) || !second.containsKey(key)) {
                return place + (first.containsKey(key) ? " is missing" : " is extra");
            }
            String difference = compare(place, first.get(key), second.get(key), texts);
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    /** NaN and infinities are equal to nothing. */
    private static boolean equal(Number first, Number second) {
        if (!Double.isFinite(first.doubleValue()) || !Double.isFinite(second.doubleValue())) {
            return false;
        }
        return new BigDecimal(first.toString()).compareTo(new BigDecimal(second.toString())) == 0;
    }
}
