package dev.fettle.strategies.team.run;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.NodeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sampled runs of one team, in order of time. A team is an occurrence of a team node, or an agent inside which other
 * agents ran; its turns are the nearest agents inside it.
 *
 * <p>What is usual for a team is what its own earlier runs did: {@link #earlier} is the baseline for {@link #recent}.
 */
public record TeamHistory(String node, List<TeamRun> runs) {
    public TeamHistory {
        runs = List.copyOf(runs);
    }

    /** The teams of a profile's sample, by node. */
    public static Map<String, TeamHistory> of(PerformanceProfile profile) {
        Map<String, List<TeamRun>> byNode = new TreeMap<>();
        for (ExecutionTrace trace : profile.sample()) {
            new TraceTeams(trace).collect(byNode);
        }
        Map<String, TeamHistory> histories = new LinkedHashMap<>();
        byNode.forEach((node, runs) -> {
            runs.sort(Comparator.comparing(TeamRun::startedAt).thenComparing(TeamRun::trace));
            histories.put(node, new TeamHistory(node, runs));
        });
        return histories;
    }

    /** The team of one node; without runs where there are none. */
    public static TeamHistory of(PerformanceProfile profile, String node) {
        return of(profile).getOrDefault(node, new TeamHistory(node, List.of()));
    }

    public TeamHistory where(Predicate<TeamRun> wanted) {
        return new TeamHistory(node, runs.stream().filter(wanted).toList());
    }

    /** The first half of the runs. */
    public TeamHistory earlier() {
        return new TeamHistory(node, runs.subList(0, runs.size() / 2));
    }

    /** The second half of the runs. */
    public TeamHistory recent() {
        return new TeamHistory(node, runs.subList(runs.size() / 2, runs.size()));
    }

    public int size() {
        return runs.size();
    }

    public double[] values(ToDoubleFunction<TeamRun> value) {
        return runs.stream().mapToDouble(value).toArray();
    }

    public Rate success() {
        long ok = runs.stream().filter(TeamRun::succeeded).count();
        long failed = runs.stream().filter(TeamRun::failed).count();
        return Rate.of(ok, ok + failed);
    }

    /** Turns of each member, in order of time. */
    public Map<String, List<Turn>> byMember() {
        Map<String, List<Turn>> byMember = new LinkedHashMap<>();
        for (TeamRun run : runs) {
            run.turns().forEach(turn -> byMember.computeIfAbsent(turn.member(), id -> new ArrayList<>())
                    .add(turn));
        }
        return byMember;
    }

    /** Runs in which the member took a turn. */
    public long runsOf(String member) {
        return runs.stream().filter(run -> run.members().contains(member)).count();
    }

    /** Finds the teams of one trace. */
    private static final class TraceTeams {
        private final ExecutionTrace trace;
        private final Map<String, List<NodeOccurrence>> children = new HashMap<>();
        private final List<NodeOccurrence> candidates = new ArrayList<>();

        TraceTeams(ExecutionTrace trace) {
            this.trace = trace;
            for (NodeOccurrence occurrence : trace.occurrences()) {
                String parent = occurrence.parent();
                if (parent != null) {
                    children.computeIfAbsent(parent, id -> new ArrayList<>()).add(occurrence);
                }
                if (occurrence.kind() == NodeKind.TEAM || occurrence.kind() == NodeKind.AGENT) {
                    candidates.add(occurrence);
                }
            }
        }

        void collect(Map<String, List<TeamRun>> into) {
            for (NodeOccurrence occurrence : candidates) {
                if (occurrence.kind() == NodeKind.TEAM || children.containsKey(occurrence.id())) {
                    TeamRun run = run(occurrence);
                    if (occurrence.kind() == NodeKind.TEAM || !run.turns().isEmpty()) {
                        into.computeIfAbsent(occurrence.node(), id -> new ArrayList<>())
                                .add(run);
                    }
                }
            }
        }

        private TeamRun run(NodeOccurrence team) {
            List<NodeOccurrence> members = new ArrayList<>();
            List<NodeOccurrence> own = new ArrayList<>(List.of(team));
            inside(team, members, own);
            List<Turn> turns = new ArrayList<>();
            for (NodeOccurrence member : members) {
                turns.add(Turn.of(name(team, member), member, all(member)));
            }
            turns.sort(Comparator.comparingDouble(Turn::start).thenComparingDouble(Turn::end));
            List<ModelCall> calls =
                    own.stream().flatMap(one -> one.modelCalls().stream()).toList();
            return new TeamRun(
                    trace.id(),
                    trace.startedAt(),
                    Seconds.of(team.duration()),
                    team.status(),
                    calls.stream().map(ModelCall::tokens).reduce(TokenUsage.NONE, TokenUsage::plus),
                    calls.stream()
                            .mapToDouble(call -> Seconds.of(call.duration()))
                            .sum(),
                    turns);
        }

        /** Parts what is inside into the nearest agents and what is of the team itself. */
        private void inside(NodeOccurrence outer, List<NodeOccurrence> members, List<NodeOccurrence> own) {
            for (NodeOccurrence child : children.getOrDefault(outer.id(), List.of())) {
                if (child.kind() == NodeKind.AGENT) {
                    members.add(child);
                } else {
                    own.add(child);
                    inside(child, members, own);
                }
            }
        }

        private List<NodeOccurrence> all(NodeOccurrence outer) {
            List<NodeOccurrence> all = new ArrayList<>(List.of(outer));
            for (int i = 0; i < all.size(); i++) {
                all.addAll(children.getOrDefault(all.get(i).id(), List.of()));
            }
            return all;
        }

        private static String name(NodeOccurrence team, NodeOccurrence member) {
            String node = member.node();
            String prefix = team.node() + "/";
            return node.startsWith(prefix) ? node.substring(prefix.length()) : node;
        }
    }

    /** The member that gives tasks: the first, where it also takes the last turn and others take some in between. */
    public @Nullable String lead() {
        String lead = null;
        for (TeamRun run : runs) {
            List<Turn> turns = run.turns();
            int last = turns.size() - 1;
            boolean leads = last >= 2
                    && turns.get(0).member().equals(turns.get(last).member())
                    && run.members().size() > 1;
            if (!leads || (lead != null && !lead.equals(turns.get(0).member()))) {
                return null;
            }
            lead = turns.get(0).member();
        }
        return lead;
    }
}
