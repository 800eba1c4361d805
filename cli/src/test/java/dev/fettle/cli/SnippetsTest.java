package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java that these pages show is a piece of a file that is compiled and tested. */
class SnippetsTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java[ \\t]*\\n(.*?)^```[ \\t]*$");

    @ParameterizedTest
    @ValueSource(strings = {"write-a-strategy.md", "write-a-search-algorithm.md", "embed.md"})
    void everyJavaBlockIsInAFileThatIsCompiled(String page) throws IOException {
        String text = Files.readString(CommandLineRun.root().resolve("docs").resolve(page));
        List<String> sources = sources();

        List<String> blocks = JAVA_BLOCK
                .matcher(text)
                .results()
                .map((MatchResult block) -> withoutIndentation(block.group(1)))
                .toList();

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2).allSatisfy(block -> assertThat(sources)
                .as("the block, in a Java file of the examples or of the tests of the test kit:\n" + block)
                .anyMatch(source -> source.contains(block)));
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String folder : List.of("examples", "optimization-testkit/src/test")) {
            try (Stream<Path> files = Files.walk(CommandLineRun.root().resolve(folder))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    sources.add(withoutIndentation(Files.readString(file)));
                }
            }
        }
        return sources;
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
