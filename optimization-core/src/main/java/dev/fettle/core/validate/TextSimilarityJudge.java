package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.api.validate.TextDifferences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts are equal where they are similar enough: the cosine of their counts of character n-grams, upper and lower case and
 * runs of white space alike. Everything that is not a text is compared exactly. Similar is not the same: "is safe" and "is
 * not safe" are similar. So numbers in the texts must be the same unless that is switched off, and a low threshold is a
 * decision of the user.
 */
@AutoService(EquivalenceJudge.class)
public final class TextSimilarityJudge implements EquivalenceJudge {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /**
     * How similar is equal.
     *
     * @param threshold least cosine, in (0, 1]
     * @param gram characters in an n-gram; at least 1
     * @param sameNumbers whether both texts must hold the same numbers in the same order
     */
    public record Settings(double threshold, int gram, boolean sameNumbers) {
        public Settings {
            if (!(threshold > 0 && threshold <= 1) || gram < 1) {
                throw new IllegalArgumentException("threshold is (" + threshold + ") and gram (" + gram
                        + "); expected a threshold above 0 and up to 1, and a gram of at least 1");
            }
        }
    }

    @Override
    public String name() {
        return "text-similarity";
    }

    @Override
    public Record defaultSettings() {
        return new Settings(0.9, 3, true);
    }

    @Override
    public Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings) {
        Settings own = (Settings) settings;
        return TextDifferences.between(original, candidate).judge(texts -> judge(texts, own));
    }

    private static Judgement judge(TextDifferences.Difference texts, Settings settings) {
        if (settings.sameNumbers() && !numbers(texts.original()).equals(numbers(texts.candidate()))) {
            return new Judgement(Outcome.DIFFERENT, texts.path() + ": the texts hold other numbers");
        }
        double similarity = similarity(texts.original(), texts.candidate(), settings.gram());
        return similarity >= settings.threshold()
                ? Judgement.EQUIVALENT
                : new Judgement(
                        Outcome.DIFFERENT,
                        String.format(
                                Locale.ROOT,
                                "%s: the texts have a similarity of %.3f, below %.3f",
                                texts.path(),
                                similarity,
                                settings.threshold()));
    }

    private static List<String> numbers(String text) {
        List<String> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(matcher.group());
        }
        return numbers;
    }

    /** The cosine of the counts of n-grams, in [0, 1]; 1 for texts that are equal but for case and white space. */
    static double similarity(String first, String second, int gram) {
        Map<String, Integer> one = grams(first, gram);
        Map<String, Integer> other = grams(second, gram);
        if (one.equals(other)) {
            return 1;
        }
        double product = 0;
        for (Map.Entry<String, Integer> entry : one.entrySet()) {
            product += (double) entry.getValue() * other.getOrDefault(entry.getKey(), 0);
        }
        double lengths = Math.sqrt(squares(one)) * Math.sqrt(squares(other));
        return lengths == 0 ? 0 : product / lengths;
    }

    private static double squares(Map<String, Integer> counts) {
        return counts.values().stream()
                .mapToDouble(count -> (double) count * count)
                .sum();
    }

    private static Map<String, Integer> grams(String text, int gram) {
        String plain =
                " " + SPACE.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ") + " ";
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i + gram <= plain.length(); i++) {
            counts.merge(plain.substring(i, i + gram), 1, Integer::sum);
        }
        if (plain.length() < gram) {
            counts.put(plain, 1);
        }
        return counts;
    }
}
