package dev.fettle.core.estimate;

import dev.fettle.api.plan.Source;
import dev.fettle.api.trace.ModelCall;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;

/** What the calls of one step, and the step as a whole, take under an effect. Counts money and calls as it goes. */
final class StepReplay {
    private final Pricing pricing;
    private final SampleStatistics sample;
    private final ReplaySettings settings;

    double assumedSeconds;
    int pricedCalls;
    int unpricedCalls;

    /** Sums over steps. */
    record Counts(double assumedSeconds, int pricedCalls, int unpricedCalls) {
        boolean nothing() {
            return assumedSeconds == 0 && pricedCalls == 0 && unpricedCalls == 0;
        }

        Counts minus(Counts other) {
            return new Counts(
                    assumedSeconds - other.assumedSeconds,
                    pricedCalls - other.pricedCalls,
                    unpricedCalls - other.unpricedCalls);
        }
    }

    Counts counts() {
        return new Counts(assumedSeconds, pricedCalls, unpricedCalls);
    }

    void add(Counts counts) {
        if (counts.nothing()) {
            return;
        }
        assumedSeconds += counts.assumedSeconds();
        pricedCalls += counts.pricedCalls();
        unpricedCalls += counts.unpricedCalls();
    }

    StepReplay(Pricing pricing, SampleStatistics sample, ReplaySettings settings) {
        this.pricing = pricing;
        this.sample = sample;
        this.settings = settings;
    }

    /** Seconds of each call inside; the entries of nested steps are left as they are. */
    void callSeconds(Step step, NodeEffect effect, CacheHits hits, double[] lengths) {
        List<Step.Item> items = step.items();
        boolean[] dropped = effect.limits().dropped(step);
        for (int i = 0; i < lengths.length; i++) {
            Step.Item item = items.get(i);
            double recorded = item.end() - item.start();
            if (dropped[i]) {
                lengths[i] = Timeline.GONE;
            } else if (item.tool() != null) {
                lengths[i] = hits.tool(item.tool())
                        ? cacheHitSeconds(item.tool().tool())
                        : tool(item.tool(), recorded, effect);
            } else if (item.model() != null) {
                lengths[i] = model(item.model(), recorded, effect);
            }
        }
        Policies.Batch batch = effect.newBatch();
        if (batch != null) {
            batch(items, batch, lengths);
        }
    }

    private double tool(ToolCall call, double recorded, NodeEffect effect) {
        double seconds = recorded;
        Policies.Cache dropped = effect.droppedCache();
        if (Boolean.TRUE.equals(call.cached()) && dropped != null && call.tool().equals(dropped.tool())) {
            SummaryStatistics misses = sample.tool(call.tool());
            seconds = misses == null ? recorded : misses.getMean();
        }
        for (Belief belief : effect.beliefs()) {
            if (belief.concerns(call.tool())) {
                seconds = believed(belief, seconds);
            }
        }
        return seconds;
    }

    private double model(ModelCall call, double recorded, NodeEffect effect) {
        double seconds = recorded * effect.limits().timeLeft(call);
        if (swapped(call, effect)) {
            for (Belief belief : effect.beliefs()) {
                if (belief.subject() == Belief.Subject.MODEL) {
                    seconds = believed(belief, seconds);
                }
            }
        }
        return seconds;
    }

    private static boolean swapped(ModelCall call, NodeEffect effect) {
        return effect.model() != null && !effect.model().equals(call.model());
    }

    private double believed(Belief belief, double seconds) {
        double after = belief.seconds().of(seconds);
        if (belief.source() == Source.ASSUMED) {
            assumedSeconds += Math.abs(after - seconds);
        }
        return after;
    }

    /**
     * Calls of one tool that were asked for at once go out together and take as long as the longest of them. Where a trace does
     * not say what was asked for at once, calls that follow each other count as that.
     */
    private static void batch(List<Step.Item> items, Policies.Batch batch, double[] lengths) {
        boolean told = tellsWhatWasTogether(items);
        ToolCall before = null;
        int first = -1;
        int size = 0;
        for (int i = 0; i < lengths.length; i++) {
            ToolCall call = items.get(i).tool();
            boolean batched = call != null && call.tool().equals(batch.tool()) && lengths[i] >= 0;
            boolean same = before != null
                    && call != null
                    && (!told || (call.together() != null && call.together().equals(before.together())));
            if (batched && same && first >= 0 && size < batch.maxSize()) {
                lengths[first] = Math.max(lengths[first], lengths[i]);
                lengths[i] = Timeline.GONE;
                size++;
            } else {
                first = batched ? i : -1;
                size = 1;
            }
            before = call;
        }
    }

