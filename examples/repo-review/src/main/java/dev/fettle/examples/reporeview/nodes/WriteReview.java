package dev.fettle.examples.reporeview.nodes;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import java.util.Map;
import java.util.TreeMap;

/** Puts everything that it reads into one {@code review}, under the same keys. */
@AutoService(NodeRunner.class)
public final class WriteReview implements NodeRunner {
    @Override
    public String name() {
        return "write-review";
    }

    @Override
    public Map<String, Object> run(NodeContext context) {
        return Map.of("review", new TreeMap<>(context.state()));
    }
}
