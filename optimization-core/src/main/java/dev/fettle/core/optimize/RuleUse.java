package dev.fettle.core.optimize;

import dev.fettle.core.plugin.PluginKind;

/**
 * What one rule did on an input.
 *
 * @param kind detector or strategy
 * @param looked nodes of the profile for a detector, bottlenecks for a strategy
 * @param gave bottlenecks that a detector found, suggestions that a strategy made
 * @param seconds that one call took, as measured
 */
public record RuleUse(PluginKind kind, String name, int looked, int gave, double seconds) {}
