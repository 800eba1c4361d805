package dev.fettle.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SideBySideTest {
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyTaskIsDoneOnceAndTheResultsComeInTheirOrder() {
        AtomicInteger done = new AtomicInteger();
        List<Supplier<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int task = i;
            tasks.add(() -> {
                done.incrementAndGet();
                return task;
            });
        }
        for (int threads : List.of(1, 2, 7, 1000)) {
            done.set(0);
            assertThat(SideBySide.of(tasks, threads))
                    .isEqualTo(IntStream.range(0, 500).boxed().toList());
            assertThat(done).hasValue(500);
        }
    }

    @Test
    @Timeout(60)
    void tasksThatWaitForEachOtherEndWhereThereIsAThreadForEach() {
        CountDownLatch both = new CountDownLatch(2);
        Supplier<String> task = () -> {
            both.countDown();
            await(both);
            return Thread.currentThread().getName();
        };
        assertThat(SideBySide.of(List.of(task, task), 2)).doesNotHaveDuplicates();
    }

    @Test
    void oneThreadIsTheCallers() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Supplier<Boolean> task = () -> threads.add(Thread.currentThread());
        SideBySide.of(List.of(task, task, task), 1);
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void ofSeveralFailuresTheFirstInOrderIsThrownWhoeverFailsFirst() {
        CountDownLatch late = new CountDownLatch(1);
        Supplier<String> first = () -> {
            await(late);
            throw new IllegalArgumentException("first");
        };
        Supplier<String> second = () -> {
            late.countDown();
            throw new IllegalStateException("second");
        };
        assertThatThrownBy(() -> SideBySide.of(List.of(first, second), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first");
    }

    @Test
    void aCallerThatWasInterruptedGetsItsResultsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(SideBySide.of(List.of(() -> 1, () -> 2), 2)).containsExactly(1, 2);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nothingToDoGivesNothing() {
        assertThat(SideBySide.of(List.<Supplier<String>>of(), 4)).isEmpty();
    }
}
