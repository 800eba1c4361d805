package dev.fettle.runtime.secret;

import dev.fettle.api.content.Redaction;
import dev.fettle.api.content.RedactionSettings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secrets that one run has seen, and the rules by which secrets are taken out. Safe for use by several threads. */
public final class Secrets {
    /** A shorter value that nobody asked for as a secret, like a port or {@code false}, would be found everywhere. */
    private static final int LEAST_LENGTH = 6;

    /** Of a state key such a name says little, of a variable with a value that is not short it says enough. */
    private static final Pattern SECRET_VARIABLE =
            Pattern.compile("(?i).*(key|token|secret|password|passwd|pass|pwd|credentials?)"
                    + "|(.*_)?(key|token|secret|password|passphrase|credentials?)_.*");

    private final boolean enabled;
    private final Redaction rules;
    private final Function<String, Optional<String>> variables;
    private final Set<String> seen = new LinkedHashSet<>();
    private @Nullable Redaction current;

    public Secrets(RedactionSettings settings) {
        this(settings, variable -> Optional.ofNullable(System.getenv(variable)));
    }

    /** @param variables the value of an environment variable; empty where it is not set */
    Secrets(RedactionSettings settings, Function<String, Optional<String>> variables) {
        this.variables = variables;
        this.enabled = settings.enabled();
        this.rules = settings.rules();
    }

    /** The value of an environment variable, which from now on is a secret; empty where it is not set. */
    public Optional<String> environment(String variable) {
        Optional<String> value = variables.apply(variable);
        value.ifPresent(this::see);
        return value;
    }

    private synchronized void see(String secret) {
        if (seen.add(secret)) {
            current = null;
        }
    }

    /** The environment of a process that will see these variables; a value is a secret where its name says so. */
    public Map<String, String> passed(Collection<String> names) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : names) {
            variables.apply(name).ifPresent(value -> {
                environment.put(name, value);
                if (isSecret(name, value)) {
                    see(value);
                }
            });
        }
        return environment;
    }

    private boolean isSecret(String variable, String value) {
        return rules.isSecret(variable)
                || (value.length() >= LEAST_LENGTH
                        && SECRET_VARIABLE.matcher(variable).matches());
    }

    private synchronized Redaction redaction() {
        Redaction known = current;
        if (known == null) {
            known = rules.withSecrets(seen);
            current = known;
        }
        return known;
    }

    /** A text without secrets, or as it is where redaction is switched off. */
    public String text(String text) {
        return enabled ? redaction().text(text) : text;
    }

    /** A JSON value without secrets, or as it is where redaction is switched off. */
    public @Nullable Object value(@Nullable Object value) {
        return enabled ? redaction().value(value) : value;
    }

    /** Whether a JSON value holds a secret that may not be kept. */
    public boolean mayNotKeep(@Nullable Object value) {
        return enabled && redaction().finds(value);
    }
}
