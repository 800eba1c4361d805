package dev.fettle.runtime.team;

import dev.fettle.api.workflow.NodeBody.Team.Member;
import java.util.List;

/** Asks the members of a team. */
public interface Turns {
    /**
     * Asks one member, on top of its own prompt.
     *
     * @param addition what the member is told besides; may be empty
     */
    String ask(Member member, String addition) throws Exception;

    /**
     * Asks several members at the same time; the first that fails stops the others.
     *
     * @return the answers, in the order of the questions
     */
    List<String> askAll(List<Question> questions) throws Exception;

    /** One member and what it is told besides its own prompt. */
    record Question(Member member, String addition) {}
}
