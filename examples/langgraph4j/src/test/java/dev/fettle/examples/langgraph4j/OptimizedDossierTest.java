package dev.fettle.examples.langgraph4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptimizedDossierTest {
    @Test
    void theOptimizedGraphDoesLessAndWritesTheSame() throws Exception {
        String told = OptimizedDossier.run(Path.of("src/main/java"));
        assertThat(told).contains("letters", "15 paired runs", "0 dossiers differ");
    }
}
