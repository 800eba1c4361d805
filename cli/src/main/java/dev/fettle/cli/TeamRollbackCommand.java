package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fettle team rollback}: puts an earlier version of a definition back into place. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Puts a kept version back into place, as a version of its own; none is ever changed.")
final class TeamRollbackCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FOLDER", description = "The project.")
    String folder = "";

    @Option(
            names = "--index",
            paramLabel = "VERSION",
            description = "The version; 1 is the original (default: the one before the version in place).")
    @Nullable
    Integer index;

    @Mixin
    FormatOption output = new FormatOption();

    TeamRollbackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project project = Project.readDefinition(SourceOptions.path(folder));
        History history = new History(project.folder(), project.definition());
        int wanted = index != null ? index : before(history);
        String text = history.version(wanted);
        WorkflowReader.read(history.versionFile(wanted));
        boolean there = history.patch(text).isEmpty();
        History.Step step = there ? null : history.replace(text);
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("definition", project.definition().toString());
            root.put("restored", wanted);
            root.put("version", step == null ? history.versions() : step.version());
            root.put("written", step != null);
            terminal.out().println(root.toPrettyString());
        } else if (step == null) {
            terminal.print("Version " + wanted + " is in place already: " + project.definition());
        } else {
            terminal.print(
                    project.definition() + " is version " + wanted + " again, kept as version " + step.version());
        }
        return ExitCode.DONE;
    }

    /** What was edited by hand counts as after the last version. */
    private static int before(History history) {
        int inPlace = history.inPlace();
        return inPlace == 0 ? history.versions() : Math.max(1, inPlace - 1);
    }
}
