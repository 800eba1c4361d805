package dev.fettle.core.validate;

import dev.fettle.api.profile.NodeProfile;
import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.profile.Rate;
import dev.fettle.api.profile.ToolProfile;
import dev.fettle.api.validate.WorkflowValidator.Context;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Caches that the original does not have: each may only answer for what has no effects, idempotent ones included (a write
 * that a cache answers is not made), and for what was never seen to give two answers to one question.
 */
final class CacheCheck {
    private final Workflow original;
    private final Workflow candidate;
    private final @Nullable PerformanceProfile profile;

    CacheCheck(Context context) {
        this.original = context.original();
        this.candidate = context.candidate();
        this.profile = context.profile();
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (AddedCache added : AddedCache.of(original, candidate)) {
            String tool = added.cache().tool();
            if (tool == null) {
                node(added.node(), problems);
            } else {
                tool(added.node(), tool, problems);
            }
            determinism(added, problems);
        }
        return problems;
    }

    private void node(Node node, List<String> problems) {
        Effects effects = candidate.effectsOf(node);
        if (effects != Effects.NONE) {
            problems.add(
                    "a cache would answer in place of the effect of node '" + node.id() + "' (" + word(effects) + ")");
        }
        NodeProfile seen = profile == null ? null : profile.nodes().get(node.id());
        if (seen != null && seen.repeatedSameOutput() < seen.repeatedSameInput()) {
            problems.add("a cache would freeze node '" + node.id() + "', which gave "
                    + (seen.repeatedSameInput() - seen.repeatedSameOutput()) + " times of " + seen.repeatedSameInput()
                    + " another output for the same input");
        }
    }

    private void tool(Node node, String tool, List<String> problems) {
        Effects effects = candidate.tool(tool).map(ToolSpec::effects).orElse(Effects.UNKNOWN);
        if (effects != Effects.NONE) {
            problems.add("a cache would answer in place of the effect of tool '" + tool + "' of node '" + node.id()
                    + "' (" + word(effects) + ")");
        }
    }

    private void determinism(AddedCache added, List<String> problems) {
        if (profile == null) {
            return;
        }
        for (String tool : added.tools()) {
            ToolProfile seen = profile.tools().get(tool);
            Rate same = seen == null ? null : seen.determinism();
            if (same != null && same.successes() < same.trials()) {
                problems.add("a cache of node '" + added.node().id() + "' would freeze tool '" + tool + "', which gave "
                        + (same.trials() - same.successes()) + " times of " + same.trials()
                        + " another result for the same arguments");
            }
        }
    }

    private static String word(Effects effects) {
        return effects.name().toLowerCase(Locale.ROOT);
    }
}
