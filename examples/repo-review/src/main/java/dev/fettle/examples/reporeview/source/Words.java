package dev.fettle.examples.reporeview.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in a text: runs of letters, split where camel case does, in lower case. */
public final class Words {
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");
    private static final int SHORTEST = 2;

    private Words() {}

    /** The words in order: {@code "readURLFrom(x1)"} gives {@code read, url, from}. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (matcher.end() - matcher.start() >= SHORTEST) {
                words.add(matcher.group().toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }
}
