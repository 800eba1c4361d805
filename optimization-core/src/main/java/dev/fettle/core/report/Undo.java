package dev.fettle.core.report;

import dev.fettle.api.change.AddPolicies;
import dev.fettle.api.change.MergeNodes;
import dev.fettle.api.change.Parallelize;
import dev.fettle.api.change.RemoveNode;
import dev.fettle.api.change.SetParameter;
import dev.fettle.api.change.SetPolicies;
import dev.fettle.api.change.SetPrompt;
import dev.fettle.api.change.SubstituteModel;
import dev.fettle.api.change.SubstituteTool;
import dev.fettle.api.change.WorkflowChange;

/** How each kind of change is taken back. */
final class Undo {
    private Undo() {}

    static String of(WorkflowChange change) {
        if (change instanceof RemoveNode remove) {
            return "put '" + remove.node() + "' back where it was";
        }
        if (change instanceof MergeNodes merge) {
            return "put '" + merge.duplicate() + "' back beside '" + merge.keep() + "'";
        }
        if (change instanceof Parallelize block) {
            return "take the block '" + block.id() + "' apart: its nodes run one after another again";
        }
        if (change instanceof SubstituteTool tool) {
            return "let '" + tool.tool() + "' answer in '" + tool.node() + "' again";
        }
        if (change instanceof SubstituteModel model) {
            return "give '" + model.node() + "' its earlier model again";
        }
        if (change instanceof SetPolicies policies) {
            return "give '" + policies.node() + "' its earlier policies again";
        }
        if (change instanceof AddPolicies policies) {
            return "give '" + policies.node() + "' its earlier policies again";
        }
        if (change instanceof SetPrompt prompt) {
            return "give '" + prompt.node() + "' its earlier prompt again";
        }
        if (change instanceof SetParameter parameter) {
            return "set '" + parameter.name() + "' of '" + parameter.node() + "' back";
        }
        return "use the original, which is kept unchanged as version 1";
    }
}
