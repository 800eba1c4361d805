package dev.fettle.runtime.graph;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bsc.langgraph4j.serializer.StateSerializer;

/**
 * Copies a state without copying its values. LangGraph4j copies the state before and after each node by writing it to bytes
 * and reading them back. Values are immutable, so the map alone is copied: the bytes hold a ticket, for which the copy waits
 * here until it is read, once.
 */
final class SharingSerializer extends StateSerializer<WorkflowState> {
    private final Map<Long, Map<String, Object>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong tickets = new AtomicLong();

    SharingSerializer() {
        super(WorkflowState::new);
    }

    @Override
    public void writeData(Map<String, Object> data, ObjectOutput out) throws IOException {
        long ticket = tickets.incrementAndGet();
        waiting.put(ticket, new HashMap<>(data));
        out.writeLong(ticket);
    }

    @Override
    public Map<String, Object> readData(ObjectInput in) throws IOException {
        long ticket = in.readLong();
        Map<String, Object> data = waiting.remove(ticket);
        if (data == null) {
            throw new InvalidObjectException("the state (" + ticket + ") was read before, or by another run");
        }
        return data;
    }
}
