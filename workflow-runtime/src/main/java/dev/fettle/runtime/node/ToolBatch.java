package dev.fettle.runtime.node;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.content.Digest;
import dev.fettle.api.execute.BatchToolRunner;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.budget.Budget;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cache.ResultCache;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one node to one tool that are sent together. Each call is recorded as one, with the time of the batch that it was
 * in. A call that the cache answers is in no batch; of equal calls in one batch, where there is a cache, one is made.
 */
final class ToolBatch {
    private final ToolCaller caller;
    private final Attempt attempt;
    private final ToolSpec tool;
    private final int maxSize;
    private final @Nullable ResultCache<Caches.Cached> cache;

    /** One call, and where its result goes. */
    private record Pending(int place, Map<String, Object> arguments, Digest input, Optional<String> key) {}

    ToolBatch(ToolCaller caller, Attempt attempt, ToolSpec tool, int maxSize) {
        this.caller = caller;
        this.attempt = attempt;
        this.tool = tool;
        this.maxSize = maxSize;
        this.cache = caller.cache(tool);
    }

    @SuppressWarnings("NullAway") // A tool may answer JSON null; the interface leaves that to its Javadoc.
    List<Object> call(List<Map<String, Object>> calls) throws Exception {
        List<@Nullable Object> results = new ArrayList<>();
        List<Pending> waiting = new ArrayList<>();
        List<Pending> repeated = new ArrayList<>();
        for (Map<String, Object> arguments : calls) {
            Digest input = ToolCaller.digest(arguments, "the arguments of the tool (" + tool.name() + ")");
            Pending call = new Pending(results.size(), arguments, input, caller.key(input, arguments));
            results.add(null);
            boolean twice = cache != null
                    && call.key().isPresent()
                    && waiting.stream().anyMatch(one -> one.key().equals(call.key()));
            if (twice) {
                repeated.add(call);
            } else if (!answeredByCache(call, results)) {
                waiting.add(call);
            }
            if (waiting.size() == maxSize) {
                send(waiting, results);
                waiting.clear();
            }
        }
        send(waiting, results);
        for (Pending call : repeated) {
            if (!answeredByCache(call, results)) {
                send(List.of(call), results);
            }
        }
        return new ArrayList<>(results);
    }

    private boolean answeredByCache(Pending call, List<@Nullable Object> results) throws Exception {
        Duration start = attempt.run().recorder().clock().now();
        Optional<Caches.Cached> hit =
                cache == null ? Optional.empty() : call.key().flatMap(cache::get);
        if (hit.isPresent()) {
            results.set(call.place(), hit.get().value());
            record(call, hit.get().value(), start, since(start), true);
        }
        return hit.isPresent();
    }

    private void send(List<Pending> batch, List<@Nullable Object> results) throws Exception {
        int sent = 0;
        while (sent < batch.size()) {
            sent += sendFitting(batch.subList(sent, batch.size()), results);
        }
    }

    /** Sends as many as the budget allows, one at least; gives how many. */
    private int sendFitting(List<Pending> waiting, List<@Nullable Object> results) throws Exception {
        ToolRunner runner = caller.runner(tool);
        BigDecimal usd = Objects.requireNonNullElse(tool.usdPerCall(), BigDecimal.ZERO);
        Budget.Admission admission = attempt.run()
                .models()
                .budget(attempt.run().path(attempt.node()), attempt.node())
                .admit(usd, waiting.size());
        List<Pending> batch = waiting.subList(0, admission.calls());
        try {
            made(runner, batch, results);
        } finally {
            admission.spend(usd.multiply(BigDecimal.valueOf(batch.size())));
        }
        return batch.size();
    }

    private void made(ToolRunner runner, List<Pending> batch, List<@Nullable Object> results) throws Exception {
        Duration start = attempt.run().recorder().clock().now();
        long asked = cache == null ? 0 : cache.generation();
        List<Object> answers;
        try {
            answers = answers(runner, batch);
        } catch (Throwable e) {
            Duration duration = since(start);
            Status status = attempt.cancelled() ? Status.CANCELLED : Status.ERROR;
            String type = e.getClass().getSimpleName();
            for (Pending call : batch) {
                caller.record(tool, call.input(), call.arguments(), null, start, duration, status, type, false);
            }
            throw e;
        } finally {
            attempt.run().caches().called(attempt.run().cacheScope(), tool.name());
        }
        Duration duration = since(start);
        for (int i = 0; i < batch.size(); i++) {
            Pending call = batch.get(i);
            Object answer = answers.get(i);
            results.set(call.place(), answer);
            record(call, answer, start, duration, false);
            attempt.run()
                    .effects()
                    .made(
                            new OutsideCall(
                                    OutsideCall.Kind.TOOL,
                                    attempt.run().path(attempt.node()),
                                    tool.name(),
                                    tool.effects(),
                                    call.input().hash(),
                                    call.arguments()),
                            answer,
                            duration.dividedBy(batch.size()));
            if (cache != null) {
                call.key().ifPresent(known -> cache.put(known, new Caches.Cached(answer), asked));
            }
        }
    }

    private List<Object> answers(ToolRunner runner, List<Pending> batch) throws Exception {
        List<ToolContext> contexts = batch.stream()
                .map(call -> caller.context(tool, runner, call.arguments()))
                .toList();
        if (contexts.size() == 1) {
            List<Object> one = new ArrayList<>();
            one.add(runner.call(contexts.get(0)));
            return one;
        }
        List<Object> answers = ((BatchToolRunner) runner).callAll(contexts);
        if (answers.size() != contexts.size()) {
            throw new FettleException(
                    ErrorCode.PLUGIN,
                    "the batch form of the tool (" + tool.name() + ") gave " + answers.size() + " results for "
                            + contexts.size() + " calls; expected one for each");
        }
        return answers;
    }

    private void record(Pending call, @Nullable Object answer, Duration start, Duration duration, boolean cached)
            throws Exception {
        Digest output = ToolCaller.digest(answer, "the result of the tool (" + tool.name() + ")");
        caller.record(tool, call.input(), call.arguments(), output.hash(), start, duration, Status.OK, null, cached);
    }

    private Duration since(Duration start) {
        return attempt.run().recorder().clock().now().minus(start);
    }
}
