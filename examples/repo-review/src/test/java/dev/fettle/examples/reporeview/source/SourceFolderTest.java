package dev.fettle.examples.reporeview.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFolderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsJavaAndMarkdownInTheOrderOfThePaths() throws IOException {
        write("b/B.java", "class B {}");
        write("README.md", "# Read me");
        write("a/A.java", "class A {}");
        write("a/data.json", "{}");

        assertThat(SourceFolder.read(folder))
                .containsExactly(
                        new SourceFile("README.md", "# Read me"),
                        new SourceFile("a/A.java", "class A {}"),
                        new SourceFile("b/B.java", "class B {}"));
    }

    @Test
    void skipsHiddenFoldersAndBuildOutput() throws IOException {
        write(".hidden/A.java", "class A {}");
        write("module/target/B.java", "class B {}");
        write("module/src/C.java", "class C {}");

        assertThat(SourceFolder.read(folder)).extracting(SourceFile::path).containsExactly("module/src/C.java");
    }

    @Test
    void skipsAFileThatIsTooLarge() throws IOException {
        write("Large.java", "x".repeat((int) SourceFolder.MAX_FILE_BYTES + 1));
        write("Small.java", "x".repeat((int) SourceFolder.MAX_FILE_BYTES));

        assertThat(SourceFolder.read(folder)).extracting(SourceFile::path).containsExactly("Small.java");
    }

    @Test
    void takesASampleOfManyFiles() throws IOException {
        for (int i = 0; i < SourceFolder.MAX_FILES + 50; i++) {
            write("p" + i % 7 + "/F" + i + ".java", "class F" + i + " {}");
        }

        List<SourceFile> sample = SourceFolder.read(folder);

        assertThat(sample).hasSize(SourceFolder.MAX_FILES).isEqualTo(SourceFolder.read(folder));
        assertThat(sample.stream().map(file -> file.path().substring(0, 2)).distinct())
                .hasSize(7);
    }

    @Test
    void readsNoMoreBytesThanTheBound() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("F" + i + ".java", "x".repeat(40_000));
        }

        long total = SourceFolder.read(folder).stream()
                .mapToLong(file -> file.text().length())
                .sum();

        assertThat(total).isEqualTo(400_000).isEqualTo(SourceFolder.MAX_TOTAL_BYTES);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> SourceFolder.read(missing))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining(missing.toString());
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }
}
