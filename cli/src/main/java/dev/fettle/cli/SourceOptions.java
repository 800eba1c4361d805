package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.ConfigurationReader;
import dev.fettle.core.optimize.Project;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command works on, and with which plugins and prices. */
final class SourceOptions {
    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "PROJECT",
            description = "A folder with workflow.yaml and inputs.jsonl, or the definition itself."
                    + " After --traces: further files and folders.")
    List<String> positional = List.of();

    @Option(names = "--traces", paramLabel = "FILE_OR_FOLDER", description = "Recorded traces: files and folders.")
    @Nullable
    String traces;

    @Option(
            names = "--workflow",
            paramLabel = "FILE",
            description = "The definition of the workflow whose traces are read; without it, it is discovered.")
    @Nullable
    String workflow;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration for work on traces; a project has its own fettle.yaml.")
    @Nullable
    String config;

    @Option(
            names = "--plugins",
            paramLabel = "FOLDER",
            description = "A folder with plugin jars, besides the configured ones; may be repeated.")
    List<String> plugins = List.of();

    @Option(
            names = "--models",
            paramLabel = "FILE",
            description = "Own model prices (YAML, or a LiteLLM price map); may be repeated.")
    List<String> models = List.of();

    /** The trace files and folders; empty where a project is to be run. */
    List<Path> traceSources() {
        List<Path> sources = new ArrayList<>();
        if (traces != null) {
            sources.add(path(traces));
            sources.addAll(paths(positional));
        }
        return sources;
    }

    /** The same, where a command works on nothing else. */
    List<Path> requireTraceSources() {
        if (traces == null) {
            throw new FettleException(
                    ErrorCode.USAGE, "no traces are given; expected --traces with files or folders of recorded traces");
        }
        return traceSources();
    }

    /** The only project named. */
    Path projectPath() {
        if (positional.size() != 1) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "got " + positional.size() + " projects " + positional
                            + "; expected one folder with a workflow.yaml, or --traces with recorded traces");
        }
        return path(positional.get(0));
    }

    Project project() {
        if (traces != null || workflow != null || config != null) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "--traces, --workflow and --config do not go with a project, which has its own workflow.yaml and"
                            + " fettle.yaml; leave them out");
        }
        return withOptions(Project.read(projectPath()));
    }

    /** A project without further options. */
    static Project project(String folder) {
        SourceOptions source = new SourceOptions();
        source.positional = List.of(folder);
        return source.project();
    }

    /** A project on the command line, for a command that has its inputs from elsewhere. */
    Project definition() {
        return withOptions(Project.readDefinition(projectPath()));
    }

    private Project withOptions(Project project) {
        List<Path> dropIn = new ArrayList<>(PluginFolders.installed());
        dropIn.addAll(PluginFolders.in(project.folder()));
        return new Project(
                project.folder(),
                project.definition(),
                project.workflow(),
                project.inputs(),
                withOptions(project.configuration(), dropIn));
    }

    /** The configuration for work on traces. */
    Configuration configuration() {
        return withOptions(
                config == null ? Configuration.DEFAULT : ConfigurationReader.read(existing(path(config))),
                PluginFolders.installed());
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": does not exist; expected a configuration");
        }
        return file;
    }

    /** @param dropIn folders whose jars are plugins without being named */
    private Configuration withOptions(Configuration base, List<Path> dropIn) {
        List<Path> allPlugins = new ArrayList<>(dropIn);
        allPlugins.addAll(base.plugins());
        allPlugins.addAll(paths(plugins));
        List<Path> allModels = new ArrayList<>(base.models());
        allModels.addAll(paths(models));
        return new Configuration(
                PluginFolders.distinct(allPlugins),
                allModels,
                base.objective(),
                base.constraints(),
                base.search(),
                base.profiling(),
                base.validation(),
                base.maxUsd(),
                base.settings(),
                base.recording());
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new FettleException(ErrorCode.USAGE, "the path (" + text + ") is not usable: " + e.getReason(), e);
        }
    }

    private static List<Path> paths(List<String> texts) {
        return texts.stream().map(SourceOptions::path).toList();
    }
}
