package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.optimize.Analysis;
import dev.fettle.core.optimize.Analyzer;
import dev.fettle.core.optimize.WorkflowOptimizer;
import dev.fettle.core.plugin.PluginKind;
import dev.fettle.core.team.TeamSources;
import dev.fettle.testkit.workflow.RandomWorkflows;
import dev.fettle.testkit.workflow.WorkflowSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Suggestions that can be chosen together, which are those of different decisions, never write the same field of a node:
 * the later one would undo what the earlier one is counted for. Any of them in any order give a well-formed workflow.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionsTest {
    private static final int WORKFLOWS = 30;
    private static final int RUNS = 60;
    private static final int ORDERS = 10;

    private WorkflowOptimizer optimizer;

    @BeforeAll
    void create() {
        optimizer = WorkflowOptimizer.create(Configuration.DEFAULT);
    }

    @Test
    void ofNodesThatHangAndFail() {
        Set<String> fired = new TreeSet<>();
        for (long seed = 0; seed < WORKFLOWS; seed++) {
            Workflow workflow = RandomWorkflows.generate(seed, 6);
            WorkflowSimulator simulator = WorkflowSimulator.of(workflow);
            Analyzer.Collector collector = optimizer.collector(workflow);
            for (int run = 0; run < RUNS; run++) {
                collector.accept(hanging(simulator.run(run).trace(), run, (int) seed));
            }
            fired.addAll(check(collector.analysis()));
        }
        assertThat(fired).contains("tune-timeout", "tune-retry", "parallelize", "prune-unused");
    }

    /** Every twentieth run hangs in one occurrence, which fails for a reason that passes. */
    private static ExecutionTrace hanging(ExecutionTrace trace, int run, int place) {
        if (run % 20 != 0) {
            return trace;
        }
        List<NodeOccurrence> occurrences = new ArrayList<>(trace.occurrences());
        int last = place % occurrences.size();
        NodeOccurrence slow = occurrences.get(last);
        occurrences.set(
                last,
                slow.toBuilder()
                        .duration(slow.duration().multipliedBy(50))
                        .status(Status.ERROR)
                        .errorType("TimeoutException")
                        .build());
        return new ExecutionTrace(
                trace.id(),
                trace.workflow(),
                trace.startedAt(),
                trace.wallClock().plus(slow.duration().multipliedBy(50)),
                Status.ERROR,
                trace.complete(),
                trace.inputHash(),
                trace.scores(),
                occurrences);
    }

    @Test
    void ofTeams(@TempDir Path temp) throws Exception {
        List<String> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            boolean hangs = run % 20 == 19;
            StringBuilder members = new StringBuilder();
            for (String role : List.of("a", "b", "c", "d", "e", "f", "g", "idle")) {
                members.append(String.format(
                        Locale.ROOT,
                        "%s{\"role\": \"%s\", \"success\": %b, \"duration_seconds\": %s, \"tool_calls_used\": %d}",
                        members.isEmpty() ? "" : ", ",
                        role,
                        !role.equals("g"),
                        role.equals("idle") ? "0" : hangs ? "100" : "1." + run % 3,
                        role.equals("idle") ? 0 : 3));
            }
            runs.add(String.format(
                    Locale.ROOT,
                    "{\"team_id\": \"crew\", \"formation\": \"sequential\", \"success\": %b, \"duration_seconds\": %s,"
                            + " \"members\": [%s]}",
                    !hangs,
                    hangs ? "700" : "9",
                    members));
        }
        Path file = Files.writeString(temp.resolve("runs.json"), "[" + String.join(",\n", runs) + "]");
        TeamSources sources = TeamSources.of(List.of(file));
        TeamSources.Teamwork team = sources.teams().get(0);
        Workflow workflow = team.workflow().mapNode(team.workflow().entry(), node -> node.toBuilder()
                .effects(Effects.NONE)
                .build());
        Analyzer.Collector collector = optimizer.collector(workflow);
        sources.traces(team, collector);

        assertThat(check(collector.analysis())).contains("team-timeout", "tune-timeout", "team-members", "team-size");
    }

    /** The strategies that suggested something. */
    private Set<String> check(Analysis analysis) {
        List<Suggestion> suggestions = suggestions(analysis);
        for (Suggestion one : suggestions) {
            for (Suggestion other : suggestions) {
                if (!one.decision().equals(other.decision())
                        && apply(analysis.workflow(), one, other) instanceof ChangeResult.Applied) {
                    Set<String> both = written(analysis.workflow(), one);
                    both.retainAll(written(analysis.workflow(), other));
                    assertThat(both)
                            .as("what both (" + one.id() + ", decision " + one.decision() + ") and (" + other.id()
                                    + ", decision " + other.decision() + ") write")
                            .isEmpty();
                }
            }
        }
        for (int order = 0; order < ORDERS; order++) {
            Collections.shuffle(suggestions, new Random(order));
            applyAll(analysis.workflow(), suggestions);
        }
        Set<String> fired = new TreeSet<>();
        suggestions.forEach(suggestion -> fired.add(suggestion.strategy()));
        return fired;
    }

    /** In any order, what can be applied gives a well-formed workflow, and the rest a reason. */
    private static void applyAll(Workflow workflow, List<Suggestion> suggestions) {
        Set<WorkflowCheck.Problem> known = new HashSet<>(WorkflowCheck.problems(workflow));
        Workflow current = workflow;
        for (Suggestion suggestion : suggestions) {
            ChangeResult result = WorkflowChange.applyAll(current, suggestion.changes());
            if (result instanceof ChangeResult.Applied applied) {
                current = applied.workflow();
                assertThat(WorkflowCheck.problems(current)).as(suggestion.id()).allMatch(known::contains);
                assertThat(current.outputs()).isEqualTo(workflow.outputs());
            } else if (result instanceof ChangeResult.Refused refused) {
                assertThat(refused.reason()).as(suggestion.id()).isNotBlank();
            }
        }
    }

    private List<Suggestion> suggestions(Analysis analysis) {
        List<Suggestion> suggestions = new ArrayList<>();
        for (OptimizationStrategy strategy : optimizer.plugins().of(PluginKind.STRATEGY, OptimizationStrategy.class)) {
            List<Bottleneck> bottlenecks =
                    bottlenecks(analysis).stream().filter(strategy::appliesTo).toList();
            suggestions.addAll(strategy.suggest(
                    context(analysis.workflow(), analysis.profile(), bottlenecks, optimizer.models(), strategy)));
        }
        return suggestions;
    }

    private static StrategyContext context(
            Workflow workflow,
            PerformanceProfile profile,
            List<Bottleneck> bottlenecks,
            ModelCatalogue models,
            OptimizationStrategy strategy) {
        return new StrategyContext(workflow, profile, bottlenecks, models, ToolTrials.NONE, strategy.defaultSettings());
    }

    /** Those that were found, and one of each type for every node, so that each strategy looks everywhere. */
    private static List<Bottleneck> bottlenecks(Analysis analysis) {
        List<Bottleneck> bottlenecks = new ArrayList<>(analysis.bottlenecks());
        Set<String> types = new HashSet<>(List.of(
                BottleneckTypes.SLOW_NODE,
                BottleneckTypes.UNRELIABLE_NODE,
                BottleneckTypes.UNUSED_OUTPUT,
                BottleneckTypes.REDUNDANT_NODE,
                BottleneckTypes.REPEATED_WORK,
                "team-slow",
                "team-unreliable",
                "team-tool-usage",
                "team-oversized",
                "team-idle-member",
                "team-formation"));
        for (Node node : analysis.workflow().allNodes()) {
            for (String type : new TreeSet<>(types)) {
                bottlenecks.add(new Bottleneck(
                        type,
                        Severity.MEDIUM,
                        node.id(),
                        null,
                        List.of(),
                        "test",
                        1,
                        1,
                        new Evidence("stated by a test", 1, 1, 1, 1),
                        ""));
            }
        }
        return bottlenecks;
    }

    private static ChangeResult apply(Workflow workflow, Suggestion one, Suggestion other) {
        List<WorkflowChange> changes = new ArrayList<>(one.changes());
        changes.addAll(other.changes());
        return WorkflowChange.applyAll(workflow, changes);
    }

    /** The fields of nodes that have another value with the suggestion, and are still there. */
    private static Set<String> written(Workflow workflow, Suggestion suggestion) {
        Set<String> written = new TreeSet<>();
        if (WorkflowChange.applyAll(workflow, suggestion.changes()) instanceof ChangeResult.Applied applied) {
            Map<String, Object> before = fields(workflow);
            fields(applied.workflow()).forEach((field, value) -> {
                if (!value.equals(before.get(field))) {
                    written.add(field);
                }
            });
        }
        return written;
    }

    private static Map<String, Object> fields(Workflow workflow) {
        Map<String, Object> fields = new TreeMap<>();
        collect("", Objects.requireNonNull(WorkflowWriter.toTree(workflow).get("nodes")), fields);
        return fields;
    }

    /** Nodes and members by their ids, wherever they are. */
    private static void collect(String path, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> map) {
            String place = map.get("id") == null ? path : "(" + map.get("id") + ")";
            map.forEach((key, field) -> collect(place + "." + key, field, into));
        } else if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            list.forEach(one -> collect(path, one, into));
        } else if (value != null) {
            into.put(path, value);
        }
    }
}
