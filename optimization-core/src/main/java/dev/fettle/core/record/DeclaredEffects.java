package dev.fettle.core.record;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.OutsideCall;
import dev.fettle.api.execute.RecordedCall;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What a version declares to have no external effects is run in a replay, so that has to be what the recording saw. */
public final class DeclaredEffects {
    private DeclaredEffects() {}

    /** @throws FettleException naming what is recorded with external effects and declared without */
    public static void require(Workflow workflow, Recording recording) {
        TreeSet<String> played = new TreeSet<>();
        for (RecordedRun run : recording.runs()) {
            for (RecordedCall recorded : run.calls()) {
                OutsideCall call = recorded.call();
                declared(workflow, call)
                        .filter(effects -> call.effects().mustKeep() && !effects.mustKeep())
                        .ifPresent(
                                effects -> played.add(call.kind().name().toLowerCase(Locale.ROOT) + " '" + call.target()
                                        + "' declared as " + effects.name().toLowerCase(Locale.ROOT)));
            }
        }
        if (!played.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "a replay would perform external effects: " + String.join(", ", played)
                            + "; expected 'external', as in the recording. Declare it so, or record again where that has"
                            + " changed");
        }
    }

    private static Optional<Effects> declared(Workflow workflow, OutsideCall call) {
        return switch (call.kind()) {
            case NODE ->
                workflow.node(call.target())
                        .filter(node -> node.members().isEmpty())
                        .map(Node::effects);
            case TOOL -> workflow.tool(call.target()).map(ToolSpec::effects);
            case MODEL -> Optional.empty();
        };
    }
}
