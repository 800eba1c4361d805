package dev.fettle.core.definition;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ResolvedWorkflow;
import dev.fettle.api.execute.WorkflowResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the definitions that sub-workflow nodes refer to among the files of a project. Links are followed before it is
 * decided whether a file lies inside the project.
 */
public final class DefinitionFiles implements WorkflowResolver {
    private static final List<String> NAMES = List.of("workflow.yaml", "workflow.yml", "workflow.json");

    @Override
    public ResolvedWorkflow resolve(String reference, Path directory, Path root) {
        Path file = definition(path(reference, directory), reference);
        Path real = real(file);
        Path realRoot = real(root);
        if (!real.startsWith(realRoot)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the sub-workflow (" + reference + ") is the file (" + real
                            + "), which is outside the project folder (" + realRoot
                            + "); expected a definition inside it");
        }
        return new ResolvedWorkflow(WorkflowReader.read(real), real);
    }

    private static Path path(String reference, Path directory) {
        try {
            return directory.resolve(reference);
        } catch (InvalidPathException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the sub-workflow (" + reference + ") is not a path: " + e.getReason()
                            + "; expected a path relative to the definition that refers to it",
                    e);
        }
    }

    private static Path definition(Path path, String reference) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        return Stream.concat(
                        Files.isDirectory(path) ? NAMES.stream().map(path::resolve) : Stream.empty(),
                        Stream.of(path.resolveSibling(path.getFileName() + ".yaml")))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new FettleException(
                        ErrorCode.BAD_INPUT,
                        "the sub-workflow (" + reference + ") does not exist (" + path.normalize()
                                + "); expected a definition, or a folder with a workflow.yaml"));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, path + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