    private static boolean tellsWhatWasTogether(List<Step.Item> items) {
        for (Step.Item item : items) {
            if (item.tool() != null && item.tool().together() != null) {
                return true;
            }
        }
        return false;
    }

    /** Money of the calls that the step makes itself. */
    double callUsd(Step step, NodeEffect effect, CacheHits hits, TeamTurns turns) {
        List<Step.Item> items = step.items();
        boolean[] dropped = effect.limits().dropped(step);
        double usd = 0;
        for (int i = 0; i < dropped.length; i++) {
            Step.Item item = items.get(i);
            double price = 0;
            if (dropped[i] || turns.cut(item)) {
                continue;
            }
            if (item.tool() != null && !hits.tool(item.tool())) {
                price = pricing.usd(item.tool());
                for (Belief belief : effect.beliefs()) {
                    price = belief.concerns(item.tool().tool()) ? belief.usd().of(price) : price;
                }
            } else if (item.model() != null) {
                price = modelUsd(effect.limits().cut(item.model()), effect);
                if (Double.isNaN(price) || unpricedSubstitute(item.model(), effect)) {
                    unpricedCalls++;
                } else {
                    pricedCalls++;
                }
            }
            usd += Double.isNaN(price) ? 0 : price;
        }
        return usd;
    }

    /** Whether another model takes the call whose price is not known; the recorded price stands in, so that it gains nothing. */
    private boolean unpricedSubstitute(ModelCall call, NodeEffect effect) {
        String model = effect.model();
        return model != null
                && swapped(call, effect)
                && effect.ofModel() != null
                && Double.isNaN(pricing.usd(model, call));
    }

    private double modelUsd(ModelCall call, NodeEffect effect) {
        String model = effect.model();
        if (model == null || !swapped(call, effect)) {
            return pricing.usd(call);
        }
        Belief belief = effect.ofModel();
        // without a belief of its own, what was stated for the whole occurrence multiplies the recorded price
        double price = belief == null ? Double.NaN : pricing.usd(model, call);
        return belief == null || Double.isNaN(price)
                ? pricing.usd(call)
                : belief.usd().of(price);
    }

    /** The length of the whole step from that of what is inside. */
    double stepSeconds(Step step, double inside, NodeEffect effect) {
        double seconds = inside;
        for (Belief belief : effect.beliefs()) {
            if (belief.subject() == Belief.Subject.OCCURRENCE) {
                seconds = believed(belief, seconds);
            }
        }
        if (step.occurrence.status() == Status.ERROR && effect.extraAttempts() > 0) {
            seconds += retrySeconds(step.node(), seconds, effect);
        }
        Duration timeout = effect.stricterTimeout();
        return timeout == null ? seconds : Math.min(seconds, Step.seconds(timeout));
    }

    static double stepUsd(double inside, NodeEffect effect) {
        double usd = inside;
        for (Belief belief : effect.beliefs()) {
            usd = belief.subject() == Belief.Subject.OCCURRENCE ? belief.usd().of(usd) : usd;
        }
        return usd;
    }

    /** Expected time of further attempts, each of which is made only if all before it failed. */
    private double retrySeconds(String node, double seconds, NodeEffect effect) {
        double attempt = seconds / effect.recordedAttempts();
        double failing = attemptFailure(node, effect);
        Policies.Retry retry = effect.after().retry();
        double backoff = retry == null ? 0 : Step.seconds(retry.backoff());
        double expected = 0;
        double reached = 1;
        for (int i = 0; i < effect.extraAttempts(); i++) {
            expected += reached * (attempt + backoff * Math.scalb(1.0, effect.recordedAttempts() - 1 + i));
            reached *= failing;
        }
        return expected;
    }

    /** Chance that one of the further attempts succeeds; attempts are taken to fail independently. */
    double recovered(String node, NodeEffect effect) {
        return effect.extraAttempts() == 0 ? 0 : 1 - Math.pow(attemptFailure(node, effect), effect.extraAttempts());
    }

    private double attemptFailure(String node, NodeEffect effect) {
        return Math.pow(sample.failureRate(node), 1.0 / effect.recordedAttempts());
    }

    /** Whether the step is cut short by a timeout or a limit that the record was not under, and so fails. */
    static boolean cutShort(Step step, double seconds, NodeEffect effect) {
        Duration timeout = effect.stricterTimeout();
        return (timeout != null && seconds >= Step.seconds(timeout))
                || (effect.limits().exceededBy(step) && step.occurrence.status() != Status.ERROR);
    }

    double cacheHitSeconds(@Nullable String tool) {
        SummaryStatistics hits = tool == null ? null : sample.cacheHit(tool);
        return hits == null ? settings.cacheHitSeconds() : hits.getMean();
    }
}
