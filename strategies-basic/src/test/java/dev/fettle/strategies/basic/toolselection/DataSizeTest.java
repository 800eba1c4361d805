package dev.fettle.strategies.basic.toolselection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"query\":\"a\"}; 0",
                "{\"rows\":[],\"query\":\"a,b\"}; 0",
                "{\"rows\":[1,2,3]}; 3",
                "{\"rows\":[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}],\"more\":[1]}; 2",
                "[[1,2,3],[4,5]]; 3",
                "{\"rows\":[\"a,b\",\"[1,2,3]\",\"\\\"],\"]}; 3"
            })
    void countsTheLongestList(String json, long items) {
        assertThat(DataSize.items(json)).isEqualTo(items);
    }

    @Test
    void timesOnMuchMoreDataSayNothing() {
        assertThat(DataSize.comparable(1000, 900)).isTrue();
        assertThat(DataSize.comparable(1000, 100)).isFalse();
        assertThat(DataSize.comparable(100, 1000)).isFalse();
        assertThat(DataSize.comparable(Double.NaN, 1000)).isTrue();
    }
}
