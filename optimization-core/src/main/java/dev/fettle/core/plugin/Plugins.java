package dev.fettle.core.plugin;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.Plugin;
import dev.fettle.api.change.ChangeTypes;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.execute.WorkflowResolver;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The installed plugins, by kind and name. */
public final class Plugins implements Runners {
    private final List<InstalledPlugin> installed;
    private final List<ChangeTypes> changeTypes;
    private final WorkflowResolver workflows;

    Plugins(List<InstalledPlugin> installed, List<ChangeTypes> changeTypes, WorkflowResolver workflows) {
        this.workflows = workflows;
        this.installed = installed.stream()
                .sorted(Comparator.comparing(InstalledPlugin::kind).thenComparing(InstalledPlugin::name))
                .toList();
        this.changeTypes = List.copyOf(changeTypes);
    }

    public List<InstalledPlugin> all() {
        return installed;
    }

    public List<ChangeTypes> changeTypes() {
        return changeTypes;
    }

    /** The plugins of a kind, in order of their names. */
    public List<InstalledPlugin> of(PluginKind kind) {
        return installed.stream().filter(plugin -> plugin.kind() == kind).toList();
    }

    /** The plugins of a kind as what they are. */
    public <P extends Plugin> List<P> of(PluginKind kind, Class<P> type) {
        return of(kind).stream().map(plugin -> type.cast(plugin.plugin())).toList();
    }

    public Optional<InstalledPlugin> find(PluginKind kind, String name) {
        return of(kind).stream().filter(plugin -> plugin.name().equals(name)).findFirst();
    }

    /**
     * The plugin of this kind and name.
     *
     * @throws FettleException where there is none; the message gives the nearest name
     */
    public InstalledPlugin require(PluginKind kind, String name) {
        return find(kind, name)
                .orElseThrow(() -> new FettleException(
                        ErrorCode.USAGE,
                        "there is no plugin (" + name + ") among the " + kind.section()
                                + NearestName.hint(name, names(kind))));
    }

    private SortedSet<String> names(PluginKind kind) {
        return of(kind).stream().map(InstalledPlugin::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Optional<NodeRunner> nodeRunner(String name) {
        return find(PluginKind.NODE_RUNNER, name).map(plugin -> (NodeRunner) plugin.plugin());
    }

    @Override
    public Optional<ToolRunner> toolRunner(String name) {
        return find(PluginKind.TOOL_RUNNER, name).map(plugin -> (ToolRunner) plugin.plugin());
    }

    @Override
    public Record toolSettings(ToolRunner runner) {
        return find(PluginKind.TOOL_RUNNER, runner.name())
                .map(InstalledPlugin::settings)
                .orElseGet(runner::defaultSettings);
    }

    @Override
    public SortedSet<String> nodeRunnerNames() {
        return names(PluginKind.NODE_RUNNER);
    }

    @Override
    public SortedSet<String> toolRunnerNames() {
        return names(PluginKind.TOOL_RUNNER);
    }

    @Override
    public WorkflowResolver workflows() {
        return workflows;
    }
}
