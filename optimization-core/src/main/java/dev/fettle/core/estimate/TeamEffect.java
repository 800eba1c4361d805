package dev.fettle.core.estimate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A team before and after a change. */
record TeamEffect(Team before, Team after) {
    /** Null where the nodes are no teams, or the same team. */
    static @Nullable TeamEffect of(Node before, Node after) {
        return before.body() instanceof Team was && after.body() instanceof Team is && !was.equals(is)
                ? new TeamEffect(was, is)
                : null;
    }

    /** Whether the members take turns in another way. */
    boolean rearranged() {
        return before.formation() != after.formation()
                || (after.formation() == Formation.HIERARCHICAL
                        && after.members().stream().anyMatch(this::regrouped));
    }

    private boolean regrouped(Member member) {
        return before.members().stream()
                .anyMatch(old -> old.id().equals(member.id()) && !Objects.equals(old.group(), member.group()));
    }

    /** The member with this id after the change; null where it is gone. */
    @Nullable
    Member after(String member) {
        return after.members().stream()
                .filter(one -> one.id().equals(member))
                .findFirst()
                .orElse(null);
    }

    /** Most turns of a member under the limit on rounds. */
    int mostTurns(String member) {
        boolean first =
                !after.members().isEmpty() && after.members().get(0).id().equals(member);
        return switch (after.formation()) {
            case SEQUENTIAL, PIPELINE, PARALLEL -> 1;
            case CONSENSUS -> after.maxRounds();
            case HIERARCHICAL -> after.maxRounds() + (first ? 1 : 0);
            // a team of one reviews itself
            case REFLECTION ->
                after.members().size() == 1 ? 2 * after.maxRounds() + 1 : after.maxRounds() + (first ? 1 : 0);
        };
    }

    /**
     * The turns that the formation takes at least, wave after wave; those of one wave are taken at once. A consensus is
     * reached at once, a review approves, and a lead gives tasks once.
     */
    List<List<String>> waves() {
        List<Member> members = after.members();
        List<String> all = ids(members);
        List<List<String>> waves = new ArrayList<>();
        if (all.isEmpty()) {
            return waves;
        }
        List<String> first = all.subList(0, 1);
        List<String> others = all.subList(1, all.size());
        switch (after.formation()) {
            case SEQUENTIAL, PIPELINE -> all.forEach(member -> waves.add(List.of(member)));
            case PARALLEL, CONSENSUS -> waves.add(all);
            case REFLECTION -> {
                waves.add(first);
                waves.add(others.isEmpty() ? first : others);
            }
            case HIERARCHICAL -> {
                waves.add(first);
                after.waves().forEach(wave -> waves.add(ids(wave)));
                waves.add(first);
            }
        }
        return waves;
    }

    private static List<String> ids(List<Member> members) {
        return members.stream().map(Member::id).toList();
    }
}
