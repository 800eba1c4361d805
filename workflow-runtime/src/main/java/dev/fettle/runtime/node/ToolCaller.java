package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.Digest;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.agent.ToolFailedException;
import dev.fettle.runtime.budget.Budget;
import dev.fettle.runtime.cache.CacheKeys;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cache.ResultCache;
import dev.fettle.runtime.effect.Asked;
import dev.fettle.runtime.effect.Inside;
import dev.fettle.runtime.effect.Locality;
import dev.fettle.runtime.effect.RecordedFailure;
import dev.fettle.runtime.tool.ToolCallContext;
import dev.fettle.runtime.value.StateValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls the tools of a node: binding, cache, recorded effects, and a record of each call. */
final class ToolCaller {
    private final Attempt attempt;
    private final RunContext run;
    private final Node node;
    private final @Nullable String together;

    ToolCaller(Attempt attempt) {
        this(attempt, null);
    }

    /** @param together as in the trace's calls; null where the node asks for one */
    ToolCaller(Attempt attempt, @Nullable String together) {
        this.together = together;
        this.attempt = attempt;
        this.run = attempt.run();
        this.node = attempt.node();
    }

    @SuppressWarnings("NullAway") // A tool may answer JSON null; the interface leaves that to its Javadoc.
    Object call(String name, Map<String, Object> arguments) throws Exception {
        try {
            return callForAgent(name, arguments);
        } catch (ToolFailedException e) {
            throw e.failure();
        }
    }

    /** As {@link #call}, but tells a tool's own failure from what ends the run. */
    @Nullable
    Object callForAgent(String name, Map<String, Object> arguments) throws Exception {
        ToolSpec tool = tool(name);
        Digest input = digest(arguments, "the arguments of the tool (" + tool.name() + ")");
        ResultCache<Caches.Cached> cache = cache(tool);
        Optional<String> key = cache == null ? Optional.empty() : key(input, arguments);
        Duration looked = run.recorder().clock().now();
        Optional<Caches.Cached> hit = cache == null ? Optional.empty() : key.flatMap(cache::get);
        if (hit.isPresent()) {
            Object result = hit.get().value();
            Digest output = digest(result, "the result of the tool (" + tool.name() + ")");
            Duration took = run.recorder().clock().now().minus(looked);
            record(tool, input, arguments, output.hash(), looked, took, Status.OK, null, true);
            return result;
        }
        ToolRunner runner = runner(tool);
        double usd = tool.usdPerCall() == null ? 0 : tool.usdPerCall().doubleValue();
        // What the budget refuses is no call: no trace and no recording has it.
        Budget.Admission admission = run.models().budget(run.path(node), node).admit(usd);
        try {
            long asked = cache == null ? 0 : cache.generation();
            Object result = made(tool, runner, input, arguments);
            if (cache != null) {
                key.ifPresent(known -> cache.put(known, new Caches.Cached(result), asked));
            }
            return result;
        } finally {
            admission.spend(usd);
        }
    }

    /** A call that no cache answers, with its record. */
    private @Nullable Object made(ToolSpec tool, ToolRunner runner, Digest input, Map<String, Object> arguments)
            throws Exception {
        Duration start = run.recorder().clock().now();
        Asked asked;
        try {
            asked = perform(tool, runner, input, arguments);
        } catch (Throwable e) {
            Duration took = run.recorder().clock().now().minus(start);
            Throwable thrown = e instanceof ToolFailedException failed ? failed.failure() : e;
            Duration duration = thrown instanceof RecordedFailure failure ? failure.duration() : took;
            Status status = attempt.cancelled() ? Status.CANCELLED : Status.ERROR;
            record(tool, input, arguments, null, start, duration, status, RecordedFailure.type(thrown), false);
            attempt.occurrence().replayed(took, duration);
            throw e;
        }
        Object result = asked.value();
        Duration took = run.recorder().clock().now().minus(start);
        Duration duration = asked.recorded() == null ? took : asked.recorded().duration();
        Digest output;
        try {
            output = digest(result, "the result of the tool (" + tool.name() + ")");
        } catch (NotJsonException e) {
            String type = e.getClass().getSimpleName();
            record(tool, input, arguments, null, start, duration, Status.ERROR, type, false);
            throw e;
        }
        record(tool, input, arguments, output.hash(), start, duration, Status.OK, null, false);
        attempt.occurrence().replayed(took, duration);
        return result;
    }

    /** Several calls, sent together where the node's batch policy says so. A recording answers each by itself. */
    List<Object> callAll(String name, List<Map<String, Object>> calls) throws Exception {
        ToolSpec tool = tool(name);
        Policies.Batch policy = node.policies().batch();
        boolean recorded = run.effects().answersTool(tool.effects(), Locality.of(runner(tool), tool));
        String request = calls.size() > 1 ? attempt.occurrence().together() : null;
        ToolCaller caller = new ToolCaller(attempt, request);
        if (policy != null && policy.tool().equals(tool.name()) && !recorded) {
            return policy.concurrent()
                    ? new ConcurrentCalls(attempt, policy.maxSize(), request).call(name, calls)
                    : new ToolBatch(caller, attempt, tool, policy.maxSize()).call(calls);
        }
        List<Object> results = new ArrayList<>();
        for (Map<String, Object> arguments : calls) {
            results.add(caller.call(name, arguments));
        }
        return results;
    }

