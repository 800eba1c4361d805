package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadFilesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsTheFolderRelativeToTheDefinition() throws IOException {
        Path definition = Files.createDirectories(folder.resolve("examples/review"));
        Files.createDirectories(folder.resolve("code"));
        Files.writeString(folder.resolve("code/A.java"), "class A {}");

        Map<String, Object> updates = new ReadFiles()
                .run(TestContext.of(Map.of("folder", "../../code")).in(definition));

        assertThat(updates).isEqualTo(Map.of("files", List.of(Map.of("path", "A.java", "text", "class A {}"))));
    }

    @Test
    void namesTheKeyThatIsMissing() {
        assertThatThrownBy(() -> new ReadFiles().run(TestContext.of(Map.of())))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("folder");
    }
}
