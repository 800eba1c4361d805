package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plugin.InstalledPlugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fettle plugins}: every plugin with its kind, origin, version and settings. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "Lists every plugin with its kind, origin, version and settings.")
final class PluginsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    FormatOption output = new FormatOption();

    PluginsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<InstalledPlugin> plugins = WorkflowOptimizer.create(
                        source.positional.isEmpty()
                                ? source.configuration()
                                : source.definition().configuration())
                .plugins()
                .all();
        if (output.format == OutputOptions.Format.JSON) {
            List<Map<String, Object>> list = new ArrayList<>();
            plugins.forEach(plugin -> list.add(tree(plugin)));
            terminal.out()
                    .println(Json.mapper()
                            .<ObjectNode>valueToTree(Map.of("plugins", list))
                            .toString());
        } else {
            plugins.forEach(this::print);
        }
        return ExitCode.DONE;
    }

    static Map<String, Object> tree(InstalledPlugin plugin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind(plugin));
        tree.put("name", plugin.name());
        tree.put("origin", plugin.origin());
        tree.put("version", plugin.version());
        tree.put("settings", plugin.settings());
        return tree;
    }

    private static String kind(InstalledPlugin plugin) {
        return plugin.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void print(InstalledPlugin plugin) {
        String settings = plugin.settings().toString();
        String version = plugin.version().isEmpty() ? "" : " " + plugin.version();
        terminal.out()
                .println(kind(plugin) + " " + plugin.name() + ", " + plugin.origin() + version + ": "
                        + settings.substring(settings.indexOf('[')));
    }
}
