package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.execute.NodeRunner;
import dev.fettle.examples.reporeview.source.SourceFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of a node on the same state give the same text, so the order inside maps and lists is the same too. */
class DeterminismTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void everyNodeGivesTheSameResultTwice() throws Exception {
        Map<String, Object> state = new LinkedHashMap<>();
        Path code = Path.of("src").toAbsolutePath();
        state.put("folder", code.toString());
        state.put("query", "search index words");
        state.putAll(new ReadFiles().run(TestContext.of(state).in(directory)));
        assertThat(SourceFolder.read(code)).hasSizeGreaterThan(20);
        for (String key : List.of("terms", "words")) {
            state.put(key, new CountTerms().run(TestContext.of(state)).get("result"));
        }
        int runners = 0;
        for (NodeRunner runner : ServiceLoader.load(NodeRunner.class)) {
            TestContext context = TestContext.of(state).in(directory);

            assertThat(runner.run(context).toString())
                    .as(runner.name())
                    .isEqualTo(runner.run(context).toString());
            runners++;
        }
        assertThat(runners).isGreaterThan(10);
    }
}
