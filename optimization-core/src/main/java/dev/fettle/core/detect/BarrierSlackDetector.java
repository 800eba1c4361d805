package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes that run side by side and wait for the slowest of them.
 *
 * <pre>
 *   fast ━━━━········          the dots are slack: idle until the barrier
 *   slow ━━━━━━━━━━━━┃ next
 * </pre>
 *
 * Groups are found in the recorded runs: occurrences at one level whose intervals overlap. The value is the part of the
 * group's time, without that of the slowest, that its members spend waiting for the end of the group. The node is the one
 * that is most often the slowest; related are the others, the slowest first.
 *
 * <p>MEDIUM where the interval is above the threshold and the slowest holds the others back for over a tenth of the run,
 * else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class BarrierSlackDetector implements BottleneckDetector {
    private static final double NANOS = 1e9;
    private static final double MEDIUM_SHARE = 0.1;

    /**
     * @param slack least part of the time of the faster members that is spent waiting, in [0, 1]
     * @param share least part of the wall clock between the end of the second slowest and the end of the group, in [0, 1]
     */
    public record Settings(double slack, double share) {
        public Settings {
            SettingCheck.share("slack", slack);
            SettingCheck.share("share", share);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.BARRIER_SLACK;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.3, 0.05);
    }

    /** The groups of one composition over all runs. */
    private static final class Group {
        private final Map<Integer, double[]> runs = new TreeMap<>();
        private final Map<String, double[]> members = new TreeMap<>();
        private long count;

        private void add(int run, TraceTree tree, List<Integer> group) {
            count++;
            long end = group.stream().mapToLong(tree::end).max().orElseThrow();
            long start = group.stream().mapToLong(tree::start).min().orElseThrow();
            List<Integer> byEnd = group.stream()
                    .sorted(Comparator.comparingLong(tree::end).reversed())
                    .toList();
            double[] sums = runs.computeIfAbsent(run, absent -> new double[3]);
            for (int i : byEnd.subList(1, byEnd.size())) {
                // a member after whose end another one starts may have been what that one waited for
                boolean last = group.stream().noneMatch(other -> tree.start(other) >= tree.end(i));
                sums[0] += last ? (end - tree.end(i)) / NANOS : 0;
                sums[1] += (end - start) / NANOS;
            }
            sums[2] += (end - tree.end(byEnd.get(1))) / NANOS;
            for (int i : group) {
                double[] member = members.computeIfAbsent(tree.occurrence(i).node(), absent -> new double[2]);
                member[0] += i == byEnd.get(0) ? 1 : 0;
                member[1] += (tree.end(i) - start) / NANOS;
            }
        }

        private List<String> slowestFirst() {
            return members.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, double[]>>comparingDouble(member -> -member.getValue()[0])
                            .thenComparingDouble(member -> -member.getValue()[1])
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        Sample sample = Sample.of(context.profile());
        Map<String, Group> groups = new TreeMap<>();
        double wall = 0;
        for (int run = 0; run < sample.trees().size(); run++) {
            wall += Figures.seconds(sample.traces().get(run).wallClock());
            TraceTree tree = sample.trees().get(run);
            for (List<Integer> group : Overlaps.of(tree)) {
                String name = String.join(
                        "\n",
                        group.stream()
                                .map(i -> tree.occurrence(i).node())
                                .sorted()
                                .distinct()
                                .toList());
                groups.computeIfAbsent(name, absent -> new Group()).add(run, tree, group);
            }
        }
        List<Bottleneck> found = new ArrayList<>();
        for (Group group : groups.values()) {
            double held =
                    group.runs.values().stream().mapToDouble(sums -> sums[2]).sum() / wall;
            Interval slack = Interval.ratio(
                            group.runs.values().stream()
                                    .mapToDouble(sums -> sums[0])
                                    .toArray(),
                            group.runs.values().stream()
                                    .mapToDouble(sums -> sums[1])
                                    .toArray())
                    .within(0, 1);
            if (slack.value() > settings.slack() && held > settings.share()) {
                found.add(bottleneck(group, slack, held, settings));
            }
        }
        return found;
    }

    private static Bottleneck bottleneck(Group group, Interval slack, double held, Settings settings) {
        List<String> members = group.slowestFirst();
        Severity severity = slack.surelyOver(settings.slack()) && held > MEDIUM_SHARE ? Severity.MEDIUM : Severity.LOW;
        String others =
                members.size() == 1 ? "other occurrences of it" : String.join(", ", members.subList(1, members.size()));
        return Found.of(BottleneckTypes.BARRIER_SLACK, severity)
                .node(members.get(0))
                .related(members.subList(1, members.size()))
                .metric("slack", slack, settings.slack())
                .because(
                        "beside '" + members.get(0) + "', " + others + " wait " + Figures.percent(slack.value())
                                + " of the time for the slowest ("
                                + slack.words(Figures::percent) + "), in "
                                + Figures.count(group.count, "group") + " over "
                                + Figures.count(group.runs.size(), "sampled run") + "; the slowest alone holds up "
                                + Figures.percent(held) + " of the wall clock",
                        group.count,
                        group.runs.size(),
                        "Split the slowest, speed it up, or let what follows start from what is ready.");
    }
}
