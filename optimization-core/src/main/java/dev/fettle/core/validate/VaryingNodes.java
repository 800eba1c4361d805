package dev.fettle.core.validate;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Nodes that were seen to give different results for the same, by themselves or by what they call. */
public final class VaryingNodes {
    private VaryingNodes() {}

    /** As a profile shows. */
    public static Set<String> of(PerformanceProfile profile, Workflow... versions) {
        Set<String> varying = calling(tool -> varies(profile.tools().get(tool)), versions);
        profile.nodes().values().stream()
                .filter(node -> node.repeatedSameOutput() < node.repeatedSameInput())
                .forEach(node -> varying.add(node.id()));
        return varying;
    }

    private static boolean varies(@Nullable ToolProfile tool) {
        Rate same = tool == null ? null : tool.determinism();
        return same != null && same.successes() < same.trials();
    }

    /** As a recording shows. */
    public static Set<String> of(RecordedAnswers answers, Workflow... versions) {
        return calling(answers::isChanging, versions);
    }

    private static Set<String> calling(Predicate<String> varies, Workflow... versions) {
        Set<String> calling = new TreeSet<>();
        for (Workflow version : versions) {
            for (Node node : version.allNodes()) {
                if (node.answeringTools().stream().anyMatch(varies)) {
                    calling.add(node.id());
                }
            }
        }
        return calling;
    }
}
