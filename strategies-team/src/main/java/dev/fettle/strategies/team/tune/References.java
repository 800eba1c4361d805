package dev.fettle.strategies.team.tune;

import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which members of a team speak of others in their prompts or roles, by the others' ids. */
final class References {
    private final Team team;
    private final List<String> found = new ArrayList<>();
    private boolean beyondNeighbours;
    private boolean known;

    References(Team team) {
        this.team = team;
        List<Member> members = team.members();
        for (int i = 0; i < members.size(); i++) {
            Member speaker = members.get(i);
            known |= !text(speaker).isBlank();
            for (int j = 0; j < members.size(); j++) {
                String other = members.get(j).id();
                if (i != j && speaksOf(speaker, other)) {
                    found.add("the prompt of '" + speaker.id() + "' speaks of '" + other + "'");
                    beyondNeighbours |= j != i - 1;
                }
            }
        }
    }

    private static String text(Member speaker) {
        return speaker.role() + "\n" + speaker.prompt();
    }

    /** Whether the member's prompt or role names another member. */
    static boolean speaksOf(Member speaker, String id) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}_])" + Pattern.quote(id) + "(?![\\p{L}\\p{N}_])", Pattern.CASE_INSENSITIVE)
                .matcher(text(speaker))
                .find();
    }

    /** Whether any prompt is known. */
    boolean known() {
        return known;
    }

    /** No member speaks of another. */
    boolean independent() {
        return found.isEmpty() && team.members().size() > 1;
    }

    /** No member speaks of another than the one right before it. */
    boolean onlyNeighbours() {
        return !beyondNeighbours;
    }

    /** One clause each. */
    List<String> found() {
        return List.copyOf(found);
    }
}
