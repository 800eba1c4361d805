package dev.fettle.runtime.human;

import dev.fettle.api.execute.Pause.Question;

/** A node cannot go on before a person has answered. */
public final class PersonNeededException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Question question;

    PersonNeededException(Question question) {
        super("it waits for a person", null, false, false);
        this.question = question;
    }

    public Question question() {
        return question;
    }
}
