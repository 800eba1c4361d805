package dev.fettle.benchmarks.mutation;

import dev.fettle.api.execute.NodeContext;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Code for any workflow: each node writes a value that stands for what it does and for what it read, so that nodes that do
 * the same on equal values write equal values, and everything else differs. A tool answers by its purpose, so that tools of
 * one capability are equal. A stateful tool answers each call in a run differently. Some code leaves out keys that it declares,
 * depending on what it read.
 */
final class SymbolicRunners implements Runners {
    /** A tool with this in its name remembers how often it was called in a run. */
    static final String STATEFUL = "stateful";

    private final TreeMap<String, NodeRunner> nodes = new TreeMap<>();
    private final TreeMap<String, ToolRunner> tools = new TreeMap<>();
    private final Set<String> read = new HashSet<>();
    private final Straying straying;
    private final Random random = new Random(1);
    private boolean strays;
    private int calls;

    /**
     * @param workflow and what may be rewritten from it: all its conditions and runners are known
     */
    SymbolicRunners(Workflow workflow, Straying straying) {
        this.straying = straying;
        workflow.allNodes().forEach(node -> read.addAll(node.state().reads()));
        for (Node node : workflow.allNodes()) {
            if (node.body() instanceof NodeBody.Function function && function.runner() != null) {
                String runner = function.runner();
                nodes.put(runner, new Code(runner, this::write));
            } else if (node.body() instanceof NodeBody.Condition condition && condition.runner() != null) {
                String runner = condition.runner();
                List<String> labels = workflow.outgoing(node.id()).stream()
                        .map(Edge::when)
                        .map(String::valueOf)
                        .sorted()
                        .distinct()
                        .toList();
                nodes.put(runner, new Code(runner, (name, context) -> choose(name, context, labels)));
            }
        }
        for (ToolSpec tool : workflow.tools()) {
            String runner = Optional.ofNullable(tool.runner()).orElse(tool.name());
            tools.put(runner, new Answer(runner, tool));
        }
    }

    /** Before each run: a stateful tool starts anew, so that the original agrees with itself. */
    synchronized void restart() {
        calls = 0;
    }

    /** Whether code strays from here on. */
    synchronized void stray(boolean on) {
        strays = on;
    }

    /** Where code strays, it fails, or gives a value that tells this call from others. */
    private synchronized String strayed(List<String> writes) {
        if (!strays || writes.stream().anyMatch(read::contains)) {
            return "";
        }
        double drawn = random.nextDouble();
        if (drawn < straying.failures()) {
            throw new IllegalStateException("it failed this time");
        }
        return drawn < straying.failures() + straying.noise() ? "~" + random.nextLong() : "";
    }

    private synchronized int nextCall() {
        return ++calls;
    }

    private interface Body {
        Map<String, Object> run(String name, NodeContext context) throws Exception;
    }

    private record Code(String name, Body body) implements NodeRunner {
        @Override
        public Map<String, Object> run(NodeContext context) throws Exception {
            return body.run(name, context);
        }
    }

    private final class Answer implements ToolRunner {
        private final String name;
        private final ToolSpec tool;

        Answer(String name, ToolSpec tool) {
            this.name = name;
            this.tool = tool;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Object call(ToolContext call) {
            String purpose = tool.capabilities().isEmpty()
                    ? tool.name()
                    : tool.capabilities().iterator().next();
            String state = tool.name().contains(STATEFUL) ? "@" + nextCall() : "";
            return symbol(purpose + new TreeMap<>(call.arguments()) + state);
        }
    }

    private Map<String, Object> write(String runner, NodeContext context) throws Exception {
        List<Object> parts = new ArrayList<>();
        parts.add(runner);
        parts.add(new TreeMap<>(context.parameters()));
        parts.add(new TreeMap<>(context.state()));
        Object tools = context.parameters().get("callTools");
        if (tools instanceof List<?> names) {
            for (Object name : names) {
                Map<String, Object> arguments = new TreeMap<>(context.state());
                parts.add(context.callTool(String.valueOf(name), arguments));
                // the same question once more: only a stateful tool answers it differently
                parts.add(context.callTool(String.valueOf(name), arguments));
            }
        }
        String stray = strayed(context.writes());
        Map<String, Object> written = new LinkedHashMap<>();
        int index = 0;
        for (String key : context.writes()) {
            String value = symbol(parts + "#" + index++);
            if (!isLeftOut(runner, value)) {
                written.put(key, value + stray);
            }
        }
        return written;
    }

    /** Every third runner leaves out a key now and then. */
    private static boolean isLeftOut(String runner, String value) {
        return Math.floorMod(symbol(runner).hashCode(), 3) == 0 && Math.floorMod(value.hashCode(), 4) == 0;
    }

    private Map<String, Object> choose(String runner, NodeContext context, List<String> labels) {
        String question =
                runner + new TreeMap<>(context.parameters()) + new TreeMap<>(context.state()) + context.iteration();
        int choice = Math.floorMod(symbol(question).hashCode(), labels.size());
        return Map.of(NodeRunner.LABEL, labels.get(choice));
    }

    static String symbol(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
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
}
