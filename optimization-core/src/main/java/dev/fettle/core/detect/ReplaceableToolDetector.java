package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that calls a tool for which another declared tool could answer: they share a capability, and the other takes the
 * same arguments. Whether it is better is for a trial to tell.
 *
 * <p>Reported where the tool takes at least {@code share} of the node's time. MEDIUM where its calls take over a tenth of
 * the run, else LOW.
 */
@AutoService(BottleneckDetector.class)
public final class ReplaceableToolDetector implements BottleneckDetector {
    private static final double MEDIUM_SHARE = 0.1;

    /** @param share least part of the node's time that its calls of the tool take, by the tool's mean, in [0, 1] */
    public record Settings(double share) {
        public Settings {
            SettingCheck.share("share", share);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.REPLACEABLE_TOOL;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.05);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        List<Bottleneck> found = new ArrayList<>();
        for (Node node : context.workflow().allNodes()) {
            NodeProfile profile = context.profile().nodes().get(node.id());
            for (String name : node.answeringTools()) {
                ToolProfile tool = context.profile().tools().get(name);
                ToolSpec spec = context.workflow().tool(name).orElse(null);
                if (profile != null && tool != null && spec != null) {
                    List<String> others = Tools.alternatives(context.workflow(), spec).stream()
                            .map(ToolSpec::name)
                            .toList();
                    long calls = profile.toolCalls().getOrDefault(name, 0L);
                    double seconds = calls * Figures.seconds(tool.duration().mean());
                    double share = seconds / Figures.seconds(profile.duration().total());
                    if (!others.isEmpty() && calls > 0 && share >= settings.share()) {
                        found.add(bottleneck(context, profile, tool, others, Math.min(1, share), settings));
                    }
                }
            }
        }
        return found;
    }

    private static Bottleneck bottleneck(
            DetectionContext context,
            NodeProfile node,
            ToolProfile tool,
            List<String> others,
            double share,
            Settings settings) {
        double ofRun = share
                * Figures.seconds(node.duration().total())
                / Figures.seconds(context.profile().duration().total());
        return Found.of(BottleneckTypes.REPLACEABLE_TOOL, ofRun > MEDIUM_SHARE ? Severity.MEDIUM : Severity.LOW)
                .node(node.id())
                .tool(tool.name())
                .metric("toolShareOfNode", Interval.exactly(share, node.runs()), settings.share())
                .because(
                        "'" + node.id() + "' spends " + Figures.percent(share) + " of its time in "
                                + Figures.count(node.toolCalls().getOrDefault(tool.name(), 0L), "call") + " of '"
                                + tool.name() + "' (mean "
                                + Figures.time(Figures.seconds(tool.duration().mean()))
                                + "), for which " + others + (others.size() == 1 ? " is" : " are")
                                + " declared with the same capability and arguments",
                        node.toolCalls().getOrDefault(tool.name(), 0L),
                        node.runs(),
                        "Try '" + others.get(0) + "' on the same arguments.");
    }
}
