package dev.fettle.api.ingest;

import dev.fettle.api.Stable;
import java.io.InputStream;

/**
 * What a reader gets for one source.
 *
 * @param input the decompressed content from its first byte; the caller closes it
 * @param source a name for messages: the file
 * @param settings the reader's settings record, of the type of its defaults
 * @param sink takes the traces and the rejections
 */
@Stable
public record ReadContext(InputStream input, String source, Record settings, TraceSink sink) {}
