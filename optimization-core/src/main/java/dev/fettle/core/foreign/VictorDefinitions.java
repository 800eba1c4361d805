package dev.fettle.core.foreign;

import com.google.auto.service.AutoService;
import dev.fettle.api.FettleException;
import dev.fettle.api.definition.DefinitionReader;
import dev.fettle.api.definition.DefinitionSource;
import dev.fettle.api.definition.ImportedWorkflow;
import java.util.List;
import java.util.Map;

/** Definitions of the agent framework Victor: see {@link ForeignDefinitions}. */
@AutoService(DefinitionReader.class)
public final class VictorDefinitions implements DefinitionReader {
    @Override
    public String name() {
        return "victor";
    }

    /** Fettle's own definitions have nodes too; theirs have a kind, and these a type or none. */
    @Override
    public boolean recognizes(String text) {
        Map<String, Object> top;
        try {
            top = ForeignDefinitions.top(text, "");
        } catch (FettleException e) {
            return false;
        }
        if (top.get("workflows") instanceof Map<?, ?> named) {
            return named.values().stream().anyMatch(one -> Fields.map(one).get("nodes") instanceof List<?>);
        }
        return top.get("nodes") instanceof List<?> nodes
                && !nodes.isEmpty()
                && !top.containsKey("version")
                && nodes.stream().noneMatch(node -> Fields.map(node).containsKey("kind"));
    }

    @Override
    public List<ImportedWorkflow> read(DefinitionSource source) {
        return ForeignDefinitions.read(source.text(), source.name(), source.place()).stream()
                .map(one -> new ImportedWorkflow(one.name(), one.workflow(), one.notes()))
                .toList();
    }
}
