package dev.fettle.runtime.budget;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A limit of what may be spent, within a wider one. No call is begun once it is spent. Calls at the same time are admitted
 * while their highest possible costs fit together; a call that could cost more than what is left, or of which nobody knows
 * what it could cost, is admitted only when no other is under way. After a call of which nobody knows what it did cost, no
 * further one is. So the limit is exceeded by one call at most.
 *
 * <p>A server may count more tokens than it was asked for. So calls take turns until one has kept to its highest possible cost,
 * and again after one that has not: only where a server changes its ways may those under way with it exceed the limit, too.
 * Calls of a price that is certain need not wait for this.
 *
 * <p>An end is a looser limit, for spending that others share: calls neither wait nor need a known price, and none that costs
 * begins once it is reached. Calls under way then may exceed it.
 *
 * <p>Safe for use by several threads.
 */
public final class Budget {
    private final String name;
    private final @Nullable BigDecimal limit;
    private final @Nullable Budget wider;
    private final @Nullable BigDecimal end;
    private @Nullable FettleException refused;
    private BigDecimal spent;
    private BigDecimal reserved = BigDecimal.ZERO;
    private int underWay;
    private boolean unknown;
    private boolean kept;
    private boolean exceeded;

    private Budget(
            String name,
            @Nullable BigDecimal limit,
            @Nullable Budget wider,
            BigDecimal spent,
            @Nullable BigDecimal end) {
        this.name = name;
        this.limit = limit;
        this.wider = wider;
        this.spent = spent;
        this.end = end;
    }

    /**
     * @param name for messages, as in {@code the run (setting maxUsd)}
     * @param limit in USD; absent for none
     * @param spent in USD, before
     * @param maySpend in USD from here on; infinite for no end
     */
    public static Budget of(String name, OptionalDouble limit, BigDecimal spent, double maySpend) {
        BigDecimal end = Double.isInfinite(maySpend) ? null : spent.add(BigDecimal.valueOf(maySpend));
        return new Budget(name, money(limit), null, spent, end);
    }

    /** A budget inside this one: what it spends counts here too; what it has spent before counts here already. */
    public Budget within(String innerName, OptionalDouble innerLimit, BigDecimal innerSpent) {
        return new Budget(innerName, money(innerLimit), this, innerSpent, null);
    }

    private static @Nullable BigDecimal money(OptionalDouble limit) {
        return limit.isPresent() ? BigDecimal.valueOf(limit.getAsDouble()) : null;
    }

    /** Whether there is a limit, here or in a wider budget. */
    public boolean limited() {
        return limit != null || (wider != null && wider.limited());
    }

    /** In USD; all of the limit after a call of unknown cost. */
    public synchronized BigDecimal spent() {
        return unknown && limit != null ? spent.max(limit) : spent;
    }

    /** Why a call was refused at the end of what may be spent; null where none was. */
    public synchronized @Nullable FettleException refused() {
        return refused;
    }

    /** The place of admitted calls; to be closed with what they cost. */
    public final class Admission {
        private final int calls;
        private final BigDecimal most;
        private final boolean certain;
        private final @Nullable Admission outer;
        private boolean open = true;

        /** @param certain whether no server has a say in what the calls cost */
        private Admission(int calls, BigDecimal most, boolean certain, @Nullable Admission outer) {
            this.calls = calls;
            this.most = most;
            this.certain = certain;
            this.outer = outer;
        }

        /** How many calls may be made; one, where no more were asked for. */
        public int calls() {
            return calls;
        }

        /** Ends the calls with what they cost together; the first end counts. */
        public void spend(BigDecimal usd) {
            end(usd.max(BigDecimal.ZERO), false);
        }

        /** As {@link #spend(BigDecimal)}. */
        public void spend(double usd) {
            spend(BigDecimal.valueOf(usd));
        }

        /** Ends the call, which cost at least so much, and nobody knows how much more. */
        public void spendAtLeast(double usd) {
            end(BigDecimal.valueOf(Math.max(0, usd)), true);
        }

        private void end(BigDecimal cost, boolean perhapsMore) {
            synchronized (Budget.this) {
                if (!open) {
                    return;
                }
                open = false;
                spent = spent.add(cost);
                unknown |= perhapsMore;
                exceeded |= cost.compareTo(most) > 0;
                kept |= !certain && cost.signum() > 0;
                reserved = reserved.subtract(most);
                underWay--;
                Budget.this.notifyAll();
            }
            if (outer != null) {
                outer.end(cost, perhapsMore);
            }
        }
    }

