package dev.fettle.strategies.advanced.caching;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt as paragraphs, some of which hold state. A provider reads from its cache what is equal from the first character
 * on, so that everything behind the first piece of state is paid in full.
 *
 * @param reordered the paragraphs without state first, each kind in its order
 * @param prefixBefore characters before the first piece of state
 * @param prefixAfter the same, of the reordered prompt
 */
record PromptLayout(String reordered, int prefixBefore, int prefixAfter) {
    private static final Pattern STATE = Pattern.compile("\\{[^{}]+}");
    private static final String GAP = "\n\n";

    static PromptLayout of(String prompt) {
        List<String> stable = new ArrayList<>();
        List<String> varying = new ArrayList<>();
        for (String paragraph : prompt.split("\\n\\s*\\n", -1)) {
            (STATE.matcher(paragraph).find() ? varying : stable).add(paragraph);
        }
        stable.addAll(varying);
        String reordered = String.join(GAP, stable);
        return new PromptLayout(reordered, prefix(prompt), prefix(reordered));
    }

    private static int prefix(String prompt) {
        Matcher matcher = STATE.matcher(prompt);
        return matcher.find() ? matcher.start() : prompt.length();
    }
}
