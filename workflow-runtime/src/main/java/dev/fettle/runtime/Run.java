package dev.fettle.runtime;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Pause;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.runtime.budget.Budgets;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.cancel.RunThreads;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.graph.GraphRun;
import dev.fettle.runtime.graph.Graphs;
import dev.fettle.runtime.human.People;
import dev.fettle.runtime.model.EndpointLimits;
import dev.fettle.runtime.model.Models;
import dev.fettle.runtime.node.NodeFailure;
import dev.fettle.runtime.node.RunContext;
import dev.fettle.runtime.process.Processes;
import dev.fettle.runtime.record.TraceRecorder;
import dev.fettle.runtime.secret.Secrets;
import dev.fettle.runtime.settings.Endpoint;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.fettle.runtime.sub.SubWorkflows;
import dev.fettle.runtime.tool.SharedResources;
import dev.fettle.runtime.value.StateValue;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run, from the check of its input to its trace. */
final class Run {
    private final ExecutionRequest request;
    private final RuntimeSettings settings;
    private final Caches caches;
    private final Clock clock;
    private final EndpointLimits limits;
    private final Graphs graphs;

    Run(
            ExecutionRequest request,
            RuntimeSettings settings,
            Caches caches,
            Clock clock,
            EndpointLimits limits,
            Graphs graphs) {
        this.request = request;
        this.settings = settings;
        this.caches = caches;
        this.clock = clock;
        this.limits = limits;
        this.graphs = graphs;
    }

    /** How a run ended. */
    private record End(Status status, @Nullable String error, List<Question> questions) {
        End(Status status, @Nullable String error) {
            this(status, error, List.of());
        }
    }

