package dev.fettle.core.optimize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.Configuration;
import dev.fettle.core.definition.ConfigurationReader;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.YamlText;
import dev.fettle.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A workflow that can be run: a folder with {@code workflow.yaml} (or {@code .yml}, {@code .json}), {@code inputs.jsonl}
 * with one JSON object of input keys a line, and optionally {@code fettle.yaml}.
 */
public record Project(
        Path folder,
        Path definition,
        Workflow workflow,
        List<Map<String, Object>> inputs,
        Configuration configuration) {

    /**
     * Reads a project.
     *
     * @param path its folder, or the definition in it
     * @throws FettleException with everything that is wrong in the first file that has a problem
     */
    public static Project read(Path path) {
        Project project = readDefinition(path);
        List<Map<String, Object>> inputs = inputs(project.folder().resolve("inputs.jsonl"), project.workflow());
        return new Project(project.folder(), project.definition(), project.workflow(), inputs, project.configuration());
    }

    /** Reads a project without its inputs. */
    public static Project readDefinition(Path path) {
        Path definition = definition(path);
        Path folder = definition.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new FettleException(ErrorCode.BAD_INPUT, definition + ": has no folder");
        }
        Workflow workflow = WorkflowReader.read(definition);
        Configuration configuration = ConfigurationReader.read(folder.resolve("fettle.yaml"));
        return new Project(folder, definition, workflow, List.of(), configuration);
    }

    private static Path definition(Path path) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    path + ": does not exist; expected a folder with a workflow.yaml, or the file");
        }
        return Stream.of("workflow.yaml", "workflow.yml", "workflow.json")
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new FettleException(
                        ErrorCode.BAD_INPUT, path + ": holds no workflow.yaml; expected the definition of a workflow"));
    }

    private static List<Map<String, Object>> inputs(Path file, Workflow workflow) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        if (!Files.exists(file)) {
            if (!workflow.inputs().isEmpty()) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        file + ": does not exist; expected one JSON object with " + workflow.inputs() + " a line");
            }
            inputs.add(Map.of());
            return inputs;
        }
        ObjectMapper mapper = Json.mapper();
        List<String> lines = YamlText.read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                inputs.add(input(mapper, lines.get(i), file + ":" + (i + 1), workflow));
            }
        }
        if (inputs.isEmpty()) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": is empty; expected at least one JSON object");
        }
        return inputs;
    }

    private static Map<String, Object> input(ObjectMapper mapper, String line, String place, Workflow workflow) {
        Map<String, Object> input;
        try {
            input = mapper.readValue(line, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    place + ":"
                            + (e.getLocation() == null ? 1 : e.getLocation().getColumnNr())
                            + ": not a JSON object: " + e.getOriginalMessage(),
                    e);
        }
        for (String key : workflow.inputs()) {
            if (!input.containsKey(key)) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        place + ": the input key (" + key + ") is missing; the workflow declares " + workflow.inputs());
            }
        }
        return input;
    }
}
