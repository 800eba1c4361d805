package dev.fettle.core.report;

import dev.fettle.api.plan.Estimate;
import dev.fettle.api.plan.MetricEstimate;
import dev.fettle.api.plan.Plan;
import dev.fettle.api.plan.Source;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the reports for people share: the figures at the top, the nodes where time and money go, and the assumptions.
 *
 * @param figures at the top, most important first
 * @param hotSpots nodes by their own time, greatest first
 * @param planned ids of the suggestions in the plan
 */
public record ReportModel(
        ReportInput input,
        List<Figure> figures,
        List<HotSpot> hotSpots,
        Set<String> planned,
        List<String> assumptions) {

    private static final String UNKNOWN = "unknown";

    /** A named number. */
    public record Figure(String name, Quantity quantity) {}

    /**
     * @param timeShare part of all nodes' own time, in [0, 1]
     * @param costShare part of the cost of all nodes, in [0, 1]
     */
    public record HotSpot(NodeProfile node, double timeShare, double costShare) {}

    public static ReportModel of(ReportInput input) {
        Set<String> planned = new LinkedHashSet<>();
        Plan plan = input.plan();
        if (plan != null) {
            plan.suggestions().forEach(suggestion -> planned.add(suggestion.id()));
        }
        return new ReportModel(input, figures(input), hotSpots(input.profile()), planned, assumptions(input));
    }

    /** The kind of a node as the graph shows it, or the given one where the graph does not have the node. */
    NodeKind kind(String node, NodeKind otherwise) {
        Node found = input.before().nodesById().get(node);
        Plan plan = input.plan();
        if (found == null && plan != null) {
            found = plan.workflow().nodesById().get(node);
        }
        return found == null ? otherwise : found.kind();
    }

    private static List<Figure> figures(ReportInput input) {
        List<Figure> figures = new ArrayList<>();
        PerformanceProfile profile = input.profile();
        ValidationReport validation = input.validation();
        Plan plan = input.plan();
        boolean timed = profile.duration().count() > 0;
        boolean counted = profile.success().trials() > 0;
        figures.add(new Figure(
                "Time of a run",
                new Quantity(
                        timed ? Format.mean(profile.duration()) : UNKNOWN,
                        timed ? "p95 " + Format.p95(profile.duration()) : "no complete run was timed",
                        Source.MEASURED)));
        if (plan != null && !plan.suggestions().isEmpty()) {
            figures.add(new Figure(
                    "Expected with the plan", duration(plan.estimate().durationSeconds())));
        }
        if (validation != null) {
            Measured speedup = validation.speedup();
            figures.add(new Figure(
                    "Speedup",
                    new Quantity(
                            Format.factor(speedup.value()),
                            Format.factor(speedup.low()) + " to " + Format.factor(speedup.high()),
                            Source.MEASURED)));
        }
        figures.add(new Figure("Cost of a run", cost(profile)));
        figures.add(new Figure(
                "Runs that succeed",
                new Quantity(
                        counted ? Format.percent(profile.success().value()) : UNKNOWN,
                        counted
                                ? Format.percent(profile.success().low()) + " to "
                                        + Format.percent(profile.success().high())
                                : "no run whose end is known",
                        Source.MEASURED)));
        figures.add(new Figure(
                "Tokens of a run",
                new Quantity(
                        Format.number(Math.rint(profile.tokens().total() / (double) Math.max(1, profile.runs()))),
                        Format.count(profile.tokens().input()) + " in, "
                                + Format.count(profile.tokens().output()) + " out in all",
                        Source.MEASURED)));
        return figures;
    }

    private static Quantity cost(PerformanceProfile profile) {
        int unpriced = profile.cost().unpricedModels().size();
        return new Quantity(
                Format.usd(profile.cost().usd().doubleValue() / Math.max(1, profile.runs())),
                unpriced == 0
                        ? "prices from the price table"
                        : "without " + unpriced + (unpriced == 1 ? " model" : " models") + " of unknown price",
                Source.ASSUMED);
    }

    static Quantity duration(MetricEstimate estimate) {
        return new Quantity(
                Format.duration(estimate.after()),
                Format.interval("seconds", estimate.low(), estimate.high()),
                estimate.source());
    }

    private static List<HotSpot> hotSpots(PerformanceProfile profile) {
        double seconds = 0;
        double usd = 0;
        for (NodeProfile node : profile.nodes().values()) {
            seconds += Format.seconds(node.exclusive().total());
            usd += node.usd().doubleValue();
        }
        List<HotSpot> spots = new ArrayList<>();
        for (NodeProfile node : profile.nodes().values()) {
            spots.add(new HotSpot(
                    node,
                    seconds > 0 ? Format.seconds(node.exclusive().total()) / seconds : 0,
                    usd > 0 ? node.usd().doubleValue() / usd : 0));
        }
        spots.sort(Comparator.comparingDouble(HotSpot::timeShare)
                .thenComparingDouble(HotSpot::costShare)
                .reversed()
                .thenComparing(spot -> spot.node().id()));
        return spots;
    }

    private static List<String> assumptions(ReportInput input) {
        Set<String> all = new LinkedHashSet<>(input.assumptions());
        Plan plan = input.plan();
        if (plan != null) {
            all.addAll(plan.estimate().assumptions());
        }
        for (RankedSuggestion ranked : input.suggestions()) {
            Estimate estimate = ranked.estimate();
            if (estimate != null) {
                all.addAll(estimate.assumptions());
            }
        }
        input.profile().cost().unpricedModels().stream()
                .sorted()
                .forEach(model ->
                        all.add("calls of '" + model + "' without a known price or token count are not in any cost"));
        return List.copyOf(all);
    }
}
