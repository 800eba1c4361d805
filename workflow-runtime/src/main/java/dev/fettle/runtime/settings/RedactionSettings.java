package dev.fettle.runtime.settings;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.Redaction;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What is taken out of traces and messages.
 *
 * @param enabled whether anything is
 * @param keys further names of keys and headers that hold secrets
 * @param patterns further regular expressions of what is a secret
 */
public record RedactionSettings(boolean enabled, List<String> keys, List<String> patterns) {
    public static final RedactionSettings DEFAULT = new RedactionSettings(true, List.of(), List.of());

    public RedactionSettings {
        keys = List.copyOf(keys);
        patterns = List.copyOf(patterns);
        try {
            Redaction.DEFAULT.with(keys, patterns);
        } catch (PatternSyntaxException e) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the setting redaction.patterns holds (" + e.getPattern()
                            + "), which is no regular expression: " + e.getDescription(),
                    e);
        }
    }

    public Redaction rules() {
        return Redaction.DEFAULT.with(keys, patterns);
    }
}
