package dev.fettle.core.plugin;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.Plugin;
import dev.fettle.api.change.ChangeTypes;
import dev.fettle.api.execute.WorkflowResolver;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Finds plugins on the class path and in folders of jars. Each jar gets a class loader of its own, which sees the API and
 * nothing of the core. All problems (a plugin that does not load, two of one name, unknown settings) are collected and
 * reported together.
 */
public final class PluginLoader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([-.][a-z0-9]+)*");

    private final ClassLoader application;
    private final Map<String, Map<String, Map<String, Object>>> settings;
    private final WorkflowResolver workflows;
    private final List<String> problems = new ArrayList<>();
    private final Map<PluginKind, Map<String, InstalledPlugin>> found = new LinkedHashMap<>();
    private final List<ChangeTypes> changeTypes = new ArrayList<>();
    private final SettingsBinder binder = new SettingsBinder();

    /**
     * @param application sees the core and the plugins on the class path
     * @param settings configured values by section ({@link PluginKind#section()}) and plugin name
     * @param workflows where sub-workflow nodes find their workflows
     */
    public PluginLoader(
            ClassLoader application,
            Map<String, Map<String, Map<String, Object>>> settings,
            WorkflowResolver workflows) {
        this.application = application;
        this.settings = settings;
        this.workflows = workflows;
        for (PluginKind kind : PluginKind.values()) {
            found.put(kind, new LinkedHashMap<>());
        }
    }

    /**
     * Loads everything.
     *
     * @param folders folders whose jars are plugins; one that does not exist is a problem
     * @throws FettleException with all problems
     */
    public Plugins load(List<Path> folders) {
        return load(folders, Map.of());
    }

    /**
     * Loads everything.
     *
     * @param embedded plugins that the embedding program brings as objects
     */
    public Plugins load(List<Path> folders, Map<PluginKind, ? extends Collection<? extends Plugin>> embedded) {
        loadFrom(application, "built in", "");
        embedded.forEach((kind, plugins) -> plugins.forEach(plugin -> install(kind, plugin, "embedded", "")));
        for (Path folder : folders) {
            for (Path jar : jars(folder)) {
                loadJar(jar);
            }
        }
        checkSettings();
        if (!problems.isEmpty()) {
            throw new FettleException(ErrorCode.PLUGIN, String.join("\n", problems));
        }
        List<InstalledPlugin> installed = new ArrayList<>();
        found.values().forEach(byName -> installed.addAll(byName.values()));
        return new Plugins(installed, changeTypes, workflows);
    }

    private List<Path> jars(Path folder) {
        List<Path> jars = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            problems.add("the plugins folder (" + folder + ") does not exist; create it, build what fills it, or remove"
                    + " it from (plugins)");
            return jars;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
            stream.forEach(jars::add);
        } catch (IOException e) {
            problems.add("the plugins folder (" + folder + ") cannot be read: " + e.getMessage());
        }
        jars.sort(null);
        return jars;
    }

    private void loadJar(Path jar) {
        try {
            URL[] urls = {jar.toUri().toURL()};
            // Lives as long as the plugins: a closed loader could not load further classes of its jar.
            ClassLoader loader =
                    new URLClassLoader(jar.getFileName().toString(), urls, new ApiOnlyClassLoader(application));
            loadFrom(loader, jar.toString(), version(jar));
        } catch (MalformedURLException e) {
            problems.add("the plugin jar (" + jar + ") has no usable path: " + e.getMessage());
        }
    }

    private String version(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null
                    ? ""
                    : Objects.requireNonNullElse(manifest.getMainAttributes().getValue("Implementation-Version"), "");
        } catch (IOException e) {
            problems.add("the plugin jar (" + jar + ") cannot be read: " + e.getMessage());
            return "";
        }
    }

    /** Of the jar that holds the class, where it is in one that says. */
    private static String version(Plugin plugin) {
        return Objects.requireNonNullElse(plugin.getClass().getPackage().getImplementationVersion(), "");
    }

    private void loadFrom(ClassLoader loader, String origin, String version) {
        for (PluginKind kind : PluginKind.values()) {
            for (Plugin plugin : instances(kind.type(), loader, origin)) {
                install(kind, plugin, origin, version);
            }
        }
        changeTypes.addAll(instances(ChangeTypes.class, loader, origin));
    }

    private <T> List<T> instances(Class<T> type, ClassLoader loader, String origin) {
        List<T> instances = new ArrayList<>();
        var providers = ServiceLoader.load(type, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return instances;
                }
                instances.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                problems.add("a plugin of (" + origin + ") cannot be loaded: " + e.getMessage()
                        + (cause == e ? "" : " (" + cause + ")"));
                if (e instanceof LinkageError) {
                    return instances;
                }
            }
        }
    }

    private void install(PluginKind kind, Plugin plugin, String origin, String version) {
        String name;
        Record defaults;
        try {
            name = Objects.requireNonNull(plugin.name(), "its name is null");
            defaults = Objects.requireNonNull(plugin.defaultSettings(), "its default settings are null");
        } catch (RuntimeException | LinkageError e) {
            problems.add("the plugin " + plugin.getClass().getName() + " of (" + origin
                    + ") cannot say its name and settings: " + e);
            return;
        }
        if (!NAME.matcher(name).matches()) {
            problems.add("the plugin " + plugin.getClass().getName() + " of (" + origin + ") is called (" + name
                    + "); expected lower-case words joined by hyphens");
            return;
        }
        Map<String, InstalledPlugin> byName = Objects.requireNonNull(found.get(kind));
        InstalledPlugin other = byName.get(name);
        if (other != null) {
            problems.add("two plugins among the " + kind.section() + " are called (" + name + "): one of ("
                    + other.origin() + ") and one of (" + origin + "); rename or remove one");
            return;
        }
        Map<String, Object> configured =
                settings.getOrDefault(kind.section(), Map.of()).getOrDefault(name, Map.of());
        Record bound = binder.bind(defaults, configured, kind.section() + "." + name, problems::add);
        byName.put(
                name,
                new InstalledPlugin(kind, name, plugin, origin, version.isEmpty() ? version(plugin) : version, bound));
    }

    private void checkSettings() {
        TreeSet<String> sections = new TreeSet<>();
        for (PluginKind kind : PluginKind.values()) {
            sections.add(kind.section());
            for (String name : settings.getOrDefault(kind.section(), Map.of()).keySet()) {
                TreeSet<String> names =
                        new TreeSet<>(Objects.requireNonNull(found.get(kind)).keySet());
                if (!names.contains(name)) {
                    problems.add("the settings (" + kind.section() + "." + name + ") are for no installed plugin"
                            + NearestName.hint(name, names));
                }
            }
        }
        for (String section : settings.keySet()) {
            if (!sections.contains(section)) {
                problems.add("the section (" + section + ") is not known" + NearestName.hint(section, sections));
            }
        }
    }
}
