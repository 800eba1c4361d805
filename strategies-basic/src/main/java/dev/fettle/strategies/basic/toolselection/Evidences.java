package dev.fettle.strategies.basic.toolselection;

import dev.fettle.api.evidence.Figures;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.DurationSummary;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.strategy.Amount;
import dev.fettle.api.strategy.StrategyContext;
import dev.fettle.api.strategy.ToolTrials;
import dev.fettle.api.trace.ExecutionTrace;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.ToolSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is known of an alternative: trial calls, else recorded calls, else declared prices. */
final class Evidences {
    private final StrategyContext context;
    private final int minCalls;

    Evidences(StrategyContext context, int minCalls) {
        this.context = context;
        this.minCalls = minCalls;
    }

    /** The best evidence there is; empty where nothing is known by which the two could be compared. */
    Optional<Comparison> compare(ToolSpec tool, ToolSpec alternative) {
        return trials(tool, alternative).or(() -> recorded(tool, alternative)).or(() -> declared(tool, alternative));
    }

    private Optional<Comparison> trials(ToolSpec tool, ToolSpec alternative) {
        ToolTrials.Result trial =
                context.trials().compare(tool.name(), alternative.name()).orElse(null);
        if (trial == null || trial.pairs() == 0) {
            return Optional.empty();
        }
        long calls = trial.pairs() + trial.failures();
        String basis = "results equal in " + Figures.rate(Rate.of(trial.equal(), trial.pairs()))
                + " trial calls with recorded arguments, in "
                + Figures.number(trial.secondsFactor().value())
                + " times the time (90 % interval "
                + Figures.number(trial.secondsFactor().low()) + "-"
                + Figures.number(trial.secondsFactor().high()) + ")"
                + (trial.failures() > 0 ? ", " + Figures.count(trial.failures(), "failure") : "");
        return Optional.of(new Comparison(
                trial.secondsFactor(),
                success(context.profile().tools().get(tool.name())),
                Rate.of(trial.pairs(), calls).value(),
                trial.pairs(),
                trial.equal(),
                calls,
                Source.MEASURED,
                basis));
    }

    private static double success(@Nullable ToolProfile profile) {
        return profile == null ? Double.NaN : profile.success().value();
    }

    private Optional<Comparison> recorded(ToolSpec tool, ToolSpec alternative) {
        ToolProfile before = context.profile().tools().get(tool.name());
        ToolProfile after = context.profile().tools().get(alternative.name());
        if (before == null || after == null || before.calls() < minCalls || after.calls() < minCalls) {
            return Optional.empty();
        }
        Rate equal = equalResults(tool.name(), alternative.name());
        double items = DataSize.median(context.profile(), tool.name());
        double otherItems = DataSize.median(context.profile(), alternative.name());
        if (!DataSize.comparable(items, otherItems)) {
            return Optional.empty();
        }
        String basis = "recorded: " + describe(before, items) + ", " + describe(after, otherItems)
                + (equal.trials() > 0
                        ? "; results equal in " + Figures.rate(equal) + " calls with the same arguments"
                        : "");
        return Optional.of(new Comparison(
                ratio(before.duration(), after.duration()),
                success(before),
                success(after),
                equal.trials(),
                equal.successes(),
                after.calls(),
                Source.ESTIMATED,
                basis));
    }

    private static String describe(ToolProfile profile, double items) {
        return "'" + profile.name() + "' " + Figures.count(profile.calls(), "call") + " of "
                + Figures.seconds(profile.duration().mean()) + " on average"
                + (Double.isNaN(items) ? "" : ", in the median on " + Figures.count(Math.round(items), "item"));
    }

    /**
     * The ratio of the means. The interval goes from median to median and from mean to mean, whichever is wider, and at
     * least 20 % around: the calls had other arguments.
     */
    private static Amount ratio(DurationSummary before, DurationSummary after) {
        double means = quotient(Figures.inSeconds(after.mean()), Figures.inSeconds(before.mean()));
        double medians = quotient(Figures.inSeconds(after.p50()), Figures.inSeconds(before.p50()));
        return Amount.factor(means, Math.min(0.8 * means, medians), Math.max(1.2 * means, medians));
    }

    private static double quotient(double numerator, double denominator) {
        return denominator > 0 ? numerator / denominator : 1;
    }

    /** How often both gave the same where both were called with the same arguments. */
    private Rate equalResults(String tool, String alternative) {
        Map<String, String> results = new HashMap<>();
        long pairs = 0;
        long equal = 0;
        for (ExecutionTrace trace : context.profile().sample()) {
            for (NodeOccurrence occurrence : trace.occurrences()) {
                for (ToolCall call : occurrence.toolCalls()) {
                    String arguments = call.argumentHash();
                    String result = call.resultHash();
                    if (arguments == null || result == null || call.status() != Status.OK) {
                        continue;
                    }
                    if (call.tool().equals(tool)) {
                        results.put(arguments, result);
                    } else if (call.tool().equals(alternative) && results.containsKey(arguments)) {
                        pairs++;
                        equal += result.equals(results.get(arguments)) ? 1 : 0;
                    }
                }
            }
        }
        return Rate.of(equal, pairs);
    }

    private static Optional<Comparison> declared(ToolSpec tool, ToolSpec alternative) {
        var before = tool.usdPerCall();
        var after = alternative.usdPerCall();
        if (before == null || after == null || after.compareTo(before) >= 0) {
            return Optional.empty();
        }
        String basis = "declared prices: " + before.toPlainString() + " USD a call of '" + tool.name() + "', "
                + after.toPlainString() + " of '" + alternative.name() + "'; neither time nor results were compared";
        return Optional.of(new Comparison(Amount.UNCHANGED, Double.NaN, Double.NaN, 0, 0, 0, Source.ASSUMED, basis));
    }
}
