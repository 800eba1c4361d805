package dev.fettle.core.plugin;

import dev.fettle.api.Plugin;

/**
 * A plugin that was found.
 *
 * @param origin the jar it came from, or {@code built in}
 * @param version of the jar, or empty
 * @param settings bound from the configuration
 */
public record InstalledPlugin(
        PluginKind kind, String name, Plugin plugin, String origin, String version, Record settings) {}
