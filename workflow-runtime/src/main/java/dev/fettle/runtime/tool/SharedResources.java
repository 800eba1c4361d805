package dev.fettle.runtime.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What tools opened for all calls of one run. Safe for use by several threads. */
public final class SharedResources implements AutoCloseable {
    private final Map<List<String>, Slot> slots = new LinkedHashMap<>();
    private boolean closed;

    /** One thing; others of other names are opened at the same time. */
    private static final class Slot {
        private @Nullable AutoCloseable value;
        private boolean closed;

        synchronized <T extends AutoCloseable> T get(Class<T> type, Callable<T> open) throws Exception {
            if (closed) {
                throw new IllegalStateException("the run has ended");
            }
            AutoCloseable known = value;
            if (known != null) {
                return type.cast(known);
            }
            T opened = open.call();
            value = opened;
            return opened;
        }

        synchronized void close() throws Exception {
            closed = true;
            AutoCloseable known = value;
            value = null;
            if (known != null) {
                known.close();
            }
        }
    }

    /** The thing of this name; opened where it is not there. Callers of the same name wait for each other. */
    public <T extends AutoCloseable> T get(String runner, String name, Class<T> type, Callable<T> open)
            throws Exception {
        Slot slot;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the run has ended");
            }
            slot = slots.computeIfAbsent(List.of(runner, name), key -> new Slot());
        }
        return slot.get(type, open);
    }

    /** Closes everything, in reverse order; what fails to close does not keep the rest open. */
    @Override
    public void close() {
        List<Slot> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(slots.values());
            slots.clear();
        }
        boolean interrupted = false;
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (Exception e) {
                // The run is over; what it gave does not depend on how a connection was left.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
