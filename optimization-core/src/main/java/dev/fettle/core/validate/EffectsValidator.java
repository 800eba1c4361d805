package dev.fettle.core.validate;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.WorkflowValidator;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * External and unknown effects stay as they are: none is added or dropped, none is tried or batched more often, and two that
 * happened one after the other, in a run or in one iteration of a loop, still do. Idempotent effects may be done once for
 * twice, and not for never. A cache answers nothing that has effects, and nothing that was seen to answer differently.
 */
@AutoService(WorkflowValidator.class)
public final class EffectsValidator implements WorkflowValidator {
    private static final String TYPE = "effects";
    private static final Set<NodeKind> LOOKING =
            Set.of(NodeKind.FUNCTION, NodeKind.COMMAND, NodeKind.TOOL, NodeKind.SUB_WORKFLOW);

    @Override
    public String name() {
        return "effects";
    }

    @Override
    public List<Violation> check(Context context) {
        List<Violation> violations = new ArrayList<>();
        List<EffectUnit> before = EffectUnit.of(context.original());
        List<EffectUnit> after = EffectUnit.of(context.candidate());
        Orders orders = new Orders(new LeafOrder(context.original()), new LeafOrder(context.candidate()));
        String renamed = before.containsAll(after)
                ? ""
                : "; nodes with effects are known by their ids, so one that was renamed needs its old id";
        for (EffectUnit unit : before) {
            if (!after.contains(unit)) {
                violations.add(critical("the effect of " + unit.describe() + " is gone" + renamed));
            }
        }
        for (EffectUnit unit : after) {
            if (!before.contains(unit)) {
                violations.add(critical("there is an effect that was not there before, of " + unit.describe()));
            } else {
                unchanged(context, unit, violations);
                policies(context, unit, violations);
                loops(orders, unit, violations);
            }
        }
        idempotent(context, violations);
        new CacheCheck(context).problems().forEach(problem -> violations.add(critical(problem)));
        reads(context, orders, before.stream().filter(after::contains).toList(), violations);
        order(orders, before.stream().filter(after::contains).toList(), violations);
        return violations;
    }

    /** Which leaf comes before which, in both versions. */
    private record Orders(LeafOrder before, LeafOrder after) {}

    private static Violation critical(String message) {
        return new Violation(TYPE, message, true);
    }

    private static void policies(Context context, EffectUnit unit, List<Violation> violations) {
        Policies before = policies(context.original(), unit);
        Policies after = policies(context.candidate(), unit);
        Policies.Batch batch = after.batch();
        if (batch != null && !batch.equals(before.batch()) && batch.tool().equals(unit.tool())) {
            violations.add(critical("a batch would move the effect of " + unit.describe()));
        }
        if (attempts(after) > attempts(before)) {
            violations.add(critical("a retry could repeat the effect of " + unit.describe()));
        }
    }

    /** A recording answers for what a node read, not for what it would do with it: so that must be the same. */
    private static void unchanged(Context context, EffectUnit unit, List<Violation> violations) {
        Node before = context.original().node(unit.node()).orElse(null);
        Node after = context.candidate().node(unit.node()).orElse(null);
        boolean same = before != null
                && after != null
                && Purpose.isShared(context.original(), before, context.candidate(), after);
        if (unit.tool() == null && !same) {
            violations.add(critical("the effect of " + unit.describe()
                    + " would be another: what the node does, or what it reads, was changed"));
        }
    }

    /** Loop edges around a unit: their limits together bound how often it is repeated. */
    private static void loops(Orders orders, EffectUnit unit, List<Violation> violations) {
        int before = orders.before().repetitions(unit.node());
        int after = orders.after().repetitions(unit.node());
        if (after > before) {
            violations.add(critical("a loop could repeat the effect of " + unit.describe() + " " + after
                    + " times, and " + before + " times before"));
        }
    }

    private static void idempotent(Context context, List<Violation> violations) {
        for (Node node : context.original().allNodes()) {
            boolean has = node.members().isEmpty() && context.original().effectsOf(node) == Effects.IDEMPOTENT;
            if (has && !isStillDone(node, context)) {
                violations.add(critical("the idempotent effect of node '" + node.id() + "' is not made any more"));
            }
        }
    }

    /** By the node itself, or by one for the same. */
    private static boolean isStillDone(Node node, Context context) {
        Workflow candidate = context.candidate();
        return candidate.allNodes().stream()
                .filter(other -> other.members().isEmpty() && candidate.effectsOf(other) != Effects.NONE)
                .anyMatch(other ->
                        other.id().equals(node.id()) || Purpose.isShared(candidate, other, context.original(), node));
    }

    private static int attempts(Policies policies) {
        Policies.Retry retry = policies.retry();
        return retry == null ? 1 : retry.maxAttempts();
    }

    private static Policies policies(Workflow workflow, EffectUnit unit) {
        return workflow.node(unit.node()).map(Node::policies).orElse(Policies.NONE);
    }

    /** What a node sees of the outside may be what an effect left there, which no dry run shows: effects are not performed in it. */
    private static void reads(Context context, Orders orders, List<EffectUnit> units, List<Violation> violations) {
        for (EffectUnit unit : units) {
            for (Node node : context.candidate().allNodes()) {
                boolean looks =
                        LOOKING.contains(node.kind()) || !node.answeringTools().isEmpty();
                if (looks
                        && !node.id().equals(unit.node())
                        && context.original().node(node.id()).isPresent()
                        && orders.before().firstInAnIteration(unit.node(), node.id())
                        && !orders.after().firstInAnIteration(unit.node(), node.id())) {
                    violations.add(new Violation(
                            TYPE,
                            "'" + node.id() + "' came after the effect of " + unit.describe()
                                    + ", and need not any more: if it looks at what that changed, it would see another",
                            false));
                }
            }
        }
    }

    private static void order(Orders orders, List<EffectUnit> units, List<Violation> violations) {
        List<String> nodes = units.stream().map(EffectUnit::node).distinct().toList();
        LeafOrder before = orders.before();
        LeafOrder after = orders.after();
        for (String first : nodes) {
            for (String second : nodes) {
                boolean inRuns = before.alwaysFirst(first, second) && !after.alwaysFirst(first, second);
                boolean inIterations =
                        before.firstInAnIteration(first, second) && !after.firstInAnIteration(first, second);
                if (!first.equals(second) && (inRuns || inIterations)) {
                    violations.add(critical("the effect of '" + first + "' came before that of '" + second
                            + "', and need not any more"));
                }
            }
        }
    }
}
