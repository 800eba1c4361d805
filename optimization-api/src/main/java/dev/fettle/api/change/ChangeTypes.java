package dev.fettle.api.change;

import dev.fettle.api.Stable;
import java.util.Map;

/** Names the kinds of change that a plugin adds. Registered with {@code @AutoService(ChangeTypes.class)}. */
@Stable
public interface ChangeTypes {
    /** From the name used as {@code type} in JSON to the record. */
    Map<String, Class<? extends WorkflowChange>> types();
}
