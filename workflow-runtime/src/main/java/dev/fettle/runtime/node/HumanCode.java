package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.runtime.model.Prompts;
import dev.fettle.runtime.value.StateValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person: the answer goes to the key that the node writes, or as an object to several. */
final class HumanCode implements NodeCode {
    private final Node node;
    private final NodeBody.Human human;

    HumanCode(Node node, NodeBody.Human human) {
        this.node = node;
        this.human = human;
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws Exception {
        String prompt = Prompts.fill(human.prompt(), node.state(), attempt.state());
        List<String> writes = attempt.writes();
        Question question = new Question(attempt.run().path(node), prompt, writes);
        Object answer =
                attempt.run().people().answer(question, node.parameters(), StateValue.jointHash(attempt.reads()));
        return writes.size() <= 1 ? NodeCodes.single(attempt, answer) : several(answer, writes);
    }

    private static Map<String, @Nullable Object> several(@Nullable Object answer, List<String> writes) {
        if (!(answer instanceof Map<?, ?> map) || !map.keySet().equals(new HashSet<>(writes))) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the person's answer is (" + answer + "); expected a JSON object with the keys " + writes);
        }
        Map<String, @Nullable Object> updates = new LinkedHashMap<>();
        writes.forEach(key -> updates.put(key, map.get(key)));
        return updates;
    }
}
