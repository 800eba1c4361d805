package dev.fettle.runtime.node;

import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.trace.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node failed or was stopped. The message is for a person and names the node. */
public final class NodeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean cancelled;
    private final transient List<Question> questions;

    public NodeFailure(String message, boolean cancelled, @Nullable Throwable cause) {
        this(message, cancelled, List.of(), cause);
    }

    private NodeFailure(String message, boolean cancelled, List<Question> questions, @Nullable Throwable cause) {
        super(message, cause);
        this.cancelled = cancelled;
        this.questions = questions;
    }

    /** Not a failure: what could run has ended, and the rest waits for a person. */
    public static NodeFailure waiting(String message, List<Question> questions) {
        return new NodeFailure(message, false, List.copyOf(questions), null);
    }

    /** What a person is asked before this can go on; empty where it does not wait for one. */
    public List<Question> questions() {
        return questions;
    }

    /** Whether it waits for a person. */
    public boolean waits() {
        return !questions.isEmpty();
    }

    /** How an occurrence that ends with this is recorded. */
    public Status status() {
        return waits() ? Status.PAUSED : cancelled ? Status.CANCELLED : Status.ERROR;
    }

    /** Whether it was stopped from outside, and so is not what went wrong. */
    public boolean cancelled() {
        return cancelled;
    }
}
