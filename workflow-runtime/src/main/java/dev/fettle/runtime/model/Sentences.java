package dev.fettle.runtime.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Splits a text into sentences and those into words. */
final class Sentences {
    private static final Pattern END = Pattern.compile("(?<=[.!?])\\s+|\\R+");
    private static final Pattern BULLET = Pattern.compile("^[-*#>\\s]+");
    private static final Pattern WORD_GAP = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST = 400;
    private static final int SHORTEST_WORD = 3;

    private Sentences() {}

    /**
     * The sentences in order. A line is the end of a sentence too. Lines that end in a colon are headings or instructions
     * and no sentences; a sentence over 400 characters is cut.
     */
    static List<String> split(String text) {
        List<String> sentences = new ArrayList<>();
        for (String part : END.split(text, -1)) {
            String sentence = BULLET.matcher(part.strip()).replaceFirst("");
            if (sentence.length() > LONGEST) {
                sentence = sentence.substring(0, LONGEST);
            }
            if (!sentence.endsWith(":") && !words(sentence).isEmpty()) {
                sentences.add(sentence);
            }
        }
        return sentences;
    }

    /** The words in lower case, without the shortest ones. */
    static List<String> words(String sentence) {
        List<String> words = new ArrayList<>();
        for (String word : WORD_GAP.split(sentence.toLowerCase(Locale.ROOT), -1)) {
            if (word.length() >= SHORTEST_WORD) {
                words.add(word);
            }
        }
        return words;
    }
}
