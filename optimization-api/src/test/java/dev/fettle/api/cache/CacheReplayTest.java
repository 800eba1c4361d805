package dev.fettle.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheReplayTest {
    /** Asks for each letter in turn, a second apart, and keeps what was missing; gives H for a hit and m for a miss. */
    private static String replay(Policies.Cache policy, String keys) {
        CacheReplay cache = new CacheReplay(policy);
        StringBuilder hits = new StringBuilder();
        for (int i = 0; i < keys.length(); i++) {
            String key = keys.substring(i, i + 1);
            boolean hit = cache.hit(key, i);
            if (!hit) {
                cache.store(key, i);
            }
            hits.append(hit ? 'H' : 'm');
        }
        return hits.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "LRU, abacab, mmHmHm",
        "FIFO, abacab, mmHmmm",
        "LFU, aabcab, mHmmHm",
        "LFU, abbcab, mmHmmH",
    })
    void aFullCacheDropsWhatItsEvictionSays(Policies.Cache.Eviction eviction, String keys, String expected) {
        assertThat(replay(new Policies.Cache("tool", null, 2, eviction), keys)).isEqualTo(expected);
    }

    @Test
    void anEntryIsGoneAfterItsTimeToLive() {
        List<String> results = new ArrayList<>();
        for (int seconds = 1; seconds <= 3; seconds++) {
            results.add(replay(
                    new Policies.Cache("tool", Duration.ofSeconds(seconds), 10, Policies.Cache.Eviction.LRU), "aaaa"));
        }
        assertThat(results).containsExactly("mmmm", "mHmH", "mHHm");
    }
}