    /**
     * Waits until a call may begin.
     *
     * @param mostUsd the highest possible cost of the call; infinite where it is not known
     * @throws FettleException where the budget is spent
     */
    public Admission admit(double mostUsd) throws InterruptedException {
        return admit(mostUsd, mostUsd > 0);
    }

    /**
     * As {@link #admit(double)}.
     *
     * @param costs whether the call costs anything, which may be known where the highest possible cost is not asked for
     */
    public Admission admit(double mostUsd, boolean costs) throws InterruptedException {
        return enter(costs, Double.isFinite(mostUsd) ? BigDecimal.valueOf(mostUsd) : null, false);
    }

    /**
     * Waits until at least one of several equal calls may begin, and lets as many begin together as fit.
     *
     * @param usd what each costs
     * @param calls how many, one at least
     * @throws FettleException where the budget is spent
     */
    public Admission admit(BigDecimal usd, int calls) throws InterruptedException {
        for (int fitting = Math.min(calls, fitting(usd, calls)); fitting > 1; fitting = fitting(usd, fitting - 1)) {
            Admission together = tryEnter(usd.multiply(BigDecimal.valueOf(fitting)), fitting);
            if (together != null) {
                return together;
            }
        }
        return enter(usd.signum() > 0, usd, true);
    }

    private int fitting(BigDecimal usd, int calls) {
        int here = calls;
        synchronized (this) {
            if (limit != null && usd.signum() > 0) {
                BigDecimal left = limit.subtract(spent()).subtract(reserved).max(BigDecimal.ZERO);
                here = left.divideToIntegralValue(usd)
                        .min(BigDecimal.valueOf(calls))
                        .intValue();
            }
        }
        return wider == null ? here : wider.fitting(usd, here);
    }

    /** Null where the calls do not fit. */
    private @Nullable Admission tryEnter(BigDecimal most, int calls) {
        synchronized (this) {
            if (most.signum() > 0 && (!fits(most) || atEnd())) {
                return null;
            }
            begin(most);
        }
        Admission outer = wider == null ? null : wider.tryEnter(most, calls);
        Admission here = new Admission(calls, most, true, outer);
        if (wider != null && outer == null) {
            here.spend(BigDecimal.ZERO);
            return null;
        }
        return here;
    }

    /**
     * @param known the highest possible cost; null where nobody knows it
     * @param certain whether no server has a say in it
     */
    private Admission enter(boolean costs, @Nullable BigDecimal known, boolean certain) throws InterruptedException {
        // Where it is not known it takes all there is: such a call is alone under way.
        BigDecimal most = known != null ? known : limit != null ? limit : BigDecimal.ZERO;
        synchronized (this) {
            while (limit != null) {
                requireLeft(costs, limit);
                boolean believed = certain || !costs || (kept && !exceeded);
                if (underWay == 0 || (known != null && believed && fits(known))) {
                    break;
                }
                wait();
            }
            requireBeforeEnd(costs);
            begin(most);
        }
        if (wider == null) {
            return new Admission(1, most, certain, null);
        }
        try {
            return new Admission(1, most, certain, wider.enter(costs, known, certain));
        } catch (InterruptedException | RuntimeException e) {
            new Admission(1, most, certain, null).spend(BigDecimal.ZERO);
            throw e;
        }
    }

    private boolean fits(BigDecimal most) {
        return limit == null || spent().add(reserved).add(most).compareTo(limit) <= 0;
    }

    private void begin(BigDecimal most) {
        underWay++;
        reserved = reserved.add(most);
    }

    private boolean atEnd() {
        return end != null && spent.compareTo(end) >= 0;
    }

    private void requireBeforeEnd(boolean costs) {
        if (costs && atEnd()) {
            refused = new FettleException(
                    ErrorCode.LIMIT,
                    "the run has spent what it may: "
                            + spent.stripTrailingZeros().toPlainString() + " USD; no further call that costs is made");
            throw refused;
        }
    }

    private void requireLeft(boolean costs, BigDecimal end) {
        if (!costs || spent().compareTo(end) < 0) {
            return;
        }
        String of = spent.stripTrailingZeros().toPlainString() + " of "
                + end.stripTrailingZeros().toPlainString() + " USD";
        throw new FettleException(
                ErrorCode.LIMIT,
                unknown
                        ? "the budget of " + name + " may be spent: a call of a model broke off, and nobody knows what"
                                + " its server will charge; known are " + of + ". No further call is made. Maybe limit"
                                + " the answers of the agent (maxTokens),"
                                + " so that the most that a call can cost"
                                + " is known"
                        : "the budget of " + name + " is spent: " + of + "; no further call is made");
    }
}
