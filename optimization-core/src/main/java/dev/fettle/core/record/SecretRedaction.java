package dev.fettle.core.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out values under keys that name a secret ({@code authorization}, {@code password}, {@code apiKey}, ...) and, in
 * texts, what has the form of a well-known credential.
 */
public final class SecretRedaction implements Redaction {
    /** What stands in place of a secret. */
    public static final String REDACTED = "[redacted]";

    private static final Pattern KEY = Pattern.compile(
            "(?i).*(authorization|password|passwd|passphrase|secret|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key"
                    + "|(access|auth|refresh|bearer|session|id)[-_ ]?token|credential|cookie).*|(?i)token");
    private static final Pattern CREDENTIAL = Pattern.compile("(?i:bearer|basic) [A-Za-z0-9._~+/=-]{12,}"
            + "|sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}"
            + "|AIza[0-9A-Za-z_-]{35}|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----");

    @Override
    public @Nullable Object redact(@Nullable Object value) {
        if (value instanceof String text) {
            return CREDENTIAL.matcher(text).replaceAll(REDACTED);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            map.forEach((key, held) -> kept.put(String.valueOf(key), member(String.valueOf(key), held)));
            return kept;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> kept = new ArrayList<>(list.size());
            list.forEach(held -> kept.add(redact(held)));
            return kept;
        }
        return value;
    }

    /** Numbers and the like are no secrets: {@code maxTokens} under {@code token} keeps its value. */
    private @Nullable Object member(String key, @Nullable Object held) {
        return held instanceof String && KEY.matcher(key).matches() ? REDACTED : redact(held);
    }
}
