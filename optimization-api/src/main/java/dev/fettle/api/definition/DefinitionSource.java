package dev.fettle.api.definition;

import dev.fettle.api.Evolving;

/**
 * A file with definitions.
 *
 * @param text its content
 * @param name of the file without its ending, for a workflow that has no name of its own
 * @param place for messages: the file
 * @param settings the reader's settings record, of the type of its defaults
 */
@Evolving
public record DefinitionSource(String text, String name, String place, Record settings) {}
