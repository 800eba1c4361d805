package dev.fettle.examples.reporeview.search;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.examples.reporeview.source.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What both search tools are asked.
 *
 * @param terms the distinct words of the query, in its order
 * @param limit most hits wanted
 */
record Query(Path folder, List<String> terms, int limit) {
    private static final int DEFAULT_LIMIT = 10;

    static Query of(Map<String, Object> arguments, Path directory) {
        if (arguments.get("folder") instanceof String folder && arguments.get("query") instanceof String query) {
            int limit = arguments.get("limit") instanceof Number number ? number.intValue() : DEFAULT_LIMIT;
            List<String> terms = Words.of(query).stream().distinct().toList();
            return new Query(directory.resolve(folder).normalize(), terms, limit);
        }
        throw new FettleException(
                ErrorCode.BAD_INPUT,
                "the search got the arguments (" + arguments.keySet() + "); expected the texts folder and query");
    }
}
