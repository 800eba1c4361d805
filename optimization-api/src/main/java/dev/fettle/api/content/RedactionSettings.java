package dev.fettle.api.content;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.Evolving;
import dev.fettle.api.FettleException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What is taken out of what is kept: traces, messages, recordings.
 *
 * @param enabled whether anything is
 * @param keys further names of keys and headers that hold secrets
 * @param patterns further regular expressions of what is a secret
 */
@Evolving
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
                    "the setting redaction.patterns holds (" + e.getPattern() + "), which is no regular expression: "
                            + e.getDescription(),
                    e);
        }
    }

    /** The rules, whether they are in force or not. */
    public Redaction rules() {
        return Redaction.DEFAULT.with(keys, patterns);
    }

    /** What takes the secrets out of a JSON value; it leaves all as it is where redaction is switched off. */
    public UnaryOperator<@Nullable Object> redaction() {
        return enabled ? rules()::value : UnaryOperator.identity();
    }
}
