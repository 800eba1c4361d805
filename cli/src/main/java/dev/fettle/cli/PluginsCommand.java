package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plugin.InstalledPlugin;
import dev.fettle.core.plugin.PluginKind;
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
            print(plugins);
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> tree(InstalledPlugin plugin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind(plugin.kind()));
        tree.put("name", plugin.name());
        tree.put("origin", plugin.origin());
        tree.put("version", plugin.version());
        tree.put("settings", plugin.settings());
        return tree;
    }

    static String kind(PluginKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** By kind; settings as they are written in {@code fettle.yaml}. */
    private void print(List<InstalledPlugin> plugins) {
        int longest = plugins.stream()
                .mapToInt(plugin -> plugin.name().length())
                .max()
                .orElse(1);
        String gap = "";
        for (PluginKind kind : PluginKind.values()) {
            List<InstalledPlugin> some =
                    plugins.stream().filter(plugin -> plugin.kind() == kind).toList();
            if (!some.isEmpty()) {
                terminal.out().print(gap);
                terminal.print(kind.section());
                gap = System.lineSeparator();
            }
            for (InstalledPlugin plugin : some) {
                String origin = plugin.origin() + (plugin.version().isEmpty() ? "" : " " + plugin.version());
                terminal.print("  " + String.format(Locale.ROOT, "%-" + longest + "s", plugin.name()) + "  " + origin
                        + settings(plugin));
            }
        }
    }

    private static String settings(InstalledPlugin plugin) {
        List<String> settings = new ArrayList<>();
        ObjectNode tree = Json.mapper().valueToTree(plugin.settings());
        tree.properties().forEach(setting -> settings.add(setting.getKey() + ": " + setting.getValue()));
        return settings.isEmpty() ? "" : "  {" + String.join(", ", settings) + "}";
    }
}
