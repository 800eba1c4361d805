package dev.fettle.core.prove;

import java.util.HashMap;
import java.util.Map;

/** What conditions choose, as a function of what they decide on: equal questions have equal answers in both versions. */
final class Decisions {
    private final Map<String, String> labels;

    Decisions() {
        this(Map.of());
    }

    private Decisions(Map<String, String> labels) {
        this.labels = labels;
    }

    Decisions with(String question, String label) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(question, label);
        return new Decisions(more);
    }

    /** The label; where none is decided, the run cannot go on. */
    String of(String question, ResolvedWork condition) {
        String label = labels.get(question);
        if (label == null) {
            throw new Undecided(question, condition);
        }
        return label;
    }

    /** A condition whose choice has to be tried both ways. */
    static final class Undecided extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String question;
        private final transient ResolvedWork condition;

        Undecided(String question, ResolvedWork condition) {
            super(question, null, false, false);
            this.question = question;
            this.condition = condition;
        }

        String question() {
            return question;
        }

        /** What the condition does, whatever it is called. */
        ResolvedWork condition() {
            return condition;
        }
    }
}
