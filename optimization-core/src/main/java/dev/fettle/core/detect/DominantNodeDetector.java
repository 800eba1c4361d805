package dev.fettle.core.detect;

import com.google.auto.service.AutoService;
import dev.fettle.api.SettingCheck;
import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.BottleneckDetector;
import dev.fettle.api.detect.BottleneckTypes;
import dev.fettle.api.detect.DetectionContext;
import dev.fettle.api.detect.Severity;
import dev.fettle.api.profile.NodeProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * A node whose own time, without what ran inside it, is more than {@code share} of the wall clock.
 *
 * <p>MEDIUM above {@code share}, HIGH above {@code high}, CRITICAL above {@code critical}, each only where the interval
 * over the runs is above it too; LOW where the interval reaches below {@code share}.
 */
@AutoService(BottleneckDetector.class)
public final class DominantNodeDetector implements BottleneckDetector {
    /** All in [0, 1]. */
    public record Settings(double share, double high, double critical) {
        public Settings {
            SettingCheck.share("share", share);
            SettingCheck.share("high", high);
            SettingCheck.share("critical", critical);
        }
    }

    @Override
    public String name() {
        return BottleneckTypes.DOMINANT_NODE;
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(0.2, 0.4, 0.7);
    }

    @Override
    public List<Bottleneck> detect(DetectionContext context) {
        Settings settings = context.settings(Settings.class);
        Sample sample = Sample.of(context.profile());
        List<Bottleneck> found = new ArrayList<>();
        // a run of one node is all that node, which says nothing
        if (context.profile().nodes().size() < 2) {
            return found;
        }
        for (NodeProfile node : context.profile().nodes().values()) {
            if (node.share() > settings.share()) {
                Interval share = sample.share(node.id()).around(node.share()).within(0, Double.MAX_VALUE);
                found.add(Found.of(BottleneckTypes.DOMINANT_NODE, severity(share, settings))
                        .node(node.id())
                        .metric("share", share, settings.share())
                        .because(
                                "'" + node.id() + "' itself takes " + Figures.percent(share.value())
                                        + " of the wall clock (" + share.words(Figures::percent) + "), "
                                        + Figures.time(
                                                Figures.seconds(node.exclusive().total())) + " in "
                                        + Figures.count(node.runs(), "run"),
                                node.occurrences(),
                                node.runs(),
                                "Look here first: whatever speeds this node up speeds the run up."));
            }
        }
        return found;
    }

    private static Severity severity(Interval share, Settings settings) {
        if (share.surelyOver(settings.critical())) {
            return Severity.CRITICAL;
        }
        if (share.surelyOver(settings.high())) {
            return Severity.HIGH;
        }
        return share.surelyOver(settings.share()) ? Severity.MEDIUM : Severity.LOW;
    }
}
