package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether a node's cascade and speculation keep what the workflow does. */
@Evolving
public final class PolicyCheck {
    private PolicyCheck() {}

    /** What is wrong, one sentence each. */
    public static List<String> problems(Workflow workflow, Node node, Policies policies) {
        List<String> problems = new ArrayList<>();
        if (policies.cascade() != null) {
            cascade(workflow, node, policies.cascade(), problems);
        }
        if (policies.speculation() != null) {
            speculation(workflow, node, policies.speculation(), problems);
        }
        return problems;
    }

    private static void cascade(Workflow workflow, Node node, Policies.Cascade cascade, List<String> problems) {
        if (node.kind() != NodeKind.AGENT) {
            problems.add("the node (" + node.id() + ") has a cascade, and is a "
                    + node.kind().word() + "; expected an agent");
            return;
        }
        Effects effects = workflow.effectsOf(node);
        if (effects.mustKeep()) {
            problems.add("a cascade of (" + node.id() + ") could repeat its effects (" + effects
                    + "); expected an agent whose effects, and those of its tools, are none or idempotent");
        }
        if (cascade.model().equals(node.model())) {
            problems.add("the cascade of (" + node.id() + ") begins with the agent's own model (" + cascade.model()
                    + "); expected a cheaper one");
        }
        if (cascade.minCharacters() < 0) {
            problems.add("minCharacters of the cascade of (" + node.id() + ") is (" + cascade.minCharacters()
                    + "); expected at least 0");
        }
        if (cascade.pattern() != null) {
            try {
                Pattern.compile(cascade.pattern());
            } catch (PatternSyntaxException e) {
                problems.add("the pattern of the cascade of (" + node.id() + ") is (" + cascade.pattern()
                        + "), which is no regular expression: " + e.getDescription());
            }
        }
    }

    private static void speculation(
            Workflow workflow, Node node, Policies.Speculation speculation, List<String> problems) {
        if (node.kind() != NodeKind.CONDITION) {
            problems.add("the node (" + node.id() + ") has a speculation, and is a "
                    + node.kind().word() + "; expected a condition");
            return;
        }
        List<String> targets =
                workflow.outgoing(node.id()).stream().map(Edge::to).toList();
        if (speculation.nodes().isEmpty()) {
            problems.add("the speculation of (" + node.id() + ") names no nodes; expected some of " + targets);
        }
        for (String id : speculation.nodes()) {
            Node target = workflow.node(id).orElse(null);
            if (target == null || !targets.contains(id) || id.equals(node.id())) {
                problems.add("the speculation of (" + node.id() + ") names (" + id + "), to which it does not lead;"
                        + " expected some of " + targets);
            } else {
                target(workflow, node, target, problems);
            }
        }
    }

    private static void target(Workflow workflow, Node condition, Node target, List<String> problems) {
        Effects effects = workflow.effectsOf(target);
        if (effects != Effects.NONE || target.kind() == NodeKind.HUMAN) {
            problems.add("the node (" + target.id() + ") cannot start before the condition (" + condition.id()
                    + ") has decided: its effects are (" + effects + "); expected none");
        }
        StateAccess access = access(target);
        if (!condition.state().known() || !access.known()) {
            problems.add("the node (" + target.id() + ") cannot start before the condition (" + condition.id()
                    + ") has decided: what they read and write is not known");
            return;
        }
        Set<String> shared = new TreeSet<>(condition.state().writes());
        shared.retainAll(access.reads());
        if (!shared.isEmpty()) {
            problems.add("the node (" + target.id() + ") cannot start before the condition (" + condition.id()
                    + ") has decided: it reads " + shared + ", which the condition writes");
        }
    }

    private static StateAccess access(Node node) {
        if (node.members().isEmpty()) {
            return node.state();
        }
        Set<String> reads = new TreeSet<>();
        Set<String> writes = new TreeSet<>();
        for (Node member : node.members()) {
            StateAccess access = access(member);
            if (!access.known()) {
                return StateAccess.UNKNOWN;
            }
            reads.addAll(access.reads());
            writes.addAll(access.writes());
        }
        return StateAccess.of(reads, writes);
    }
}
