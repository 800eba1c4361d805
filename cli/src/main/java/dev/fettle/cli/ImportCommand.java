package dev.fettle.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.definition.ImportedWorkflow;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.file.AtomicFile;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fettle import}: the definition of another framework as one of Fettle's. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the workflow definition of another framework and writes it as one of Fettle's.",
            "'fettle plugins' lists the forms that are known (definitionReaders)."
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The definition.")
    String file = "";

    @Option(
            names = "--name",
            paramLabel = "WORKFLOW",
            description = "Which workflow of the file; needed where there are several.")
    @Nullable
    String name;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the definition is written; a new file (default: standard output).")
    @Nullable
    String out;

    @Option(names = "--plugins", paramLabel = "FOLDER", description = "A folder with plugin jars; may be repeated.")
    List<String> plugins = List.of();

    @Mixin
    FormatOption output = new FormatOption();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SourceOptions source = new SourceOptions();
        source.plugins = plugins;
        WorkflowOptimizer optimizer = WorkflowOptimizer.create(source.configuration());
        List<ImportedWorkflow> all = optimizer.definitions(existing(file));
        if (output.format == OutputOptions.Format.JSON && out == null) {
            List<Map<String, Object>> list = new ArrayList<>();
            (name == null ? all : List.of(choose(all, file, name))).forEach(one -> list.add(tree(one)));
            terminal.out()
                    .println(Json.mapper()
                            .<ObjectNode>valueToTree(Map.of("workflows", list))
                            .toString());
            return ExitCode.DONE;
        }
        ImportedWorkflow one = choose(all, file, name);
        one.notes().forEach(terminal::tell);
        String yaml = WorkflowWriter.toYaml(one.workflow());
        if (out == null) {
            terminal.out().print(yaml);
        } else {
            write(SourceOptions.path(out), yaml);
            terminal.print(out + ": " + one.workflow().allNodes().size() + " nodes");
        }
        return ExitCode.DONE;
    }

    /** The definition of a workflow in any known form, for the analysis of its traces. */
    static Workflow definition(WorkflowOptimizer optimizer, String file, Terminal terminal) {
        ImportedWorkflow one = choose(optimizer.definitions(existing(file)), file, null);
        one.notes().forEach(terminal::tell);
        return one.workflow();
    }

    private static Path existing(String file) {
        Path path = SourceOptions.path(file);
        if (!Files.isRegularFile(path)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, path + ": does not exist; expected the definition of a workflow");
        }
        return path;
    }

    private static ImportedWorkflow choose(List<ImportedWorkflow> all, String file, @Nullable String name) {
        List<String> names = all.stream().map(ImportedWorkflow::name).toList();
        if (name == null && all.size() > 1) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    file + ": holds " + all.size() + " workflows " + names
                            + "; expected one. Write one of them with 'fettle import " + file
                            + " --name NAME --out workflow.yaml'");
        }
        return all.stream()
                .filter(one -> name == null || one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FettleException(
                        ErrorCode.USAGE,
                        file + ": holds no workflow (" + name + ")" + NearestName.hint(String.valueOf(name), names)));
    }

    private static Map<String, Object> tree(ImportedWorkflow one) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", one.name());
        tree.put("notes", one.notes());
        tree.put("definition", WorkflowWriter.toTree(one.workflow()));
        return tree;
    }

    private static void write(Path target, String yaml) {
        if (Files.exists(target)) {
            throw new FettleException(ErrorCode.BAD_INPUT, target + ": is there already; expected a new file");
        }
        try {
            AtomicFile.write(target, yaml);
        } catch (IOException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    target + ": cannot be written (" + e.getMessage() + "); give another --out",
                    e);
        }
    }
}
