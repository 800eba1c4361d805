package dev.fettle.strategies.team;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody.Team;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeBody.Team.Member;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.trace.TraceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workflows with one team, {@code crew}, and runs of it. */
public final class Crew {
    private Crew() {}

    public static Member member(String id) {
        return member(id, null);
    }

    public static Member member(String id, @Nullable Integer toolBudget) {
        return new Member(id, "Works on {text}.", "m", "Do your part.", List.of("look"), toolBudget);
    }

    public static List<Member> members(String... ids) {
        return Stream.of(ids).map(Crew::member).toList();
    }

    public static Workflow workflow(Formation formation, List<Member> members) {
        return workflow(formation, members, Policies.NONE);
    }

    public static Workflow workflow(Formation formation, List<Member> members, Policies policies) {
        Node crew = Node.builder("crew", new Team(formation, members, 3))
                .state(List.of("text"), List.of("result"))
                .effects(Effects.NONE)
                .policies(policies)
                .build();
        ToolSpec look = new ToolSpec("look", Set.of(), "look", Effects.NONE, Map.of(), null, false);
        return new Workflow(
                "crew-work", "crew", Set.of("text"), Set.of("result"), List.of(crew), List.of(), List.of(look), false);
    }

    /** Runs of this number, each made by the function of its position; one a minute. */
    public static List<ExecutionTrace> runs(int count, IntFunction<Run> run) {
        return IntStream.range(0, count).mapToObj(i -> run.apply(i).trace(i)).toList();
    }

    /** A run in the making. Turns follow each other unless they are at once. */
    public static final class Run {
        private final List<Drafted> turns = new ArrayList<>();
        private double now;
        private double overhead;
        private boolean failed;

        private record Drafted(
                String member,
                double start,
                double seconds,
                boolean ok,
                @Nullable String answer,
                long input,
                long output,
                List<String> lookups) {}

        public static Run run() {
            return new Run();
        }

        /** A turn after those before it. */
        public Run turn(String member, double seconds) {
            return turn(member, seconds, member + "-says", 100, 50);
        }

        public Run turn(String member, double seconds, @Nullable String answer, long input, long output) {
            turns.add(new Drafted(member, now, seconds, true, answer, input, output, List.of()));
            now += seconds;
            return this;
        }

        public Run lookups(String member, double seconds, String... arguments) {
            turns.add(new Drafted(member, now, seconds, true, member + "-says", 100, 50, List.of(arguments)));
            now += seconds;
            return this;
        }

        /** A turn that fails; the team goes on. */
        public Run failing(String member, double seconds) {
            turns.add(new Drafted(member, now, seconds, false, null, 100, 0, List.of()));
            now += seconds;
            return this;
        }

        /** One turn of each member at the same time, all with this answer. */
        public Run atOnce(double seconds, String answer, String... members) {
            for (String member : members) {
                turns.add(new Drafted(member, now, seconds, true, answer, 100, 50, List.of()));
            }
            now += seconds;
            return this;
        }

        public Run waits(double seconds) {
            overhead += seconds;
            return this;
        }

        public Run fails() {
            failed = true;
            return this;
        }

        public ExecutionTrace trace(int index) {
            TraceBuilder builder = TraceBuilder.run("run-" + index)
                    .of("crew-work")
                    .startedAt(Instant.EPOCH.plusSeconds(60L * index))
                    .status(failed ? Status.ERROR : Status.OK)
                    .wallClock(now + overhead)
                    .ran("crew", o -> {
                        o.kind(NodeKind.TEAM).at(0).seconds(now + overhead);
                        if (failed) {
                            o.failed("TimeoutException");
                        }
                    });
            for (Drafted turn : turns) {
                builder.ran("crew/" + turn.member(), o -> {
                    o.kind(NodeKind.AGENT).parent("crew#0").at(turn.start()).seconds(turn.seconds());
                    if (!turn.ok()) {
                        o.failed("IllegalStateException");
                    }
                    for (String arguments : turn.lookups()) {
                        o.toolCall(new ToolCall(
                                "look",
                                arguments,
                                "r-" + arguments,
                                nanos(turn.start()),
                                Duration.ofMillis(10),
                                Status.OK,
                                null,
                                null,
                                null,
                                null));
                    }
                    o.modelCall(new ModelCall(
                            "m",
                            nanos(turn.start()),
                            nanos(turn.seconds()),
                            new TokenUsage(turn.input(), turn.output(), 0),
                            turn.ok() ? Status.OK : Status.ERROR,
                            null,
                            null,
                            null,
                            turn.answer()));
                });
            }
            return builder.build();
        }

        private static Duration nanos(double seconds) {
            return Duration.ofNanos(Math.round(seconds * 1e9));
        }
    }
}
