package dev.fettle.core.definition;

import static dev.fettle.core.definition.WorkflowWriter.put;
import static dev.fettle.core.definition.WorkflowWriter.putIfAny;

import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the nodes of a definition. */
final class NodeWriter {
    private NodeWriter() {}

    static Map<String, Object> node(Node node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", node.id());
        tree.put("kind", node.kind().word());
        body(tree, node.body());
        if (node.state().known() && !(node.body() instanceof NodeBody.Parallel)) {
            tree.put("reads", List.copyOf(node.state().reads()));
            tree.put("writes", List.copyOf(node.state().writes()));
        }
        put(tree, "effects", effects(node.effects()));
        boolean plainTools = node.tools().entrySet().stream()
                .allMatch(entry -> entry.getKey().equals(entry.getValue()));
        if (plainTools) {
            putIfAny(tree, "tools", List.copyOf(node.tools().keySet()));
        } else {
            putIfAny(tree, "tools", node.tools());
        }
        policies(tree, node.policies());
        putIfAny(tree, "copies", node.copies());
        putIfAny(tree, "parameters", node.parameters());
        return tree;
    }

    static @Nullable String effects(Effects effects) {
        return effects == Effects.UNKNOWN ? null : word(effects);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void body(Map<String, Object> tree, NodeBody body) {
        if (body instanceof NodeBody.Agent agent) {
            put(tree, "model", agent.model());
            put(tree, "prompt", agent.prompt().isEmpty() ? null : agent.prompt());
        } else if (body instanceof NodeBody.Tool tool) {
            tree.put("tool", tool.tool());
            putIfAny(tree, "arguments", tool.arguments());
        } else if (body instanceof NodeBody.Function function) {
            put(tree, "runner", function.runner());
        } else if (body instanceof NodeBody.Command command) {
            tree.put("command", command.command());
            putIfAny(tree, "environment", command.environment());
            if (command.outputLimitBytes() != NodeBody.Command.DEFAULT_OUTPUT_LIMIT_BYTES) {
                tree.put("outputLimit", command.outputLimitBytes());
            }
        } else if (body instanceof NodeBody.Condition condition) {
            put(tree, "runner", condition.runner());
            put(tree, "compare", condition.comparison() == null ? null : comparison(condition.comparison()));
        } else if (body instanceof NodeBody.Human human) {
            put(tree, "prompt", human.prompt().isEmpty() ? null : human.prompt());
        } else if (body instanceof NodeBody.Parallel parallel) {
            parallel(tree, parallel);
        } else if (body instanceof NodeBody.Team team) {
            tree.put("formation", word(team.formation()));
            tree.put("members", team.members().stream().map(NodeWriter::member).toList());
            tree.put("maxRounds", team.maxRounds());
        } else if (body instanceof NodeBody.SubWorkflow sub) {
            tree.put("reference", sub.reference());
        }
    }

    private static Map<String, Object> comparison(Comparison comparison) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("key", comparison.key());
        tree.put("operator", word(comparison.operator()));
        put(tree, "value", comparison.value());
        return tree;
    }

    private static void parallel(Map<String, Object> tree, NodeBody.Parallel parallel) {
        tree.put("onError", word(parallel.onError()));
        Map<String, String> reducers = new LinkedHashMap<>();
        parallel.reducers().forEach((key, reducer) -> reducers.put(key, word(reducer)));
        putIfAny(tree, "reducers", reducers);
        tree.put("members", parallel.members().stream().map(NodeWriter::node).toList());
    }

    private static Map<String, Object> member(NodeBody.Team.Member member) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", member.id());
        put(tree, "role", member.role().isEmpty() ? null : member.role());
        put(tree, "model", member.model());
        put(tree, "prompt", member.prompt().isEmpty() ? null : member.prompt());
        putIfAny(tree, "tools", member.tools());
        put(tree, "toolBudget", member.toolBudget());
        put(tree, "group", member.group());
        return tree;
    }

    private static void policies(Map<String, Object> tree, Policies policies) {
        put(tree, "timeout", policies.timeout() == null ? null : duration(policies.timeout()));
        Policies.Retry retry = policies.retry();
        if (retry != null) {
            Map<String, Object> nested = new LinkedHashMap<>();
            nested.put("maxAttempts", retry.maxAttempts());
            nested.put("backoff", duration(retry.backoff()));
            tree.put("retry", nested);
        }
        Policies.Cache cache = policies.cache();
        if (cache != null) {
            Map<String, Object> nested = new LinkedHashMap<>();
            put(nested, "tool", cache.tool());
            put(nested, "ttl", cache.timeToLive() == null ? null : duration(cache.timeToLive()));
            nested.put("maxEntries", cache.maxEntries());
            nested.put("eviction", word(cache.eviction()));
            Map<String, Object> invalidation = new LinkedHashMap<>();
            putIfAny(invalidation, "state", List.copyOf(cache.invalidation().stateKeys()));
            putIfAny(invalidation, "files", List.copyOf(cache.invalidation().fileArguments()));
            putIfAny(invalidation, "tools", List.copyOf(cache.invalidation().tools()));
            putIfAny(nested, "invalidateOn", invalidation);
            tree.put("cache", nested);
        }
        Policies.Batch batch = policies.batch();
        if (batch != null) {
            Map<String, Object> nested = new LinkedHashMap<>();
            nested.put("tool", batch.tool());
            nested.put("maxSize", batch.maxSize());
            put(nested, "concurrent", batch.concurrent() ? true : null);
            tree.put("batch", nested);
        }
        Policies.Cascade cascade = policies.cascade();
        if (cascade != null) {
            Map<String, Object> nested = new LinkedHashMap<>();
            nested.put("model", cascade.model());
            put(nested, "json", cascade.json() ? true : null);
            put(nested, "pattern", cascade.pattern());
            put(nested, "minCharacters", cascade.minCharacters() == 0 ? null : cascade.minCharacters());
            put(nested, "compare", cascade.compare() == null ? null : comparison(cascade.compare()));
            tree.put("cascade", nested);
        }
        if (policies.speculation() != null) {
            tree.put("speculation", Map.of("nodes", policies.speculation().nodes()));
        }
    }

    private static String duration(Duration duration) {
        if (duration.toNanos() % 1_000_000 != 0) {
            return duration.toNanos() + "ns";
        }
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
