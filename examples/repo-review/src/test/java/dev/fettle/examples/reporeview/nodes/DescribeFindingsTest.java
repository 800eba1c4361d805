package dev.fettle.examples.reporeview.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DescribeFindingsTest {
    @Test
    void givesEachCheckASentenceInTheOrderOfTheNames() {
        Map<String, Object> state = Map.of(
                "style", Finding.report(List.of(new Finding("tab", "A.java", 1, "x")), 5),
                "keywords", List.of("index"),
                "near_duplicates", new TreeMap<>(Map.of("pairs", 0, "top", List.of())));

        assertThat(new DescribeFindings().run(TestContext.of(state))).isEqualTo(Map.of("findings", """
                        As keywords there are [index].
                        Shared passages are in 0 pairs of files, most of all [].
                        The check of style found 1 places, by rule {tab=1}."""));
    }
}
