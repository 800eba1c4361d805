package dev.fettle.api.content;

import dev.fettle.api.Evolving;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what is kept: all texts below keys that name one ({@code authorization}, {@code apiKey}, {@code
 * x-auth-token}, {@code password}), and in all texts what has the form of a well-known credential, the value after such a
 * name, names and passwords in addresses, and the secrets that are given. Numbers are no secrets: {@code maxTokens} stays.
 */
@Evolving
public final class Redaction {
    /** What stands in place of a secret. */
    public static final String MARK = "[redacted]";

    /** The rules without additions. */
    public static final Redaction DEFAULT = new Redaction(List.of(), List.of(), List.of());

    private static final Pattern KEY =
            Pattern.compile(".*\\b(authorization|\\w*password|\\w*passwd|passphrase|secrets?|credentials?"
                    + "|cookies?|(api|access|private|secret|signing) ?key|apikey|(auth|access|refresh|session|bearer) ?token)\\b.*"
                    + "|(.*\\b)?(token|pwd)");
    private static final Pattern CREDENTIAL = Pattern.compile("\\b(?i:bearer|basic) +[A-Za-z0-9._~+/=-]{8,}"
            + "|\\bsk-[A-Za-z0-9_-]{16,}|\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bgithub_pat_[A-Za-z0-9_]{20,}"
            + "|\\bglpat-[A-Za-z0-9_-]{16,}|\\bxox[abeprs]-[A-Za-z0-9-]{10,}|\\bhf_[A-Za-z0-9]{20,}"
            + "|\\b(AKIA|ASIA)[0-9A-Z]{16}\\b|\\bAIza[0-9A-Za-z_-]{35}"
            + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:authorization|password|passwd|passphrase|api[-_ ]?key|access[-_]?key|client[-_]?secret"
                    + "|(?:auth|access|refresh|session)[-_]?token)[\"']?\\s*[:=]\\s*[\"']?|(?:token|secret|pwd|key)=)"
                    + "(?!\\[redacted])[^\\s\"',;&)]{4,}");
    private static final Pattern ADDRESS = Pattern.compile("(://)[^/\\s:@]+:[^/\\s@]+(@)");

    private final List<String> keys;
    private final List<Pattern> patterns;
    private final List<KnownSecret> secrets;

    private Redaction(List<String> keys, List<Pattern> patterns, List<KnownSecret> secrets) {
        this.keys = List.copyOf(keys);
        this.patterns = List.copyOf(patterns);
        this.secrets = List.copyOf(secrets);
    }

    /**
     * With more rules.
     *
     * @param moreKeys further names of keys and headers, whose case and separators do not count
     * @param morePatterns further regular expressions of what is a secret in a text
     * @throws java.util.regex.PatternSyntaxException where one is none
     */
    public Redaction with(Collection<String> moreKeys, Collection<String> morePatterns) {
        List<String> allKeys = new ArrayList<>(keys);
        moreKeys.forEach(key -> allKeys.add(words(key)));
        List<Pattern> allPatterns = new ArrayList<>(patterns);
        morePatterns.forEach(pattern -> allPatterns.add(Pattern.compile(pattern)));
        return new Redaction(allKeys, allPatterns, secrets);
    }

    /** With these texts, which are secrets wherever they turn up, also as they are written in JSON or in a URL. */
    public Redaction withSecrets(Collection<String> moreSecrets) {
        List<KnownSecret> all = new ArrayList<>(secrets);
        moreSecrets.stream()
                .filter(secret -> !secret.isBlank())
                .map(KnownSecret::new)
                .forEach(all::add);
        // A secret that holds another one goes first, so that nothing of it stays.
        all.sort(Comparator.comparingInt(KnownSecret::length).reversed());
        return new Redaction(keys, patterns, all);
    }

    /** Whether a key, a header or a variable of this name holds a secret. */
    public boolean isSecret(String name) {
        String words = words(name);
        return KEY.matcher(words).matches() || keys.contains(words);
    }

    /** A text without secrets. */
    public String text(String text) {
        String kept = text;
        for (KnownSecret secret : secrets) {
            kept = secret.replacedIn(kept);
        }
        kept = CREDENTIAL.matcher(kept).replaceAll(Matcher.quoteReplacement(MARK));
        kept = NAMED.matcher(kept).replaceAll("$1" + Matcher.quoteReplacement(MARK));
        kept = ADDRESS.matcher(kept).replaceAll("$1" + Matcher.quoteReplacement(MARK) + "$2");
        for (Pattern pattern : patterns) {
            kept = pattern.matcher(kept).replaceAll(Matcher.quoteReplacement(MARK));
        }
        return kept;
    }

    /** A JSON value without secrets. */
    public @Nullable Object value(@Nullable Object value) {
        return value(value, false);
    }

    /** @param secret whether a key above the value names a secret */
    private @Nullable Object value(@Nullable Object value, boolean secret) {
        if (value instanceof String text) {
            return secret ? MARK : text(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            map.forEach(
                    (key, held) -> kept.put(String.valueOf(key), value(held, secret || isSecret(String.valueOf(key)))));
            return kept;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> kept = new ArrayList<>(list.size());
            list.forEach(held -> kept.add(value(held, secret)));
            return kept;
        }
        return value;
    }

    /** Whether a JSON value holds a secret. */
    public boolean finds(@Nullable Object value) {
        return !Objects.equals(value, value(value));
    }

    /** {@code xApi_Key} and {@code x-api-key} are both {@code x api key}. */
    private static String words(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[^A-Za-z0-9]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
