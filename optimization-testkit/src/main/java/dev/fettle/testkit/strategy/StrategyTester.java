package dev.fettle.testkit.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.Stable;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.strategy.OptimizationStrategy;
import dev.fettle.api.strategy.Refusals;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.Suggestion;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.testkit.trace.Profiles;
import dev.fettle.testkit.workflow.WorkflowText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tests one strategy on one workflow.
 *
 * <pre>{@code
 * StrategyTester.of(new UnusedNodePruning())
 *         .on(workflow).with(traces).bottleneck(BottleneckTypes.UNUSED_OUTPUT, "lint")
 *         .suggests(workflowWithoutLint);
 * }</pre>
 *
 * Every test also checks the {@link StrategyContract}.
 */
@Stable
public final class StrategyTester {
    private final OptimizationStrategy strategy;
    private final @Nullable Workflow workflow;
    private final PerformanceProfile profile;
    private final List<Bottleneck> bottlenecks;
    private final ModelCatalogue models;
    private final ToolTrials trials;
    private final Record settings;

    private StrategyTester(
            OptimizationStrategy strategy,
            @Nullable Workflow workflow,
            PerformanceProfile profile,
            List<Bottleneck> bottlenecks,
            ModelCatalogue models,
            ToolTrials trials,
            Record settings) {
        this.strategy = strategy;
        this.workflow = workflow;
        this.profile = profile;
        this.bottlenecks = List.copyOf(bottlenecks);
        this.models = models;
        this.trials = trials;
        this.settings = settings;
    }

    public static StrategyTester of(OptimizationStrategy strategy) {
        return new StrategyTester(
                strategy,
                null,
                Profiles.of(List.of()),
                List.of(),
                NoModels.INSTANCE,
                ToolTrials.NONE,
                strategy.defaultSettings());
    }

    public StrategyTester on(Workflow value) {
        return new StrategyTester(strategy, value, profile, bottlenecks, models, trials, settings);
    }

    public StrategyTester with(PerformanceProfile value) {
        return new StrategyTester(strategy, workflow, value, bottlenecks, models, trials, settings);
    }

    /** The profile of these traces. */
    public StrategyTester with(List<ExecutionTrace> traces) {
        return with(Profiles.of(traces));
    }

    public StrategyTester models(ModelCatalogue value) {
        return new StrategyTester(strategy, workflow, profile, bottlenecks, value, trials, settings);
    }

    public StrategyTester trials(ToolTrials value) {
        return new StrategyTester(strategy, workflow, profile, bottlenecks, models, value, settings);
    }

    public StrategyTester settings(Record value) {
        return new StrategyTester(strategy, workflow, profile, bottlenecks, models, trials, value);
    }

    /** Adds a bottleneck of a node, with plain evidence. */
    public StrategyTester bottleneck(String type, String node, String... related) {
        return bottleneck(bottleneck(type, node, null, List.of(related)));
    }

    /** Adds a bottleneck of a tool, with plain evidence. */
    public StrategyTester toolBottleneck(String type, @Nullable String node, String tool) {
        return bottleneck(bottleneck(type, node, tool, List.of()));
    }

    public StrategyTester bottleneck(Bottleneck value) {
        List<Bottleneck> more = new ArrayList<>(bottlenecks);
        more.add(value);
        return new StrategyTester(strategy, workflow, profile, more, models, trials, settings);
    }

    private static Bottleneck bottleneck(
            String type, @Nullable String node, @Nullable String tool, List<String> related) {
        Evidence evidence = new Evidence("stated by a test", 1, 1, 1, 1);
        return new Bottleneck(type, Severity.MEDIUM, node, tool, related, "test", 1, 1, evidence, "");
    }

    /** What the strategy suggests, checked against the contract. */
    public List<Suggestion> suggestions() {
        StrategyContext context = context();
        List<Suggestion> suggestions = strategy.suggest(context);
        StrategyContract.check(strategy, context, suggestions);
        return suggestions;
    }

    /** The only suggestion. */
    public Suggestion suggestion() {
        List<Suggestion> suggestions = suggestions();
        assertThat(suggestions).as("suggestions of (" + strategy.name() + ")").hasSize(1);
        return suggestions.get(0);
    }

    /** The suggestion with this id. */
    public Suggestion suggestion(String id) {
        List<Suggestion> suggestions = suggestions();
        return suggestions.stream()
                .filter(suggestion -> suggestion.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no suggestion (" + id + ") by (" + strategy.name() + "); there are "
                                + suggestions.stream().map(Suggestion::id).toList()));
    }

    /** There is one suggestion, and its changes make this workflow. Returns the suggestion. */
    public Suggestion suggests(Workflow expected) {
        Suggestion suggestion = suggestion();
        assertResult(suggestion, expected);
        return suggestion;
    }

    /** There is a suggestion with this id, and its changes make this workflow. Returns the suggestion. */
    public Suggestion suggests(String id, Workflow expected) {
        Suggestion suggestion = suggestion(id);
        assertResult(suggestion, expected);
        return suggestion;
    }

    public void doesNotFire() {
        assertThat(suggestions().stream()
                        .map(suggestion -> suggestion.id() + ": " + suggestion.reason())
                        .toList())
                .as("suggestions of (" + strategy.name() + ")")
                .isEmpty();
    }

    /** There is no suggestion, and a condition of these words, or that holds them, stopped the strategy somewhere. */
    public void doesNotFire(String condition) {
        doesNotFire();
        List<String> conditions = new ArrayList<>();
        strategy.suggest(context((candidate, stopped) -> conditions.add(candidate + ": " + stopped)));
        assertThat(conditions)
                .as("conditions that stopped (" + strategy.name() + ")")
                .anySatisfy(stopped -> assertThat(stopped).contains(condition));
    }

    private void assertResult(Suggestion suggestion, Workflow expected) {
        Workflow actual = apply(suggestion.changes());
        if (!WorkflowText.lines(actual).equals(WorkflowText.lines(expected))) {
            throw new AssertionError("the suggestion (" + suggestion.id()
                    + ") does not make the expected workflow (- expected, + actual):\n"
                    + WorkflowText.difference(expected, actual));
        }
    }

    /** The workflow with these changes; fails where they are refused. */
    public Workflow apply(List<WorkflowChange> changes) {
        ChangeResult result = WorkflowChange.applyAll(context().workflow(), changes);
        if (result instanceof ChangeResult.Refused refused) {
            throw new AssertionError("the changes " + changes + " were refused: " + refused.reason());
        }
        return ((ChangeResult.Applied) result).workflow();
    }

    private StrategyContext context() {
        return context(Refusals.NONE);
    }

    private StrategyContext context(Refusals refusals) {
        if (workflow == null) {
            throw new IllegalStateException("no workflow is set; call on(workflow) first");
        }
        List<Bottleneck> applicable =
                bottlenecks.stream().filter(strategy::appliesTo).toList();
        return new StrategyContext(workflow, profile, applicable, models, trials, settings, refusals);
    }
}
