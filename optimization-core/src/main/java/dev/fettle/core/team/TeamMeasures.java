package dev.fettle.core.team;

import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.core.model.CallPrices;
import java.util.ArrayList;
import java.util.List;

/** What runs came to, one value a run, for comparing two sets of them. */
public final class TeamMeasures {
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> toolCalls = new ArrayList<>();
    private final List<Double> usd = new ArrayList<>();
    private int succeeded;
    private int failed;

    public void add(TeamRecord run) {
        seconds.add(run.seconds());
        toolCalls.add((double) run.toolCalls());
        Double cost = run.usd();
        usd.add(cost == null ? Double.NaN : cost);
        count(run.success());
    }

    /** Adds a run by its wall clock and all that is in it. */
    public void add(ExecutionTrace trace, CallPrices prices) {
        seconds.add(trace.wallClock().toNanos() / 1e9);
        toolCalls.add((double) trace.occurrences().stream()
                .mapToLong(one -> one.toolCalls().size())
                .sum());
        double cost = 0;
        for (var occurrence : trace.occurrences()) {
            for (ModelCall call : occurrence.modelCalls()) {
                cost += prices.usd(call).orElse(Double.NaN);
            }
            for (var call : occurrence.toolCalls()) {
                cost += prices.usd(call).orElse(0);
            }
        }
        usd.add(cost);
        if (trace.status() == Status.OK || trace.status() == Status.ERROR) {
            count(trace.status() == Status.OK);
        }
    }

    private void count(boolean ok) {
        succeeded += ok ? 1 : 0;
        failed += ok ? 0 : 1;
    }

    public int runs() {
        return seconds.size();
    }

    int succeeded() {
        return succeeded;
    }

    int failed() {
        return failed;
    }

    double[] seconds() {
        return values(seconds);
    }

    double[] toolCalls() {
        return values(toolCalls);
    }

    /** Not numbers where the cost of a run is not known. */
    double[] usd() {
        return values(usd);
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
