package dev.fettle.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResourceMeterTest {
    private static final Duration WORK = Duration.ofMillis(150);

    /** Less than that is seen by the thread that waits. */
    private static final Duration WAITING = Duration.ofMillis(50);

    private static void compute() {
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + WORK.toNanos();
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void computeElsewhere() throws InterruptedException {
        Thread other = new Thread(ResourceMeterTest::compute);
        other.start();
        other.join();
    }

    private static Duration cpu(ResourceMeter meter) {
        return Objects.requireNonNull(meter.stop().cpu());
    }

    @Test
    void whatTheThreadComputesCounts() {
        ResourceMeter meter = ResourceMeter.start();
        compute();
        assertThat(cpu(meter)).isGreaterThanOrEqualTo(WORK);
    }

    @Test
    void whatOtherThreadsComputeCountsWhereNothingElseIsMeasured() throws InterruptedException {
        ResourceMeter meter = ResourceMeter.start();
        computeElsewhere();
        assertThat(cpu(meter)).isGreaterThan(WORK.minusMillis(20));
    }

    @Test
    void itIsNobodysWhereSeveralAreMeasuredAtOnce() throws InterruptedException {
        ResourceMeter early = ResourceMeter.start();
        ResourceMeter late = ResourceMeter.start();
        computeElsewhere();
        assertThat(cpu(late)).isLessThan(WAITING);
        assertThat(cpu(early)).isLessThan(WAITING);
    }

    @Test
    void itIsNobodysWhereAnotherWasMeasuredInBetween() throws InterruptedException {
        ResourceMeter outer = ResourceMeter.start();
        assertThat(cpu(ResourceMeter.start())).isLessThan(WAITING);
        computeElsewhere();
        assertThat(cpu(outer)).isLessThan(WAITING);
    }

    @Test
    void allocationsOfTheThreadCount() {
        ResourceMeter meter = ResourceMeter.start();
        byte[] kept = new byte[1 << 20];
        assertThat(meter.stop().allocatedBytes()).isNotNull().isGreaterThanOrEqualTo(kept.length);
    }
}
