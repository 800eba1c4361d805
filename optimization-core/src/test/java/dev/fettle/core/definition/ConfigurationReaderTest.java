package dev.fettle.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.strategy.RiskLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {
    private static final Path FOLDER = Path.of("/project");

    @Test
    void whatIsNotConfiguredHasItsDefault() {
        Configuration configuration = ConfigurationReader.read("search: {seed: 7}", "fettle.yaml", FOLDER);

        assertThat(configuration.search().seed()).isEqualTo(7);
        assertThat(configuration.search().maxEvaluations())
                .isEqualTo(Configuration.DEFAULT.search().maxEvaluations());
        assertThat(configuration.objective()).isEqualTo(Configuration.DEFAULT.objective());
        assertThat(ConfigurationReader.read("", "fettle.yaml", FOLDER)).isEqualTo(Configuration.DEFAULT);
    }

    @Test
    void everySectionIsRead() {
        Configuration configuration = ConfigurationReader.read("""
                plugins: [target, ../shared-plugins]
                models: [prices.yaml]
                objective: {duration: 1, cost: 0, quality: 0}
                constraints: {maxRisk: low, minQuality: 0.9, keepNodes: [audit]}
                search: {algorithm: annealing, maxTime: 2s, concurrency: 4}
                profiling: {runs: 5, warmUp: 1}
                validation: {pairs: 9, judge: structural}
                detectors: {slow-node: {factor: 4}}
                """, "fettle.yaml", FOLDER);

        assertThat(configuration.plugins()).containsExactly(Path.of("/project/target"), Path.of("/shared-plugins"));
        assertThat(configuration.constraints().maxRisk()).isEqualTo(RiskLevel.LOW);
        assertThat(configuration.constraints().keepNodes()).containsExactly("audit");
        assertThat(configuration.search().maxTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.profiling().runs()).isEqualTo(5);
        assertThat(configuration.validation().judge()).isEqualTo("structural");
        assertThat(configuration.settings()).isEqualTo(Map.of("detectors", Map.of("slow-node", Map.of("factor", 4))));
    }

    @Test
    void problemsAreReportedTogetherWithTheirPlaces() {
        assertThatThrownBy(() -> ConfigurationReader.read("""
                        objectiv: {}
                        search: {seeds: 1, maxTime: 0s}
                        constraints: {minQuality: 2}
                        """, "fettle.yaml", FOLDER))
                .hasMessageContaining("fettle.yaml:1:1: the key (objectiv) is not known here. Maybe (objective)")
                .hasMessageContaining("fettle.yaml:2:10: the key (seeds) is not known here. Maybe (seed)")
                .hasMessageContaining("maxTime is 0; expected a positive duration")
                .hasMessageContaining("fettle.yaml:3:27: minQuality is (2); expected a number from 0.0 to 1.0");
    }

    @Test
    void weightsMayNotAllBeZero() {
        assertThatThrownBy(() -> ConfigurationReader.read(
                        "objective: {duration: 0, cost: 0, quality: 0}", "fettle.yaml", FOLDER))
                .hasMessageContaining("all weights are 0");
    }
}
