package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import dev.fettle.examples.reporeview.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the source files of a folder: {@code folder} to {@code files}, a list of {@code {path, text}}. */
@AutoService(NodeRunner.class)
public final class ReadFiles implements NodeRunner {
    @Override
    public String name() {
        return "read-files";
    }

    @Override
    public Map<String, Object> run(NodeContext context) throws IOException {
        Path folder = context.directory().resolve(State.text(context, "folder")).normalize();
        List<Map<String, Object>> files =
                SourceFolder.read(folder).stream().map(SourceFile::toJson).toList();
        return Map.of("files", files);
    }
}