    /** The cache for the tool; null where the node has none for it. */
    @Nullable
    ResultCache<Caches.Cached> cache(ToolSpec tool) {
        Policies.Cache policy = node.policies().cache();
        return policy != null && tool.name().equals(policy.tool())
                ? run.caches().ofTool(run.cacheScope(), tool, policy)
                : null;
    }

    /** The key of a call in the node's cache; empty where its result may not be kept, or where there is no cache. */
    Optional<String> key(Digest input, Map<String, Object> arguments) {
        Policies.Cache policy = node.policies().cache();
        return policy == null
                ? Optional.empty()
                : new CacheKeys(policy, run.directory())
                        .of(input.hash(), arguments, StateValue.hashes(attempt.reads()));
    }

    ToolSpec tool(String name) {
        String bound = node.tools().get(name);
        if (bound == null && namedByBody(name)) {
            bound = name;
        }
        if (bound == null) {
            throw new FettleException(
                    ErrorCode.EXECUTION,
                    "the node (" + node.id() + ") calls the tool (" + name
                            + "), which it does not declare; expected one" + " of "
                            + node.tools().keySet());
        }
        String declared = bound;
        return run.workflow()
                .tool(declared)
                .orElseThrow(() -> new FettleException(
                        ErrorCode.EXECUTION, "the tool (" + declared + ") is not declared by the workflow"));
    }

    /** Tool nodes and members of teams may name a tool that the node does not bind. */
    private boolean namedByBody(String name) {
        if (node.body() instanceof NodeBody.Team team) {
            return team.members().stream().anyMatch(member -> member.tools().contains(name));
        }
        return node.body() instanceof NodeBody.Tool body && body.tool().equals(name);
    }

    private Asked perform(ToolSpec tool, ToolRunner runner, Digest input, Map<String, Object> arguments)
            throws Exception {
        ToolContext context = context(tool, runner, arguments);
        // Where the node as a whole is the effect, its tools' effects are part of it and not listed again.
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Callable<@Nullable Object> code = () -> performed(runner, context, failure);
        OutsideCall call = new OutsideCall(
                OutsideCall.Kind.TOOL, run.path(node), tool.name(), tool.effects(), input.hash(), arguments);
        try {
            return NodeTask.isEffect(node)
                    ? new Asked(code.call(), null)
                    : run.effects().ask(call, Locality.of(runner, tool), code, () -> Inside.NOTHING);
        } catch (Exception e) {
            throw e instanceof RecordedFailure || e == failure.get() ? new ToolFailedException(e) : e;
        } finally {
            run.caches().called(run.cacheScope(), tool.name());
        }
    }

    ToolRunner runner(ToolSpec tool) {
        String name = Optional.ofNullable(tool.runner()).orElse(tool.name());
        return run.runners()
                .toolRunner(name)
                .orElseThrow(() -> new FettleException(
                        ErrorCode.PLUGIN, "there is no tool runner (" + name + ") for the tool (" + tool.name() + ")"));
    }

    ToolContext context(ToolSpec tool, ToolRunner runner, Map<String, Object> arguments) {
        return new ToolCallContext(
                tool,
                runner.name(),
                arguments,
                run.directory(),
                run.runners().toolSettings(runner),
                attempt.scope(),
                run.resources(),
                run.models().secrets());
    }

    /** The tool's own failure is kept apart from what else may end the call. */
    private @Nullable Object performed(
            ToolRunner runner, ToolContext context, AtomicReference<@Nullable Exception> failure) throws Exception {
        try {
            return runner.call(context);
        } catch (Exception e) {
            failure.set(attempt.cancelled() ? null : e);
            throw e;
        }
    }

    static Digest digest(@Nullable Object value, String what) throws NotJsonException {
        try {
            return CanonicalJson.digest(value);
        } catch (NotJsonException e) {
            throw e.of(what);
        }
    }

    void record(
            ToolSpec tool,
            Digest input,
            Map<String, Object> arguments,
            @Nullable String resultHash,
            Duration start,
            Duration duration,
            Status status,
            @Nullable String errorType,
            boolean cached)
            throws NotJsonException {
        Double usd = tool.usdPerCall() == null
                ? null
                : Double.valueOf(cached ? 0 : tool.usdPerCall().doubleValue());
        boolean keep = input.bytes() <= run.settings().keepArgumentBytes()
                && !run.models().secrets().mayNotKeep(arguments);
        String kept = keep ? CanonicalJson.text(arguments) : null;
        attempt.occurrence()
                .add(new ToolCall(
                        tool.name(),
                        input.hash(),
                        resultHash,
                        start,
                        duration,
                        status,
                        errorType,
                        cached,
                        usd,
                        kept,
                        together));
    }
}
