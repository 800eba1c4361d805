package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.fettle.core.definition.ConfigurationReader;
import dev.fettle.core.definition.WorkflowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows can be used as it stands, and leads to where it says. */
class DocumentationTest {
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml[ \\t]*\\n(.*?)^```[ \\t]*$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```[ \\t]*$");
    private static final Pattern NODES = Pattern.compile("(?m)^nodes:.*$");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    /** A block of YAML in a page. */
    record Block(String page, int line, String text) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    @ParameterizedTest
    @MethodSource("yamlBlocks")
    void everyYamlBlockIsAConfigurationOrADefinition(Block block) {
        assertThatCode(() -> parse(block)).as(block.toString()).doesNotThrowAnyException();
    }

    private static void parse(Block block) {
        if (NODES.matcher(block.text()).find()) {
            WorkflowReader.read(block.text(), block.toString());
        } else {
            ConfigurationReader.read(block.text(), block.toString(), CommandLineRun.root());
        }
    }

    static List<Block> yamlBlocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages("docs")) {
            String text = Files.readString(page);
            Matcher matcher = YAML_BLOCK.matcher(text);
            while (matcher.find()) {
                int line = (int) text.substring(0, matcher.start()).lines().count() + 1;
                blocks.add(new Block(CommandLineRun.root().relativize(page).toString(), line, matcher.group(1)));
            }
        }
        return blocks;
    }

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages("docs", "examples")) {
            for (String link : links(Files.readString(page))) {
                links++;
                String file = link.replaceFirst("#.*$", "");
                if (!file.isEmpty() && !Files.exists(page.resolveSibling(file))) {
                    broken.add(CommandLineRun.root().relativize(page) + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).as("links found").isGreaterThan(10);
    }

    private static List<String> links(String page) {
        return LINK.matcher(CODE_BLOCK.matcher(page).replaceAll(""))
                .results()
                .map((MatchResult result) -> result.group(1))
                .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .toList();
    }

    @Test
    void theSchemaAcceptsTheDefinitionOfTheExample() throws IOException {
        assertThat(problems(example())).isEmpty();
    }

    @Test
    void theSchemaAcceptsAllKindsOfNodesThatTheReaderAccepts() throws IOException {
        String definition = """
                version: 1
                id: kinds
                inputs: [text]
                tools: [{name: search, effects: none, batch: true}]
                nodes:
                  - {id: agent, kind: agent, model: m, prompt: "Read {text}", reads: [text], writes: [a], timeout: 30s}
                  - {id: tool, kind: tool, tool: search, arguments: {query: text}, reads: [text], writes: [hits]}
                  - id: block
                    kind: parallel
                    onError: collect
                    reducers: {list: append}
                    members:
                      - {id: one, kind: function, runner: f, reads: [text], writes: [list], retry: {maxAttempts: 3}}
                      - {id: two, kind: command, command: [cat], environment: [PATH], reads: [text], writes: [list]}
                  - {id: ask, kind: human, prompt: "Fine?", reads: [list], writes: [answer]}
                  - {id: gate, kind: condition, reads: [answer], compare: {key: answer, operator: equals, value: yes}}
                edges:
                  - {from: agent, to: tool}
                  - {from: tool, to: block}
                  - {from: block, to: ask}
                  - {from: ask, to: gate}
                  - {from: gate, to: end, when: true}
                  - {from: gate, to: agent, when: false, maxTraversals: 2}
                """;

        assertThat(WorkflowReader.read(definition, "kinds.yaml").nodes()).hasSize(5);
        assertThat(problems(definition)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: functoin",
                "kind: [function]",
                "kind: function, timeout: soon",
                "kind: function, effects: some",
                "kind: function, no-such-key: 1",
                "kind: parallel, members: [{id: one, kind: function}], reads: [a]",
                "kind: parallel, members: [{id: one, kind: function}], writes: [a]",
            })
    void theSchemaRejectsWhatTheReaderRejects(String wrong) throws IOException {
        String broken = NODES.matcher(example()).replaceFirst("nodes:\n  - {id: broken, " + wrong + "}\n");

        assertThat(broken).isNotEqualTo(example());
        assertThat(problems(broken)).isNotEmpty();
        assertThatCode(() -> WorkflowReader.read(broken, "broken.yaml")).hasMessageContaining("broken.yaml:");
    }

    @Test
    void theSchemaRejectsADefinitionWithoutNodes() throws IOException {
        assertThat(problems("{version: 1, id: empty}")).isNotEmpty();
    }

    private static String example() throws IOException {
        return Files.readString(CommandLineRun.root().resolve("examples/repo-review/workflow.yaml"));
    }

    private static Set<ValidationMessage> problems(String definition) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CommandLineRun.root().resolve("docs/workflow.schema.json")));
        return schema.validate(definition, InputFormat.YAML);
    }

    /** The README and all pages in the folders. */
    private static List<Path> pages(String... folders) throws IOException {
        List<Path> pages = new ArrayList<>(List.of(CommandLineRun.root().resolve("README.md")));
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(CommandLineRun.root().resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }
}
