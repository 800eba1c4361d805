package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.examples.reporeview.source.SourceFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintFilesTest {
    private final FingerprintFiles runner = new FingerprintFiles();

    @TempDir
    Path directory = Path.of("");

    @Test
    void dependsOnPathsAndTextsOnly() throws Exception {
        Map<String, Object> first = runner.run(review("A.java", "class A {}"));

        assertThat(runner.run(review("A.java", "class A {}"))).isEqualTo(first);
        assertThat(runner.run(review("B.java", "class A {}"))).isNotEqualTo(first);
        assertThat(runner.run(review("A.java", "class B {}"))).isNotEqualTo(first);
    }

    @Test
    void failsOnceAfterAReviewThatKeptItsLockAndThenSucceeds() throws Exception {
        TestContext tooMany = review("A.java", "class A {}").with("mostKept", 0);
        Map<String, Object> first = runner.run(tooMany);

        assertThatThrownBy(() -> runner.run(tooMany)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(runner.run(tooMany)).isEqualTo(first);
    }

    private TestContext review(String path, String text) {
        return TestContext.files(new SourceFile(path, text))
                .and("folder", "src")
                .in(directory);
    }
}
