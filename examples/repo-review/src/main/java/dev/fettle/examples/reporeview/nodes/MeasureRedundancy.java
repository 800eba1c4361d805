package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** How far each file can be compressed, a sign of repetition: {@code files} to {@code redundancy}, path to percent. */
@AutoService(NodeRunner.class)
public final class MeasureRedundancy implements NodeRunner {
    @Override
    public String name() {
        return "measure-redundancy";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        Map<String, Long> redundancy = new TreeMap<>();
        for (SourceFile file : State.files(context)) {
            byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0) {
                redundancy.put(file.path(), 100 - 100 * compressedSize(bytes) / bytes.length);
            }
        }
        return Map.of("redundancy", redundancy);
    }

    private static long compressedSize(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                deflater.deflate(buffer);
            }
            return deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }
}
