package dev.fettle.runtime;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.ResolvedWorkflow;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.execute.WorkflowResolver;
import dev.fettle.api.model.ModelCatalogue;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.TokenUsage;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** Runs workflows whose code is written in the test. */
final class Bench implements Runners {
    private final TreeMap<String, NodeRunner> nodes = new TreeMap<>();
    private final TreeMap<String, ToolRunner> tools = new TreeMap<>();
    private final LangGraphExecutor executor = new LangGraphExecutor();
    private RuntimeSettings settings = RuntimeSettings.DEFAULT;
    private EffectPolicy effects = new EffectPolicy.Perform();
    private Duration timeout = Duration.ofSeconds(60);
    private double mayUsd = Double.POSITIVE_INFINITY;
    private Path directory = Path.of(".");
    private ModelCatalogue models = NoModels.INSTANCE;
    private Map<String, Record> toolSettings = Map.of();
    private Attendance attendance = new Attendance.Unattended();
    private WorkflowResolver workflows = WorkflowResolver.NONE;

    /** The code of a node. */
    interface NodeBodyCode {
        Map<String, Object> run(NodeContext context) throws Exception;
    }

    /** The code of a tool. */
    interface ToolCode {
        Object call(Map<String, Object> arguments) throws Exception;
    }

    Bench node(String name, NodeBodyCode code) {
        nodes.put(name, new NodeRunner() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Map<String, Object> run(NodeContext context) throws Exception {
                return code.run(context);
            }
        });
        return this;
    }

    Bench tool(String name, ToolCode code) {
        tools.put(name, new ToolRunner() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Object call(ToolContext context) throws Exception {
                return code.call(context.arguments());
            }
        });
        return this;
    }

    Bench settings(RuntimeSettings value) {
        settings = value;
        return this;
    }

    Bench effects(EffectPolicy value) {
        effects = value;
        return this;
    }

    Bench timeout(Duration value) {
        timeout = value;
        return this;
    }

    /** What each run may spend. */
    Bench spendingAtMost(double usd) {
        mayUsd = usd;
        return this;
    }

    Bench directory(Path value) {
        directory = value;
        return this;
    }

    Bench attendance(Attendance value) {
        attendance = value;
        return this;
    }

    /** The workflows that sub-workflow nodes name; each counts as a file of its own. */
    Bench workflows(Map<String, Workflow> byReference) {
        workflows = (reference, folder, root) -> new ResolvedWorkflow(
                Optional.ofNullable(byReference.get(reference))
                        .orElseThrow(() -> new FettleException(ErrorCode.BAD_INPUT, "no (" + reference + ")")),
                folder.resolve(reference).toAbsolutePath().normalize());
        return this;
    }

    ExecutionResult run(Workflow workflow, Map<String, Object> input) {
        return executor.execute(new ExecutionRequest(
                "run-1", workflow, input, directory, this, models, effects, timeout, settings, attendance, mayUsd));
    }

    Bench models(ModelCatalogue value) {
        models = value;
        return this;
    }

    /** An installed tool runner, with its default settings or others. */
    Bench tool(ToolRunner runner, Record... configured) {
        tools.put(runner.name(), runner);
        if (configured.length > 0) {
            toolSettings = Map.of(runner.name(), configured[0]);
        }
        return this;
    }

    @Override
    public Record toolSettings(ToolRunner runner) {
        return toolSettings.getOrDefault(runner.name(), runner.defaultSettings());
    }

    List<String> obstacles(Workflow workflow) {
        return executor.obstacles(workflow, this, settings);
    }

    /** The value of a key that is there. */
    static Object value(NodeContext context, String key) {
        return Objects.requireNonNull(context.state().get(key));
    }

    static int number(NodeContext context, String key) {
        return ((Number) value(context, key)).intValue();
    }

    /** A function node without effects. */
    static Node.Builder function(String id, List<String> reads, List<String> writes) {
        return Node.builder(id, new NodeBody.Function(id)).state(reads, writes).effects(Effects.NONE);
    }

    /** A workflow whose nodes form a chain. */
    static Workflow chain(Set<String> inputs, Set<String> outputs, Node... nodes) {
        List<Node> all = List.of(nodes);
        List<Edge> edges = new ArrayList<>();
        for (int i = 1; i < nodes.length; i++) {
            edges.add(Edge.of(nodes[i - 1].id(), nodes[i].id()));
        }
        return new Workflow("test", nodes[0].id(), inputs, new LinkedHashSet<>(outputs), all, edges, List.of(), false);
    }

    static NodeOccurrence occurrence(ExecutionResult result, String node) {
        return result.trace().occurrences().stream()
                .filter(occurrence -> occurrence.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no occurrence of " + node));
    }

    @Override
    public Optional<NodeRunner> nodeRunner(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    @Override
    public Optional<ToolRunner> toolRunner(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    @Override
    public SortedSet<String> nodeRunnerNames() {
        return nodes.navigableKeySet();
    }

    @Override
    public SortedSet<String> toolRunnerNames() {
        return tools.navigableKeySet();
    }

    @Override
    public WorkflowResolver workflows() {
        return workflows;
    }

    private enum NoModels implements ModelCatalogue {
        INSTANCE;

        @Override
        public Optional<ModelPrice> find(String model) {
            return Optional.empty();
        }

        @Override
        public Collection<ModelPrice> models() {
            return List.of();
        }

        @Override
        public OptionalDouble usd(String model, TokenUsage tokens) {
            return OptionalDouble.empty();
        }
    }
}
