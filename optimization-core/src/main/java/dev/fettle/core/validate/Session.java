package dev.fettle.core.validate;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.Workflow;
import java.util.function.LongSupplier;

/** The runs of one dry run: counts them, times the whole, and turns each into a measurement. */
final class Session {
    private static final double NANOS = 1e9;

    private final DryRunRequest request;
    private final DryRunProgress progress;
    private final int total;
    private final LongSupplier nanoClock;
    private final long start;
    private int done;

    Session(DryRunRequest request, DryRunProgress progress, int total, LongSupplier nanoClock) {
        this.request = request;
        this.progress = progress;
        this.total = total;
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    DryRunRequest request() {
        return request;
    }

    boolean mayContinue() {
        return elapsedNanos() < request.settings().budget().toNanos()
                && !Thread.currentThread().isInterrupted();
    }

    /** Runs a version once. Whatever goes wrong is a failed run, so that no failure can vanish from the statistics. */
    RunMeasure run(Workflow version, int input, String kind) {
        RunMeasure measure = execute(version, input, "dry-run-" + done + "-" + kind);
        done++;
        progress.ran(done, total, elapsedNanos() / NANOS);
        return measure;
    }

    private RunMeasure execute(Workflow version, int input, String runId) {
        ExecutionResult result;
        try {
            result = request.executor()
                    .execute(new ExecutionRequest(
                            runId,
                            version,
                            request.inputs().get(input),
                            request.directory(),
                            request.runners(),
                            request.models(),
                            new EffectPolicy.Replay(request.recorded()),
                            request.settings().runTimeout(),
                            request.executorSettings()));
        } catch (RuntimeException e) {
            return RunMeasure.failed(e.getClass().getSimpleName() + ": " + e.getMessage(), null);
        }
        String error = result.error();
        if (error != null) {
            return RunMeasure.failed(error, result.trace());
        }
        Status status = result.trace().status();
        if (status == Status.ERROR || status == Status.CANCELLED || status == Status.PAUSED) {
            return RunMeasure.failed("the run ended as " + result.trace().status(), result.trace());
        }
        return new RunMeasure(
                result.trace().wallClock().toNanos() / NANOS,
                RunCost.of(result.trace(), version, request.models()),
                result.output(),
                EffectTrail.of(result, version),
                null,
                result.trace());
    }

    private long elapsedNanos() {
        return nanoClock.getAsLong() - start;
    }
}
