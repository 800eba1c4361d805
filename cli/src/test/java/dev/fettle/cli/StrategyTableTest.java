package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.strategy.OptimizationStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class StrategyTableTest {

    @Test
    void everyRegisteredStrategyHasALineInTheTableAndSaysWhatItNeeds() throws Exception {
        Path root = Path.of(System.getProperty("fettle.root", ".."));
        List<String> rows = Files.readAllLines(root.resolve("docs/strategies.md")).stream()
                .filter(line -> line.startsWith("| ")
                        && line.chars().filter(c -> c == '|').count() == 7)
                .toList();
        int strategies = 0;
        for (OptimizationStrategy strategy : ServiceLoader.load(OptimizationStrategy.class)) {
            strategies++;
            assertThat(rows)
                    .as("rows of (" + strategy.name() + ")")
                    .anyMatch(row -> row.split("\\|", -1)[2].contains("`" + strategy.name() + "`"));
            assertThat(strategy.needs())
                    .as("needs of (" + strategy.name() + ")")
                    .isNotBlank();
        }
        assertThat(strategies).isGreaterThanOrEqualTo(19);
    }
}
