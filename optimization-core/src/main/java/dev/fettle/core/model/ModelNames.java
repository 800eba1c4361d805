package dev.fettle.core.model;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The forms under which one model appears in traces: with a provider before it ({@code openai/gpt-4o},
 * {@code us.anthropic.claude-...}), with a date or version after it ({@code -2024-08-06}, {@code @20240620},
 * {@code :latest}).
 */
final class ModelNames {
    private static final Pattern REGION = Pattern.compile("^(us|eu|apac|global)\\.");
    private static final Pattern VENDOR =
            Pattern.compile("^(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|google|qwen|models)[./]");
    private static final Pattern REVISION = Pattern.compile("-v\\d+(:\\d+)?$");
    private static final Pattern TAG = Pattern.compile(":(latest|free|beta|extended|nitro|floor|\\d+)$");
    private static final Pattern LATEST = Pattern.compile("[-@](latest|default|exp|preview)$");
    private static final Pattern DATE =
            Pattern.compile("[-@](\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{6}|\\d{4}|\\d{2}-\\d{4}|\\d{2}-\\d{2}|\\d{3})$");
    private static final Pattern INSTRUCT = Pattern.compile("-(instruct|chat|it)(-hf)?$");

    private ModelNames() {}

    /** The plain spelling: lower case, without blanks around it. */
    static String plain(String name) {
        return name.trim().toLowerCase(Locale.ROOT);
    }

    /** The name and what it may stand for, the most specific first. */
    static Set<String> forms(String name) {
        Set<String> forms = new LinkedHashSet<>();
        String form = plain(name);
        forms.add(form);
        String withoutTag = TAG.matcher(form).replaceFirst("");
        addWithoutProvider(forms, form);
        addWithoutProvider(forms, withoutTag);
        for (String base : Set.copyOf(forms).stream().sorted().toList()) {
            addWithoutVersion(forms, base);
        }
        return forms;
    }

    private static void addWithoutProvider(Set<String> forms, String name) {
        forms.add(name);
        String rest = name;
        // openrouter/anthropic/claude-3: each part of a path may be a provider
        for (int slash = rest.indexOf('/'); slash >= 0; slash = rest.indexOf('/')) {
            rest = rest.substring(slash + 1);
            forms.add(rest);
        }
        rest = REGION.matcher(rest).replaceFirst("");
        forms.add(VENDOR.matcher(rest).replaceFirst(""));
    }

    private static void addWithoutVersion(Set<String> forms, String name) {
        String rest = name;
        for (Pattern pattern : new Pattern[] {REVISION, LATEST, DATE, LATEST, INSTRUCT, DATE}) {
            String shorter = pattern.matcher(rest).replaceFirst("");
            if (!shorter.isEmpty()) {
                rest = shorter;
                forms.add(rest);
            }
        }
    }
}
