package dev.fettle.core.report;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.strategy.Suggestion;
import java.util.List;

/** What a suggestion does, in a few words. Lists of nodes are named by their first and last. */
final class Titles {
    private static final int NAME = 40;
    private static final int LENGTH = 110;

    private Titles() {}

    static String of(Suggestion suggestion) {
        List<WorkflowChange> changes = suggestion.changes();
        String first = of(changes.get(0));
        int more = changes.size() - 1;
        return more == 0 ? first : first + ", and " + Format.plural(more, "more change");
    }

    /** The suggestion's reason, with a long list of nodes named by its ends. */
    static String reason(Suggestion suggestion) {
        String reason = suggestion.reason();
        for (WorkflowChange change : suggestion.changes()) {
            if (change instanceof Parallelize block && block.nodes().size() > 2) {
                reason = reason.replace(String.join(", ", block.nodes()), ends(block.nodes()));
            }
        }
        return reason;
    }

    private static String of(WorkflowChange change) {
        if (change instanceof Parallelize block) {
            return "run " + Format.plural(block.nodes().size(), "node") + " as a dataflow block: "
                    + ends(block.nodes());
        }
        if (change instanceof SubstituteTool tool) {
            return "let " + name(tool.replacement()) + " answer " + name(tool.tool()) + " in " + name(tool.node());
        }
        if (change instanceof SetPolicies set) {
            return "run " + name(set.node()) + " with " + set.policies().words();
        }
        if (change instanceof AddPolicies add) {
            return "run " + name(add.node()) + " with " + add.policies().words();
        }
        String text = change.describe().replace("'", "");
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH - 1) + "…";
    }

    private static String ends(List<String> nodes) {
        return nodes.size() < 2
                ? String.join(", ", nodes)
                : name(nodes.get(0)) + " … " + name(nodes.get(nodes.size() - 1));
    }

    private static String name(String id) {
        return Labels.shorten(id, NAME);
    }
}
