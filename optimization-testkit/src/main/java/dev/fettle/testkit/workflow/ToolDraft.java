package dev.fettle.testkit.workflow;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.ToolSpec;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tool in the making: without effects, and with a schema only where arguments are given. */
@Stable
public final class ToolDraft {
    private final String name;
    private List<String> capabilities = List.of();
    private Effects effects = Effects.NONE;
    private Map<String, Object> arguments = Map.of();
    private @Nullable BigDecimal usdPerCall;
    private boolean batch;

    ToolDraft(String name) {
        this.name = name;
    }

    public ToolDraft capabilities(String... values) {
        capabilities = List.of(values);
        return this;
    }

    public ToolDraft effects(Effects value) {
        effects = value;
        return this;
    }

    /** A schema in which each of these arguments is a required text. */
    public ToolDraft textArguments(String... names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String argument : names) {
            properties.put(argument, Map.of("type", "string"));
        }
        return schema(Map.of("type", "object", "properties", properties, "required", List.of(names)));
    }

    public ToolDraft schema(Map<String, Object> value) {
        arguments = value;
        return this;
    }

    public ToolDraft usdPerCall(String value) {
        usdPerCall = new BigDecimal(value);
        return this;
    }

    public ToolDraft batch() {
        batch = true;
        return this;
    }

    ToolSpec build() {
        Set<String> ordered = new LinkedHashSet<>(capabilities);
        return new ToolSpec(name, ordered, name, effects, arguments, usdPerCall, batch);
    }
}
