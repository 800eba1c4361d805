package dev.fettle.core.discover;

import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.core.profile.BoundedMap;
import dev.fettle.core.profile.Counter;
import dev.fettle.core.profile.Mergeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the runs show of one node. */
final class NodeFacts implements Mergeable<NodeFacts> {
    private static final int MAX_NAMES = 50;

    private final BoundedMap<Counter> kinds = new BoundedMap<>(MAX_NAMES, Counter::new);
    private final BoundedMap<Counter> models = new BoundedMap<>(MAX_NAMES, Counter::new);
    private final BoundedMap<Counter> tools = new BoundedMap<>(MAX_NAMES, Counter::new);
    private final BoundedMap<Counter> blocks = new BoundedMap<>(MAX_NAMES, Counter::new);
    private long occurrences;
    private long withModelCalls;
    private long runs;
    private long firstRanks;
    private long mostInOneRun;

    /** @param block the id of the parallel node inside which the occurrence ran; null outside of any */
    void add(NodeOccurrence occurrence, @Nullable String block) {
        occurrences++;
        kinds.at(occurrence.kind().name()).increment();
        for (ModelCall call : occurrence.modelCalls()) {
            if (call.model() != null) {
                models.at(call.model()).increment();
            }
        }
        if (!occurrence.modelCalls().isEmpty()) {
            withModelCalls++;
        }
        for (ToolCall call : occurrence.toolCalls()) {
            tools.at(call.tool()).increment();
        }
        if (block != null) {
            blocks.at(block).increment();
        }
    }

    /**
     * @param rank how many other nodes the run reached before this one
     * @param times how often the node ran in the run
     */
    void addRun(int rank, long times) {
        runs++;
        mostInOneRun = Math.max(mostInOneRun, times);
        firstRanks += rank;
    }

    @Override
    public void merge(NodeFacts other) {
        kinds.merge(other.kinds);
        models.merge(other.models);
        tools.merge(other.tools);
        blocks.merge(other.blocks);
        occurrences += other.occurrences;
        withModelCalls += other.withModelCalls;
        runs += other.runs;
        firstRanks += other.firstRanks;
        mostInOneRun = Math.max(mostInOneRun, other.mostInOneRun);
    }

    long mostInOneRun() {
        return mostInOneRun;
    }

    long runs() {
        return runs;
    }

    /** Where in a run the node is first reached, on average. */
    double meanRank() {
        return runs == 0 ? 0 : (double) firstRanks / runs;
    }

    NodeKind kind() {
        String most = most(kinds);
        return most == null || most.equals(BoundedMap.OTHER) ? NodeKind.FUNCTION : NodeKind.valueOf(most);
    }

    /** Whether most occurrences call a model themselves. */
    boolean callsModels() {
        return 2 * withModelCalls > occurrences;
    }

    @Nullable
    String model() {
        return most(models);
    }

    @Nullable
    String mostUsedTool() {
        return most(tools);
    }

    List<String> tools() {
        return tools.sorted().keySet().stream()
                .filter(tool -> !tool.equals(BoundedMap.OTHER))
                .toList();
    }

    /** The parallel node inside which most occurrences ran; null where that is none. */
    @Nullable
    String block() {
        String most = most(blocks);
        return most != null && 2 * blocks.at(most).count() > occurrences ? most : null;
    }

    private static @Nullable String most(BoundedMap<Counter> counts) {
        String most = null;
        long count = 0;
        for (Map.Entry<String, Counter> entry : counts.sorted().entrySet()) {
            if (entry.getValue().count() > count && !entry.getKey().equals(BoundedMap.OTHER)) {
                most = entry.getKey();
                count = entry.getValue().count();
            }
        }
        return most;
    }
}
