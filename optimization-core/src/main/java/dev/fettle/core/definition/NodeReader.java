package dev.fettle.core.definition;

import dev.fettle.api.workflow.Comparison;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeBody.ErrorStrategy;
import dev.fettle.api.workflow.NodeBody.Reducer;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.StateAccess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the nodes of a definition. */
final class NodeReader {
    private final Problems problems;
    private final Map<String, Place> places;

    /**
     * @param places where each node stands, filled while reading
     */
    NodeReader(Problems problems, Map<String, Place> places) {
        this.problems = problems;
        this.places = places;
    }

    @Nullable
    Node node(Fields fields) {
        String id = fields.required("id");
        if (places.putIfAbsent(id, fields.place()) != null && !id.isEmpty()) {
            problems.add(fields.place(), "the node id (" + id + ") is used twice; every id must be unique");
        }
        NodeKind kind = fields.word("kind", NodeKind.class);
        Effects effects = fields.word("effects", Effects.class);
        Policies policies = policies(fields);
        if (kind == null) {
            if (fields.get("kind") == null) {
                problems.add(fields.place(), "the key (kind) is missing in the node (" + id + ")");
            }
            return null;
        }
        NodeBody body = body(kind, fields);
        Node node = body == null
                ? null
                : Node.builder(id, body)
                        .state(state(fields, body))
                        .effects(effects == null ? defaultEffects(body) : effects)
                        .tools(tools(fields))
                        .policies(policies)
                        .copies(fields.textMap("copies"))
                        .parameters(fields.values("parameters"))
                        .build();
        fields.text("description");
        fields.rejectUnknown();
        return node;
    }

    private static Effects defaultEffects(NodeBody body) {
        if (body instanceof NodeBody.Condition) {
            return Effects.NONE;
        }
        if (body instanceof NodeBody.Parallel parallel) {
            return parallel.members().stream().map(Node::effects).reduce(Effects.NONE, Effects::and);
        }
        return Effects.UNKNOWN;
    }

    /** Reads and writes are known once either is declared; those of a block are its members'. */
    private StateAccess state(Fields fields, NodeBody body) {
        if (body instanceof NodeBody.Parallel parallel) {
            boolean reads = fields.hasRefused("reads");
            boolean writes = fields.hasRefused("writes");
            if (reads || writes) {
                problems.add(
                        fields.place(),
                        "a parallel node reads and writes what its members do; leave (reads) and (writes) out");
            }
            return state(parallel);
        }
        boolean declared = fields.get("reads") != null || fields.get("writes") != null;
        List<String> reads = fields.texts("reads");
        List<String> writes = fields.texts("writes");
        return declared ? StateAccess.of(reads, writes) : StateAccess.UNKNOWN;
    }

    private static StateAccess state(NodeBody.Parallel parallel) {
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        boolean known = true;
        for (Node member : parallel.members()) {
            known &= member.state().known();
            reads.addAll(member.state().reads());
            writes.addAll(member.state().writes());
        }
        return known ? StateAccess.of(reads, writes) : StateAccess.UNKNOWN;
    }

    private Map<String, String> tools(Fields fields) {
        YamlValue value = fields.get("tools");
        if (value instanceof YamlValue.Mapping) {
            return fields.textMap("tools");
        }
        Map<String, String> tools = new LinkedHashMap<>();
        fields.texts("tools").forEach(tool -> tools.put(tool, tool));
        return tools;
    }

    private Policies policies(Fields fields) {
        return new Policies(
                fields.duration("timeout"),
                fields.nested("retry", this::retry),
                fields.nested("cache", this::cache),
                fields.nested("batch", this::batch),
                fields.nested("cascade", this::cascade),
                fields.nested("speculation", this::speculation));
    }

    private Policies.Retry retry(Fields fields) {
        Long attempts = fields.integer("maxAttempts", 1, 100);
        Duration backoff = fields.duration("backoff");
        fields.rejectUnknown();
        return new Policies.Retry(
                attempts == null ? 1 : attempts.intValue(), backoff == null ? Duration.ZERO : backoff);
    }

    private Policies.Cache cache(Fields fields) {
        Long entries = fields.integer("maxEntries", 1, 10_000_000);
        Policies.Cache.Eviction eviction = fields.word("eviction", Policies.Cache.Eviction.class);
        Policies.Cache.Invalidation invalidation = fields.nested("invalidateOn", this::invalidation);
        Policies.Cache cache = new Policies.Cache(
                fields.text("tool"),
                fields.duration("ttl"),
                entries == null ? 1000 : entries.intValue(),
                eviction == null ? Policies.Cache.Eviction.LRU : eviction,
                invalidation == null ? Policies.Cache.Invalidation.NONE : invalidation);
        fields.rejectUnknown();
        return cache;
    }

