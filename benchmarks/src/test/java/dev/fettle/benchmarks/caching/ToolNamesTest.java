package dev.fettle.benchmarks.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Effects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "get_order_details",
                "search_flights",
                "listFiles",
                "FindUserTool",
                "github.search_issues",
                "mcp__files__read_file",
                "web_search",
                "get_return_label",
                "calculate"
            })
    void aVerbOfReadingStandsForNoEffects(String name) {
        assertThat(ToolNames.effects(name)).isEqualTo(Effects.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "book_flight",
                "save_search",
                "get_or_create_user",
                "read_and_delete",
                "page_down",
                "think",
                "executeQuery",
                "mcp__files__write_file",
                "return_items",
                ""
            })
    void everyOtherNameStandsForUnknownEffects(String name) {
        assertThat(ToolNames.effects(name)).isEqualTo(Effects.UNKNOWN);
        assertThat(ToolNames.reason(name)).isNotBlank();
    }
}
