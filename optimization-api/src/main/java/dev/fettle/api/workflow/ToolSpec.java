package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tool that nodes may call.
 *
 * @param capabilities what it does, as in {@code code-search}; tools that share one, and whose schemas agree, can stand in
 *     for each other
 * @param description what it is for, in words that a language model understands; empty where there are none
 * @param runner the {@link dev.fettle.api.execute.ToolRunner} by name; null where it is not known (discovered)
 * @param arguments JSON Schema of the arguments; empty where it is not known
 * @param usdPerCall price of a call; null where it is not known, zero where it is free
 * @param batch whether the runner has a batch form
 * @param settings what the tool is, for a runner that serves many tools, like the address for {@code http}; JSON values
 */
@Evolving
public record ToolSpec(
        String name,
        String description,
        Set<String> capabilities,
        @Nullable String runner,
        Effects effects,
        Map<String, Object> arguments,
        @Nullable BigDecimal usdPerCall,
        boolean batch,
        Map<String, Object> settings) {

    public ToolSpec {
        capabilities = Copies.set(capabilities);
        arguments = Copies.map(arguments);
        settings = Copies.map(settings);
    }

    /** A tool without description and settings. */
    public ToolSpec(
            String name,
            Set<String> capabilities,
            @Nullable String runner,
            Effects effects,
            Map<String, Object> arguments,
            @Nullable BigDecimal usdPerCall,
            boolean batch) {
        this(name, "", capabilities, runner, effects, arguments, usdPerCall, batch, Map.of());
    }

    /** A tool of which only the name is known. */
    public static ToolSpec unknown(String name) {
        return new ToolSpec(name, Set.of(), null, Effects.UNKNOWN, Map.of(), null, false);
    }
}
