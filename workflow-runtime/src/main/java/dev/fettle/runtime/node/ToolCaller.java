package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.content.Digest;
import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cache.ResultCache;
import dev.fettle.runtime.effect.Asked;
import dev.fettle.runtime.effect.Inside;
import dev.fettle.runtime.effect.RecordedFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the tools of a node: binding, cache, recorded effects, and a record of each call. */
final class ToolCaller {
    private final Attempt attempt;
    private final RunContext run;
    private final Node node;

    ToolCaller(Attempt attempt) {
        this.attempt = attempt;
        this.run = attempt.run();
        this.node = attempt.node();
    }

    @SuppressWarnings("NullAway") // A tool may answer JSON null; the interface leaves that to its Javadoc.
    Object call(String name, Map<String, Object> arguments) throws Exception {
        ToolSpec tool = tool(name);
        Digest input = digest(arguments, "the arguments of the tool (" + tool.name() + ")");
        Policies.Cache policy = node.policies().cache();
        ResultCache<Caches.Cached> cache = policy != null && tool.name().equals(policy.tool())
                ? run.caches().ofTool(run.workflow().id(), tool, policy)
                : null;
        Duration start = run.recorder().clock().now();
        Optional<Caches.Cached> hit = cache == null ? Optional.empty() : cache.get(input.hash());
        Asked asked;
        try {
            asked = hit.isPresent() ? new Asked(hit.get().value(), null) : perform(tool, input, arguments);
        } catch (Throwable e) {
            Duration took = run.recorder().clock().now().minus(start);
            Duration duration = e instanceof RecordedFailure failure ? failure.duration() : took;
            Status status = attempt.cancelled() ? Status.CANCELLED : Status.ERROR;
            record(
                    tool,
                    input,
                    arguments,
                    null,
                    start,
                    duration,
                    status,
                    RecordedFailure.type(e),
                    false);
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
            record(
                    tool,
                    input,
                    arguments,
                    null,
                    start,
                    duration,
                    Status.ERROR,
                    e.getClass().getSimpleName(),
                    false);
            throw e;
        }
        if (cache != null && hit.isEmpty()) {
            cache.put(input.hash(), new Caches.Cached(result));
        }
        record(tool, input, arguments, output.hash(), start, duration, Status.OK, null, hit.isPresent());
        attempt.occurrence().replayed(took, duration);
        return result;
    }

    private ToolSpec tool(String name) {
        String bound = node.tools().get(name);
        if (bound == null
                && node.body() instanceof NodeBody.Tool body
                && body.tool().equals(name)) {
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

    private Asked perform(ToolSpec tool, Digest input, Map<String, Object> arguments) throws Exception {
        String name = Optional.ofNullable(tool.runner()).orElse(tool.name());
        ToolRunner runner = run.runners()
                .toolRunner(name)
                .orElseThrow(() -> new FettleException(
                        ErrorCode.PLUGIN, "there is no tool runner (" + name + ") for the tool (" + tool.name() + ")"));
        // Where the node as a whole is the effect, its tools' effects are part of it and not listed again.
        if (NodeTask.isEffect(node)) {
            return new Asked(runner.call(arguments, run.directory()), null);
        }
        OutsideCall call = new OutsideCall(
                OutsideCall.Kind.TOOL, node.id(), tool.name(), tool.effects(), input.hash(), arguments);
        return run.effects().ask(call, false, () -> runner.call(arguments, run.directory()), () -> Inside.NOTHING);
    }

    private static Digest digest(@Nullable Object value, String what) throws NotJsonException {
        try {
            return CanonicalJson.digest(value);
        } catch (NotJsonException e) {
            throw e.of(what);
        }
    }

    private void record(
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
        String kept = input.bytes() <= run.settings().keepArgumentBytes() ? CanonicalJson.text(arguments) : null;
        attempt.occurrence()
                .add(new ToolCall(
                        tool.name(), input.hash(), resultHash, start, duration, status, errorType, cached, usd, kept));
    }
}
