package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that waits for a person.
 *
 * @param checkpoint what the executor needs to go on: a JSON object that holds the state, so it is as confidential as the
 *     state is. The caller stores it
 * @param questions what the person is asked, at least one
 */
@Evolving
public record Pause(Map<String, Object> checkpoint, List<Question> questions) {
    public Pause {
        checkpoint = Collections.unmodifiableMap(new LinkedHashMap<>(checkpoint));
        questions = List.copyOf(questions);
    }

    /**
     * @param id names the question in an answer: the node's id, or for a node of a sub-workflow the ids on the way to it,
     *     joined by {@code /}
     * @param prompt the node's prompt, with the state filled in
     * @param writes the keys that the answer goes to. One key takes the answer as it is, several take an object with these
     *     keys, none takes no more than that there was an answer
     */
    public record Question(String id, String prompt, List<String> writes) {
        public Question {
            writes = List.copyOf(writes);
        }
    }
}
