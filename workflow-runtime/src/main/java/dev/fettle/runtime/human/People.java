package dev.fettle.runtime.human;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.settings.Unattended;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the questions of one run: with what a person said, with what the policy for unattended runs gives, or not at all,
 * which pauses the run. An answer serves one question: where a loop asks again, the person is asked again. Safe for use by
 * several threads.
 */
public final class People {
    /** The parameter of a human node that holds the answer of an unattended run. */
    private static final String DEFAULT = "default";

    private final boolean attended;
    private final Unattended policy;
    private final EffectLog effects;
    private final Map<String, @Nullable Object> answers = new LinkedHashMap<>();

    public People(Attendance attendance, Unattended policy, EffectLog effects) {
        this.attended = !(attendance instanceof Attendance.Unattended);
        this.policy = policy;
        this.effects = effects;
        if (attendance instanceof Attendance.Resumed resumed) {
            answers.putAll(resumed.answers());
        }
    }

    /** Whether the run may pause. */
    public boolean attended() {
        return attended;
    }

    /**
     * The answer.
     *
     * @param parameters those of the node
     * @param inputHash hash of what the node read
     * @throws PersonNeededException where the run is to pause
     * @throws FettleException where nobody is there, and nothing answers instead
     */
    public @Nullable Object answer(Question question, Map<String, Object> parameters, String inputHash)
            throws PersonNeededException {
        Object answer = find(question, parameters, inputHash);
        effects.answered(question.id(), inputHash, answer);
        return answer;
    }

    private @Nullable Object find(Question question, Map<String, Object> parameters, String inputHash)
            throws PersonNeededException {
        synchronized (this) {
            if (answers.containsKey(question.id())) {
                return answers.remove(question.id());
            }
        }
        if (attended) {
            throw new PersonNeededException(question);
        }
        return switch (policy) {
            case REFUSE -> throw refused("and the setting unattended is (refuse)");
            case DEFAULT -> {
                if (!parameters.containsKey(DEFAULT)) {
                    throw refused("the setting unattended is (default), and its parameters hold no (" + DEFAULT + ")");
                }
                yield parameters.get(DEFAULT);
            }
            case RECORDED ->
                effects.recordedAnswer(question.id(), inputHash)
                        .orElseThrow(() -> refused("and no answer is recorded for what it asks"))
                        .value();
        };
    }

    private static FettleException refused(String why) {
        return new FettleException(
                ErrorCode.EXECUTION,
                "it waits for a person, nobody attends this run, " + why
                        + ". Maybe run where it may pause, or set unattended to default and give it the parameter ("
                        + DEFAULT + ")");
    }
}
