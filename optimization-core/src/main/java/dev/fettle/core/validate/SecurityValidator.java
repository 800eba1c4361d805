package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.workflow.AgentParameters;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The candidate reaches nothing that the original did not (tools, programs, environment variables, hosts, runners, other
 * workflows, files), no node gets a tool that is stronger than those it had, nothing outside sees more of the state, no person's
 * approval, condition or check before an effect is dropped, passed by or told otherwise, and no limit of money is raised. That a
 * node which could fail before an effect would come later, or not at all, is for a person to judge.
 */
@AutoService(WorkflowValidator.class)
public final class SecurityValidator implements WorkflowValidator {
    private static final String TYPE = "security";

    @Override
    public String name() {
        return "security";
    }

    @Override
    public List<Violation> check(Context context) {
        List<Violation> violations = new ArrayList<>();
        Reach before = Reach.of(context.original());
        Reach.of(context.candidate())
                .beyond(before)
                .forEach(what -> violations.add(critical("it could reach " + what)));
        for (Node node : context.candidate().allNodes()) {
            context.original().node(node.id()).ifPresent(old -> tools(context.original(), old, node, violations));
        }
        approvals(context, violations);
        Guards.lost(context.original(), context.candidate()).forEach(lost -> violations.add(critical(lost)));
        Guards.mayFailLater(context.original(), context.candidate())
                .forEach(later -> violations.add(new Violation(TYPE, later, false)));
        budgets(context, violations);
        PromptData.widened(context.original(), context.candidate())
                .forEach(widened -> violations.add(critical(widened)));
        return violations;
    }

    /** A hard stop on money stays one. */
    private static void budgets(Context context, List<Violation> violations) {
        for (Node node : context.original().allNodes()) {
            OptionalDouble before = maxUsd(node);
            Node after = context.candidate().node(node.id()).orElse(null);
            if (before.isEmpty() || after == null) {
                continue;
            }
            OptionalDouble limit = maxUsd(after);
            if (limit.isEmpty() || limit.getAsDouble() > before.getAsDouble()) {
                violations.add(critical("the node '" + node.id() + "' could spend "
                        + (limit.isEmpty() ? "any sum" : limit.getAsDouble() + " USD") + ", and at most "
                        + before.getAsDouble() + " USD before (its maxUsd)"));
            }
        }
    }

    private static OptionalDouble maxUsd(Node node) {
        boolean known = node.kind() == NodeKind.AGENT || node.kind() == NodeKind.TEAM;
        return known ? AgentParameters.of(node.parameters()).maxUsd() : OptionalDouble.empty();
    }

    private static Violation critical(String message) {
        return new Violation(TYPE, message, true);
    }

    /** A tool may only be replaced by one for the same purpose that does no more to the world. */
    private static void tools(Workflow original, Node before, Node after, List<Violation> violations) {
        Set<String> had = before.answeringTools();
        for (String tool : after.answeringTools()) {
            boolean fits = had.contains(tool)
                    || original.tool(tool)
                            .map(spec -> had.stream()
                                    .flatMap(old -> original.tool(old).stream())
                                    .anyMatch(old -> replaces(old, spec)))
                            .orElse(false);
            if (!fits) {
                violations.add(critical("the node '" + after.id() + "' could call the tool '" + tool
                        + "', which is not an equal of the tools it had"));
            }
        }
    }

    private static boolean replaces(ToolSpec before, ToolSpec after) {
        return before.capabilities().stream().anyMatch(after.capabilities()::contains)
                && after.effects().compareTo(before.effects()) <= 0;
    }

    private static void approvals(Context context, List<Violation> violations) {
        LeafOrder before = new LeafOrder(context.original());
        LeafOrder after = new LeafOrder(context.candidate());
        for (Node human : context.original().allNodes()) {
            if (human.kind() != NodeKind.HUMAN) {
                continue;
            }
            if (context.candidate().node(human.id()).isEmpty()) {
                violations.add(critical("the approval '" + human.id() + "' is gone"));
                continue;
            }
            for (EffectUnit unit : EffectUnit.of(context.candidate())) {
                if (unit.node().equals(human.id())) {
                    continue;
                }
                boolean passed = before.guards(human.id(), unit.node()) && !after.guards(human.id(), unit.node());
                boolean repeated = before.guardsEachTime(human.id(), unit.node())
                        && !after.guardsEachTime(human.id(), unit.node());
                if (passed || repeated) {
                    violations.add(critical("the effect of " + unit.describe()
                            + " would no longer wait for the approval '" + human.id() + "'"));
                }
            }
        }
    }
}
