package dev.fettle.core.validate;

import dev.fettle.api.validate.WorkflowValidator.Violation;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Models at a host see no state key that models at that host did not see before. */
public final class HostCheck {
    private final Map<String, Set<String>> keysByHost = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** @param hosts at which the original's nodes ask models */
    public HostCheck(Workflow original, Map<String, Set<String>> hosts) {
        hosts.forEach((id, all) -> original.node(id).ifPresent(node -> all.forEach(host -> see(host, node))));
    }

    private void see(String host, Node node) {
        keysByHost
                .computeIfAbsent(host, first -> new HashSet<>())
                .addAll(node.state().reads());
        if (!node.state().known()) {
            open.add(host);
        }
    }

    /** @param allowed hosts that may see anything */
    public List<Violation> violations(Workflow candidate, Map<String, Set<String>> hosts, Set<String> allowed) {
        List<Violation> violations = new ArrayList<>();
        hosts.forEach((id, all) -> candidate.node(id).ifPresent(node -> {
            for (String host : all) {
                if (!allowed.contains(host) && !open.contains(host)) {
                    check(node, host, violations);
                }
            }
        }));
        return violations;
    }

    private void check(Node node, String host, List<Violation> violations) {
        Set<String> seen = keysByHost.get(host);
        Set<String> more = new TreeSet<>(node.state().reads());
        if (seen != null) {
            more.removeAll(seen);
        }
        if (seen == null || !more.isEmpty() || !node.state().known()) {
            violations.add(new Violation(
                    "security",
                    "the node '" + node.id() + "' could reach the host '" + host + "' with "
                            + (node.state().known() ? "the state keys " + more : "any state key")
                            + ", which the original sends to no model there; list the host in validation.allowHosts if it"
                            + " may see them",
                    true));
        }
    }
}
