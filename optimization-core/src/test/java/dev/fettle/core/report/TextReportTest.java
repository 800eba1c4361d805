package dev.fettle.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
    @ParameterizedTest
    @ValueSource(ints = {80, 93, 120})
    void noLineIsWiderThanTheTerminal(int width) {
        for (ReportInput input : List.of(SampleReport.optimized(""), SampleReport.discovered(60))) {
            assertThat(TextReport.write(input, width, false).lines())
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void columnsOfNumbersAreAligned() {
        List<String> bars = TextReport.write(SampleReport.optimized(""), 100, false)
                .lines()
                .filter(line -> line.contains("█") || line.contains("····"))
                .toList();

        assertThat(bars).hasSizeGreaterThan(5);
        assertThat(bars).allSatisfy(line -> assertThat(line).hasSameSizeAs(bars.get(0)));
    }

    @Test
    void colourComesOnlyWhenAsked() {
        ReportInput input = SampleReport.optimized("");

        assertThat(TextReport.write(input, 100, false)).doesNotContain("\u001B");
        assertThat(TextReport.write(input, 100, true).replaceAll("\u001B\\[[0-9]+m", ""))
                .isEqualTo(TextReport.write(input, 100, false));
    }

    @Test
    void controlCharactersInNamesDoNotReachTheTerminal() {
        String text = TextReport.write(SampleReport.optimized("\u001B]0;title\u0007\r\u009B"), 100, false);

        assertThat(text.chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                .isEmpty();
    }

    @Test
    void theVerdictAndItsReasonsAreThere() {
        assertThat(TextReport.write(SampleReport.optimized(""), 100, false))
                .contains("APPROVE, speedup 2.21×")
                .contains("0 of 40 outputs differ: at most 7.5 % would, at 95 %");
    }

    @Test
    void alternativesAreShownWithIntervalsAndSources() {
        String text = TextReport.write(SampleReport.optimized(""), 100, false);

        assertThat(text).contains("Plan and alternatives", "quickest", "1 suggestion");
        assertThat(text.substring(text.indexOf("quickest"))).contains("estimated, 90 %");
    }
}
