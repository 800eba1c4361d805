package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.core.profile.TraceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same again and again with nothing changed: a node that several times in a row reads the same and writes the same, or
 * a tool that several times in a row gets the same arguments and gives the same result, or fails in the same way.
 *
 * <p>HIGH where the interval of the part of runs with such a row is above a quarter, MEDIUM where it happened in at least
 * two runs, else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class LoopWithoutProgressDetector implements BottleneckDetector {
    private static final double HIGH_RUNS = 0.25;

    /** @param inARow how many equal occurrences or calls in a row are no progress; at least 2 */
    public record Settings(int inARow) {
        public Settings {
            SettingCheck.atLeast("inARow", inARow, 2);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.LOOP_WITHOUT_PROGRESS;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(3);
    }

    /** Rows of equal work of one node or tool, over all sampled runs. */
    private static final class Rows {
        private long rows;
        private long runs;
        private long longest;
        private double wastedSeconds;
        private int lastRun = -1;

        private void add(int run, long length, double seconds) {
            rows++;
            longest = Math.max(longest, length);
            wastedSeconds += seconds;
            if (run != lastRun) {
                lastRun = run;
                runs++;
            }
        }
    }

    /**
     * One step in a sequence.
     *
     * @param state what was done and what came of it; null where that is not recorded
     */
    private record Step(String who, @Nullable Object state, double seconds) {}

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        int least = Math.max(2, context.settings(Settings.class).inARow());
        Map<String, Rows> nodes = new TreeMap<>();
        Map<String, Rows> tools = new TreeMap<>();
        List<TraceTree> trees = Sample.of(context.profile()).trees();
        for (int run = 0; run < trees.size(); run++) {
            Map<String, List<NodeOccurrence>> byNode = new HashMap<>();
            List<ToolCall> calls = new ArrayList<>();
            for (int i = 0; i < trees.get(run).size(); i++) {
                NodeOccurrence occurrence = trees.get(run).occurrence(i);
                byNode.computeIfAbsent(occurrence.node(), absent -> new ArrayList<>(1))
                        .add(occurrence);
                calls.addAll(occurrence.toolCalls());
            }
            for (List<NodeOccurrence> occurrences : byNode.values()) {
                if (occurrences.size() >= least) {
                    count(
                            occurrences.stream()
                                    .map(LoopWithoutProgressDetector::step)
                                    .toList(),
                            least,
                            run,
                            nodes);
                }
            }
            calls.sort(Comparator.comparing(ToolCall::start));
            count(calls.stream().map(LoopWithoutProgressDetector::step).toList(), least, run, tools);
        }
        List<Bottleneck> found = new ArrayList<>();
        nodes.forEach((node, rows) -> found.add(bottleneck(node, null, rows, trees.size(), least)));
        tools.forEach((tool, rows) -> found.add(bottleneck(null, tool, rows, trees.size(), least)));
        return found;
    }

    private static Step step(NodeOccurrence occurrence) {
        boolean recorded =
                !occurrence.readHashes().isEmpty() && !occurrence.writeHashes().isEmpty();
        return new Step(
                occurrence.node(),
                recorded ? List.of(occurrence.readHashes(), occurrence.writeHashes()) : null,
                Figures.seconds(occurrence.duration()));
    }

    private static Step step(ToolCall call) {
        String result = call.resultHash() != null
                ? "result " + call.resultHash()
                : call.status() == Status.ERROR ? "error " + call.errorType() : null;
        return new Step(
                call.tool(),
                result == null || call.argumentHash() == null ? null : List.of(call.argumentHash(), result),
                Figures.seconds(call.duration()));
    }

    private static void count(List<Step> steps, int least, int run, Map<String, Rows> into) {
        int from = 0;
        for (int i = 1; i <= steps.size(); i++) {
            Step first = steps.get(from);
            boolean same = i < steps.size()
                    && first.state() != null
                    && first.who().equals(steps.get(i).who())
                    && first.state().equals(steps.get(i).state());
            if (!same) {
                if (i - from >= least) {
                    double wasted = steps.subList(from + 1, i).stream()
                            .mapToDouble(Step::seconds)
                            .sum();
                    into.computeIfAbsent(first.who(), absent -> new Rows()).add(run, i - from, wasted);
                }
                from = i;
            }
        }
    }

    private static Bottleneck bottleneck(
            @Nullable String node, @Nullable String tool, Rows rows, int sampled, int least) {
        Rate affected = Rate.of(rows.runs, sampled);
        Severity severity =
                affected.low() > HIGH_RUNS ? Severity.HIGH : rows.runs >= 2 ? Severity.MEDIUM : Severity.LOW;
        String what = tool == null
                ? "'" + node + "' ran on the same input with the same result"
                : "'" + tool + "' was called with the same arguments and ended the same way";
        return Found.of(BottleneckTypes.LOOP_WITHOUT_PROGRESS, severity)
                .node(node)
                .tool(tool)
                .metric("equalInARow", Interval.exactly((double) rows.longest, rows.runs), least)
                .because(
                        what + " up to " + rows.longest + " times in a row; " + Figures.count(rows.rows, "such row")
                                + " in " + rows.runs + " of " + Figures.count(sampled, "sampled run") + " ("
                                + Figures.percent(affected.low()) + " to " + Figures.percent(affected.high())
                                + " of runs), " + Figures.time(rows.wastedSeconds) + " spent on repetitions",
                        rows.rows,
                        rows.runs,
                        "End the loop when a step changes nothing.");
    }
}
