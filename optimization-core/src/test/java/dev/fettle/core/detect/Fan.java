package dev.fettle.core.detect;

import static dev.fettle.core.detect.Runs.at;
import static dev.fettle.core.detect.Runs.chain;

import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.util.List;
import java.util.Set;

/** Nodes of which two read only what the first wrote, and the last reads both; and runs of them one after another. */
final class Fan {
    static final Workflow FAN = chain(
            Set.of("out"),
            List.of(),
            node("load", "load", List.of("in"), List.of("files")),
            node("lint", "lint", List.of("files"), List.of("l")),
            node("count", "count", List.of("files"), List.of("c")),
            node("join", "join", List.of("l", "c"), List.of("out")));

    private Fan() {}

    static Node node(String id, String runner, List<String> reads, List<String> writes) {
        return Node.builder(id, new NodeBody.Function(runner))
                .state(reads, writes)
                .effects(Effects.NONE)
                .build();
    }

    static Runs fanRuns(int runs) {
        Runs recorded = new Runs();
        for (int i = 0; i < runs; i++) {
            double jitter = 0.01 * (i % 5);
            recorded.run(
                    at("load", 0, 1).build(),
                    at("lint", 1, 4 + jitter).build(),
                    at("count", 5.1, 3).build(),
                    at("join", 8.1, 1).build());
        }
        return recorded;
    }
}
