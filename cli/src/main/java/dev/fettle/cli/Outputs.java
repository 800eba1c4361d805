package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the first runs gave: enough to look at, however many runs there are. */
final class Outputs {
    private static final int MOST = 1000;

    private final List<Map<String, Object>> outputs = new ArrayList<>();

    void accept(ExecutionResult result) {
        if (result.trace().status() == Status.OK && outputs.size() < MOST) {
            outputs.add(result.output());
        }
    }

    void describe(ObjectNode root) {
        outputs.forEach(root.putArray("outputs")::addPOJO);
    }
}
