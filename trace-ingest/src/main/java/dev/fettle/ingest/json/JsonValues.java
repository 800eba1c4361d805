package dev.fettle.ingest.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Takes the values of a JSON stream one by one. */
public interface JsonValues {
    /**
     * Reads one value.
     *
     * @param parser at the value's first token; to be left at its last
     */
    void value(JsonParser parser) throws IOException;

    /**
     * The value being read, or what comes instead of one, is not readable.
     *
     * @param line from 1
     * @param column from 1
     * @param cut whether the content ends in the middle
     */
    void broken(long line, long column, String reason, boolean cut);
}
