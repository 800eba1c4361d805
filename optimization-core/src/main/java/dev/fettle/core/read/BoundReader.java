package dev.fettle.core.read;

import dev.fettle.api.ingest.TraceReader;

/** A reader with its settings. */
public record BoundReader(TraceReader reader, Record settings) {
    /** A reader with its default settings. */
    public static BoundReader withDefaults(TraceReader reader) {
        return new BoundReader(reader, reader.defaultSettings());
    }
}