    ExecutionResult execute() {
        if (request.timeout().isNegative() || request.timeout().isZero()) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the timeout of the run is (" + request.timeout() + "); expected a positive duration");
        }
        SubWorkflows subWorkflows = SubWorkflows.of(
                request.workflow(), request.directory(), request.runners().workflows());
        Obstacles.requireNone(request, subWorkflows, settings);
        RunStart begin = RunStart.of(request, clock, subWorkflows);
        Secrets secrets = new Secrets(settings.redaction());
        settings.endpoints().values().stream()
                .map(Endpoint::apiKeyEnvironmentVariable)
                .filter(Objects::nonNull)
                .forEach(secrets::environment);
        EffectLog effects = new EffectLog(request.effects(), StateValue.jointHash(begin.input()), secrets);
        effects.before(begin.effects());
        People people = new People(request.attendance(), settings.unattended(), effects);
        RunThreads threads = new RunThreads(request.runId(), settings.concurrency());
        TraceRecorder recorder = begin.recorder();
        End end;
        GraphRun graph;
        Duration wallClock;
        boolean stopped;
        Processes processes = new Processes(threads);
        SharedResources resources = new SharedResources();
        Budgets budgets = new Budgets(settings.maxUsd(), begin.spent(), request.mayUsd());
        Models models = new Models(settings, request.models(), recorder.clock(), budgets, limits, secrets);
        try (CancelScope scope = CancelScope.root()) {
            RunContext context = new RunContext(
                    request.workflow(),
                    request.directory(),
                    request.runners(),
                    settings,
                    recorder,
                    effects,
                    caches,
                    threads,
                    processes,
                    resources,
                    models,
                    people,
                    begin.finished(),
                    subWorkflows,
                    (nested, input, inner, parent) -> GraphRun.nested(graphs, nested, input, inner, parent),
                    "");
            graph = new GraphRun(graphs, context, begin.state(), scope);
            if (begin.position() != null) {
                graph.resume(begin.position());
            }
            try {
                end = run(graph, threads, scope);
            } finally {
                scope.cancel(new CancelReason(CancelReason.Kind.FAILURE, "the run has ended"));
            }
        } finally {
            wallClock = recorder.clock().now();
            resources.close();
            processes.killAll();
            stopped = threads.close(settings.stopWait());
            effects.handOn();
        }
        FettleException refused = budgets.refused();
        if (refused != null) {
            throw refused;
        }
        FettleException unanswered = effects.unanswered();
        if (unanswered != null) {
            end = new End(Status.ERROR, unanswered.getMessage());
        }
        if (!stopped) {
            end = new End(
                    end.status(),
                    (end.error() == null ? "the run ended" : end.error())
                            + "; and code that was asked to stop still ran after " + settings.stopWait()
                            + " (the setting stopWait). Maybe let it heed interrupts or ask cancelled()",
                    end.questions());
        }
        String error = end.error();
        End told = new End(end.status(), error == null ? null : secrets.text(error), end.questions());
        return result(begin, graph, budgets, effects, told, wallClock, subWorkflows);
    }

    private ExecutionResult result(
            RunStart begin,
            GraphRun graph,
            Budgets budgets,
            EffectLog effects,
            End end,
            Duration wallClock,
            SubWorkflows subWorkflows) {
        Map<String, @Nullable Object> state = StateValue.plain(graph.state());
        Set<String> outputs = request.workflow().outputs();
        Map<String, @Nullable Object> output = new LinkedHashMap<>();
        for (String key : outputs) {
            if (state.containsKey(key)) {
                output.put(key, state.get(key));
            }
        }
        ExecutionTrace trace = begin.recorder()
                .trace(
                        request.runId(),
                        request.workflow().id(),
                        wallClock,
                        end.status(),
                        StateValue.jointHash(begin.input()),
                        settings.concurrency());
        Pause pause = end.questions().isEmpty()
                ? null
                : PausedRun.pause(
                        request, subWorkflows, begin, graph, budgets.spent(), effects, trace, end.questions());
        return new ExecutionResult(
                trace,
                state,
                outputs.isEmpty() ? state : output,
                end.error(),
                effects.happened(),
                pause,
                effects.answered(),
                budgets.spentHere());
    }

    private End run(GraphRun graph, RunThreads threads, CancelScope scope) {
        Future<?> running = threads.others().submit(() -> {
            graph.run();
            return null;
        });
        try {
            try {
                running.get(RunThreads.nanos(request.timeout()), TimeUnit.NANOSECONDS);
                return new End(Status.OK, null);
            } catch (TimeoutException e) {
                return cancel(
                        running,
                        scope,
                        new CancelReason(
                                CancelReason.Kind.RUN_TIMEOUT,
                                "the run was cancelled after its timeout (" + request.timeout() + ")"));
            } catch (InterruptedException e) {
                End end = cancel(
                        running,
                        scope,
                        new CancelReason(CancelReason.Kind.CALLER, "the run was cancelled by its caller"));
                Thread.currentThread().interrupt();
                return end;
            }
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    /** Cancels, and waits for the graph to end, but not for ever. */
    private End cancel(Future<?> running, CancelScope scope, CancelReason reason) {
        scope.cancel(reason);
        long deadline = System.nanoTime() + RunThreads.nanos(settings.stopWait());
        boolean waiting = true;
        while (waiting) {
            try {
                running.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                waiting = false;
            } catch (ExecutionException | TimeoutException e) {
                waiting = false;
            } catch (InterruptedException e) {
                waiting = System.nanoTime() < deadline;
            }
        }
        return new End(Status.CANCELLED, reason.message());
    }

    private static End failed(@Nullable Throwable cause) {
        if (cause instanceof NodeFailure failure) {
            if (failure.waits()) {
                return new End(Status.PAUSED, null, failure.questions());
            }
            return new End(failure.cancelled() ? Status.CANCELLED : Status.ERROR, failure.getMessage());
        }
        if (cause instanceof FettleException known) {
            throw known;
        }
        throw new FettleException(ErrorCode.INTERNAL, "the runtime failed: " + cause, cause);
    }
}
