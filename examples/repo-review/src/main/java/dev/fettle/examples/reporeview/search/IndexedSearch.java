package dev.fettle.examples.reporeview.search;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import dev.fettle.examples.reporeview.source.SourceFolder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches code with an index: the same answers as {@link LinearSearch}. The last few indexes are kept by the content of
 * what they index, so an index is never out of date.
 */
@AutoService(ToolRunner.class)
public final class IndexedSearch implements ToolRunner {
    private static final int KEPT = 8;

    private final Map<List<SourceFile>, LineIndex> indexes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<SourceFile>, LineIndex> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public String name() {
        return "indexed-search";
    }

    @Override
    public Object call(ToolContext context) throws IOException {
        Query query = Query.of(context.arguments(), context.directory());
        return index(SourceFolder.read(query.folder())).search(query);
    }

    /** One caller builds an index while the others wait for it, instead of building it too. */
    private synchronized LineIndex index(List<SourceFile> files) {
        return indexes.computeIfAbsent(List.copyOf(files), LineIndex::new);
    }
}