    private Policies.Cache.Invalidation invalidation(Fields fields) {
        Policies.Cache.Invalidation invalidation = new Policies.Cache.Invalidation(
                new LinkedHashSet<>(fields.texts("state")),
                new LinkedHashSet<>(fields.texts("files")),
                new LinkedHashSet<>(fields.texts("tools")));
        fields.rejectUnknown();
        return invalidation;
    }

    private Policies.Batch batch(Fields fields) {
        Long size = fields.integer("maxSize", 2, 100_000);
        Policies.Batch batch = new Policies.Batch(
                fields.required("tool"), size == null ? 2 : size.intValue(), fields.flag("concurrent"));
        fields.rejectUnknown();
        return batch;
    }

    private Policies.Cascade cascade(Fields fields) {
        Long least = fields.integer("minCharacters", 0, Integer.MAX_VALUE);
        Policies.Cascade cascade = new Policies.Cascade(
                fields.required("model"),
                fields.flag("json"),
                fields.text("pattern"),
                least == null ? 0 : least.intValue(),
                fields.nested("compare", compare -> WorkflowReader.comparison(compare, problems)));
        fields.rejectUnknown();
        return cascade;
    }

    private Policies.Speculation speculation(Fields fields) {
        Policies.Speculation speculation = new Policies.Speculation(fields.texts("nodes"));
        fields.rejectUnknown();
        return speculation;
    }

    private @Nullable NodeBody body(NodeKind kind, Fields fields) {
        return switch (kind) {
            case AGENT -> new NodeBody.Agent(fields.text("model"), fields.text("prompt", ""));
            case TOOL -> new NodeBody.Tool(fields.required("tool"), fields.textMap("arguments"));
            case FUNCTION -> new NodeBody.Function(fields.text("runner"));
            case COMMAND -> command(fields);
            case CONDITION -> condition(fields);
            case HUMAN -> new NodeBody.Human(fields.text("prompt", ""));
            case PARALLEL -> parallel(fields);
            case TEAM -> team(fields);
            case SUB_WORKFLOW -> new NodeBody.SubWorkflow(fields.required("reference"));
        };
    }

    private NodeBody command(Fields fields) {
        List<String> command = fields.texts("command");
        if (command.isEmpty()) {
            problems.add(fields.place(), "the key (command) is missing; expected a program and its arguments");
        }
        Long limit = fields.integer("outputLimit", 1, 1L << 31);
        return new NodeBody.Command(
                command,
                fields.texts("environment"),
                limit == null ? NodeBody.Command.DEFAULT_OUTPUT_LIMIT_BYTES : limit);
    }

    private NodeBody condition(Fields fields) {
        String runner = fields.text("runner");
        Comparison comparison = fields.nested("compare", compare -> WorkflowReader.comparison(compare, problems));
        if (runner != null && fields.get("compare") != null) {
            problems.add(fields.place(), "the condition has both (runner) and (compare); expected one of them");
        }
        return new NodeBody.Condition(runner, comparison);
    }

    private NodeBody parallel(Fields fields) {
        List<Node> members = fields.list("members", this::node);
        ErrorStrategy onError = fields.word("onError", ErrorStrategy.class);
        Map<String, Reducer> reducers = new LinkedHashMap<>();
        fields.nested("reducers", nested -> {
            for (String key : fields.textMap("reducers").keySet()) {
                Reducer reducer = nested.word(key, Reducer.class);
                if (reducer != null) {
                    reducers.put(key, reducer);
                }
            }
            return reducers;
        });
        String join = fields.text("join");
        if (join != null && !join.toLowerCase(Locale.ROOT).replace('_', '-').equals("all-complete")) {
            problems.add(fields.place("join"), "join is (" + join + "); expected all-complete");
        }
        return new NodeBody.Parallel(members, onError == null ? ErrorStrategy.FAIL_FAST : onError, reducers);
    }

    private NodeBody team(Fields fields) {
        Formation formation = fields.word("formation", Formation.class);
        Long rounds = fields.integer("maxRounds", 1, 1000);
        return new NodeBody.Team(
                formation == null ? Formation.SEQUENTIAL : formation,
                fields.list("members", this::member),
                rounds == null ? 1 : rounds.intValue());
    }

    private NodeBody.Team.Member member(Fields fields) {
        Long budget = fields.integer("toolBudget", 0, 1_000_000);
        NodeBody.Team.Member member = new NodeBody.Team.Member(
                fields.required("id"),
                fields.text("role", ""),
                fields.text("model"),
                fields.text("prompt", ""),
                fields.texts("tools"),
                budget == null ? null : budget.intValue(),
                fields.text("group"));
        fields.rejectUnknown();
        return member;
    }
}
