package dev.fettle.core.validate;

import dev.fettle.api.execute.EffectPolicy;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.Status;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The runs of one dry run: counts them, times the whole, and turns each into a measurement. */
final class Session {
    private static final double NANOS = 1e9;

    private final DryRunRequest request;
    private final DryRunProgress progress;
    private int total;
    private final LongSupplier nanoClock;
    private final List<ToolSpec> prices;
    private final long start;
    private int done;
    private boolean interrupted;

    Session(DryRunRequest request, DryRunProgress progress, int total, LongSupplier nanoClock) {
        this.request = request;
        this.progress = progress;
        this.total = total;
        this.prices = prices(request);
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    /** What a tool costs is not for the candidate to say, where the original says it. */
    private static List<ToolSpec> prices(DryRunRequest request) {
        List<ToolSpec> prices = new ArrayList<>(request.original().tools());
        request.candidate().tools().stream()
                .filter(tool -> request.original().tool(tool.name()).isEmpty())
                .forEach(prices::add);
        return prices;
    }

    DryRunRequest request() {
        return request;
    }

    boolean mayContinue() {
        interrupted |= Thread.currentThread().isInterrupted();
        return elapsedNanos() < request.settings().budget().toNanos() && !interrupted;
    }

    /** Whether the dry run was told to stop: the run that was under way then says nothing of its version. */
    boolean interrupted() {
        return interrupted;
    }

    /** More runs than were planned. */
    void expect(int more) {
        total += more;
    }

    /** Runs a version once. Whatever goes wrong is a failed run, so that no failure can vanish from the statistics. */
    RunMeasure run(Schedule.Slot slot, DryRunId id) {
        Workflow version = id.role() == DryRunId.Role.CANDIDATE ? request.candidate() : request.original();
        RunMeasure measure = execute(version, slot, id);
        interrupted |= Thread.currentThread().isInterrupted();
        done++;
        progress.ran(done, total, elapsedNanos() / NANOS);
        return measure;
    }

    private RunMeasure execute(Workflow version, Schedule.Slot slot, DryRunId id) {
        ExecutionResult result;
        try {
            result = request.executor()
                    .execute(new ExecutionRequest(
                            id.toString(),
                            version,
                            request.inputs().get(slot.input()),
                            request.directory(),
                            request.runners(),
                            request.models(),
                            answers(slot),
                            request.settings().runTimeout(),
                            request.executorSettings()));
        } catch (RuntimeException e) {
            return RunMeasure.failed(e.getClass().getSimpleName() + ": " + e.getMessage(), EffectTrail.NONE, null);
        }
        String error = result.error();
        if (error != null) {
            return RunMeasure.failed(error, EffectTrail.of(result, version), result.trace());
        }
        Status status = result.trace().status();
        if (status == Status.ERROR || status == Status.CANCELLED || status == Status.PAUSED) {
            return RunMeasure.failed(
                    "the run ended as " + result.trace().status(), EffectTrail.of(result, version), result.trace());
        }
        return new RunMeasure(
                result.trace().wallClock().toNanos() / NANOS,
                RunCost.of(result.trace(), prices, request.models()),
                result.output(),
                EffectTrail.of(result, version),
                null,
                result.trace());
    }

    private EffectPolicy.Replay answers(Schedule.Slot slot) {
        EffectPolicy.Replay answers = request.answers();
        return new EffectPolicy.Replay(answers.recording(), answers.rules(), slot.turn());
    }

    /** The id of the recorded run that answers; null where none is of this input. */
    @Nullable
    String recordedRun(Schedule.Slot slot, RunMeasure first, RunMeasure second) {
        ExecutionTrace trace = first.trace() == null ? second.trace() : first.trace();
        String input = trace == null ? null : trace.inputHash();
        EffectPolicy.Replay answers = answers(slot);
        return input == null
                ? null
                : answers.recording()
                        .run(input, answers.turn())
                        .map(RecordedRun::id)
                        .orElse(null);
    }

    private long elapsedNanos() {
        return nanoClock.getAsLong() - start;
    }
}
