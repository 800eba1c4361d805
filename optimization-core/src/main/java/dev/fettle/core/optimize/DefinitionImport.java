package dev.fettle.core.optimize;

import dev.fettle.api.definition.DefinitionReader;
import dev.fettle.api.definition.DefinitionSource;
import dev.fettle.api.definition.ImportedWorkflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.YamlText;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.plugin.Plugins;
import java.nio.file.Path;
import java.util.List;

/** Finds the reader of a definition by its content. */
final class DefinitionImport {
    private final Plugins plugins;

    DefinitionImport(Plugins plugins) {
        this.plugins = plugins;
    }

    /** What no installed reader recognizes is read as Fettle's own form, whose errors say what is expected. */
    List<ImportedWorkflow> read(Path file) {
        String text = YamlText.read(file);
        for (InstalledPlugin installed : plugins.of(PluginKind.DEFINITION_READER)) {
            DefinitionReader reader = (DefinitionReader) installed.plugin();
            if (reader.recognizes(text)) {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
                return reader.read(new DefinitionSource(text, name, file.toString(), installed.settings()));
            }
        }
        var workflow = WorkflowReader.read(file);
        return List.of(new ImportedWorkflow(workflow.id(), workflow, List.of()));
    }
}
