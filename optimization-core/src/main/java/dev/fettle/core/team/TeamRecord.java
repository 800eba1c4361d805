package dev.fettle.core.team;

import dev.fettle.api.workflow.NodeBody.Team.Formation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a team, as a team framework writes it.
 *
 * @param seconds of the whole team by the wall clock, not of its slowest member
 * @param toolCalls of all members; at least the sum of theirs
 * @param usd that the run cost; null where that is not recorded
 * @param rounds of a consensus; 1 where it is not recorded
 */
public record TeamRecord(
        String team,
        Formation formation,
        boolean success,
        double seconds,
        long toolCalls,
        @Nullable Double usd,
        List<Member> members,
        int rounds,
        @Nullable Boolean consensusAchieved) {
    public TeamRecord {
        members = List.copyOf(members);
    }

    /**
     * What one member did.
     *
     * @param id unique in the run: its role, numbered where several share it
     * @param error why it failed; null where it did not, or that is not recorded
     */
    public record Member(
            String id,
            String role,
            boolean success,
            double seconds,
            int toolCalls,
            List<String> tools,
            @Nullable String error) {
        public Member {
            tools = List.copyOf(tools);
        }
    }

    /** What makes two runs runs of the same version of a team. */
    Version version() {
        return new Version(team, formation, members.stream().map(Member::id).toList());
    }

    record Version(String team, Formation formation, List<String> members) {}
}
