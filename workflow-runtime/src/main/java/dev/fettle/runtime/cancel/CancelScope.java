package dev.fettle.runtime.cancel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be stopped: a run, a block in it, an attempt at a node in that. Cancelling a scope cancels the scopes
 * inside it, inner ones last, and runs each scope's action once. After {@link #close} the action does not run any more, so
 * a thread is never interrupted for work that it has left.
 */
public final class CancelScope implements AutoCloseable {
    private final @Nullable CancelScope parent;
    private final Runnable action;
    private final Set<CancelScope> children = new LinkedHashSet<>();
    private volatile @Nullable CancelReason reason;
    private boolean closed;

    private CancelScope(@Nullable CancelScope parent, Runnable action) {
        this.parent = parent;
        this.action = action;
    }

    /** The scope of a run. */
    public static CancelScope root() {
        return new CancelScope(null, () -> {});
    }

    /**
     * A scope inside this one; cancelled from the start where this one is.
     *
     * @param action run once when the scope is cancelled, on the thread that cancels; short, and never failing
     */
    public CancelScope child(Runnable action) {
        CancelScope child = new CancelScope(this, action);
        CancelReason inherited;
        synchronized (this) {
            children.add(child);
            inherited = reason;
        }
        if (inherited != null) {
            child.cancel(inherited);
        }
        return child;
    }

    /** Cancels; the first reason counts. */
    public void cancel(CancelReason why) {
        List<CancelScope> inside;
        synchronized (this) {
            if (closed || reason != null) {
                return;
            }
            reason = why;
            action.run();
            inside = new ArrayList<>(children);
        }
        inside.forEach(child -> child.cancel(why));
    }

    public boolean cancelled() {
        return reason != null;
    }

    /** Why the scope was cancelled; null where it was not. */
    public @Nullable CancelReason reason() {
        return reason;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        if (parent != null) {
            synchronized (parent) {
                parent.children.remove(this);
            }
        }
    }
}
