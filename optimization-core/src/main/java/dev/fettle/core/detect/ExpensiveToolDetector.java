package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.CostSummary;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.workflow.ToolSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A tool whose calls cost more than {@code share} of everything that was spent. A declared tool that does the same for
 * less is named.
 *
 * <p>HIGH above {@code high} with a cheaper alternative, MEDIUM with one or above {@code high}, else LOW. Where the cost of
 * a model is not known the share is an upper bound, and the severity is one lower.
 */
@AutoService(BottleneckDetector.class)
public final class ExpensiveToolDetector implements BottleneckDetector {
    /** Both in [0, 1]. */
    public record Settings(double share, double high) {
        public Settings {
            SettingCheck.share("share", share);
            SettingCheck.share("high", high);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.EXPENSIVE_TOOL;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.1, 0.3);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        CostSummary cost = context.profile().cost();
        double total = cost.usd().doubleValue();
        List<Bottleneck> found = new ArrayList<>();
        for (ToolProfile tool : context.profile().tools().values()) {
            double share = tool.usd().doubleValue() / total;
            if (total > 0 && share > settings.share()) {
                found.add(bottleneck(context, tool, share, settings));
            }
        }
        return found;
    }

    private static Bottleneck bottleneck(DetectionContext context, ToolProfile tool, double share, Settings settings) {
        Optional<ToolSpec> cheaper = cheaper(context, tool);
        boolean complete = context.profile().cost().unpricedModels().isEmpty();
        int points = (share > settings.high() ? 1 : 0) + (cheaper.isPresent() ? 1 : 0) - (complete ? 0 : 1);
        Severity severity = points >= 2 ? Severity.HIGH : points == 1 ? Severity.MEDIUM : Severity.LOW;
        String bound = complete ? "" : " at most, since the cost of a model is not known";
        return Found.of(BottleneckTypes.EXPENSIVE_TOOL, severity)
                .tool(tool.name())
                .related(Tools.users(context.workflow(), tool.name()))
                .metric(
                        "costShare",
                        complete
                                ? Interval.exactly(share, context.profile().runs())
                                : new Interval(
                                        share, 0, share, context.profile().runs()),
                        settings.share())
                .because(
                        "'" + tool.name() + "' cost " + Figures.usd(tool.usd().doubleValue()) + " in "
                                + Figures.count(tool.calls(), "call") + " over "
                                + Figures.count(context.profile().runs(), "run") + ", " + Figures.percent(share)
                                + " of everything spent" + bound,
                        tool.calls(),
                        context.profile().runs(),
                        cheaper.map(other -> "'" + other.name() + "' shares a capability with it and costs "
                                        + Figures.usd(price(other).doubleValue()) + " a call.")
                                .orElse("Call it less often, or declare a cheaper tool with the same capability."));
    }

    private static Optional<ToolSpec> cheaper(DetectionContext context, ToolProfile tool) {
        double perCall = tool.usd().doubleValue() / tool.calls();
        return context.workflow()
                .tool(tool.name())
                .flatMap(spec -> Tools.alternatives(context.workflow(), spec).stream()
                        .filter(other ->
                                other.usdPerCall() != null && price(other).doubleValue() < perCall)
                        .min(Comparator.comparing(ExpensiveToolDetector::price).thenComparing(ToolSpec::name)));
    }

    private static BigDecimal price(ToolSpec tool) {
        return tool.usdPerCall() == null ? BigDecimal.ZERO : tool.usdPerCall();
    }
}
