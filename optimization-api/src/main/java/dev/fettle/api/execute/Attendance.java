package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether there is a person who can answer when a run comes to a human node. */
@Evolving
public sealed interface Attendance {
    /** Nobody is there: the executor's settings say what a human node does. */
    record Unattended() implements Attendance {}

    /** A person can be asked later: the run pauses and gives a checkpoint. */
    record Attended() implements Attendance {}

    /**
     * A paused run goes on. What is not answered pauses it again.
     *
     * @param checkpoint as {@link Pause#checkpoint()} gave it: a JSON object
     * @param answers JSON values by the id of the question
     */
    record Resumed(Map<String, Object> checkpoint, Map<String, @Nullable Object> answers) implements Attendance {
        public Resumed {
            checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
            answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }
    }
}
