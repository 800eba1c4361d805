package dev.fettle.runtime.budget;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A limit of what may be spent, within a wider one. No call is begun once it is spent. Calls at the same time are admitted
 * while their highest possible costs fit together; a call that could cost more than what is left, or of which nobody knows
 * what it could cost, is admitted only when no other is under way. So the limit is exceeded by one call at most.
 *
 * <p>Safe for use by several threads.
 */
public final class Budget {
    private final String name;
    private final @Nullable BigDecimal limit;
    private final @Nullable Budget wider;
    private BigDecimal spent;
    private BigDecimal reserved = BigDecimal.ZERO;
    private int underWay;

    private Budget(String name, @Nullable BigDecimal limit, @Nullable Budget wider, BigDecimal spent) {
        this.name = name;
        this.limit = limit;
        this.wider = wider;
        this.spent = spent;
    }

    /**
     * @param name for messages, as in {@code the run (setting maxUsd)}
     * @param limit in USD; absent for none
     * @param spent in USD, before
     */
    public static Budget of(String name, OptionalDouble limit, BigDecimal spent) {
        return new Budget(name, money(limit), null, spent);
    }

    /** A budget inside this one: what it spends counts here too; what it has spent before counts here already. */
    public Budget within(String innerName, OptionalDouble innerLimit, BigDecimal innerSpent) {
        return new Budget(innerName, money(innerLimit), this, innerSpent);
    }

    private static @Nullable BigDecimal money(OptionalDouble limit) {
        return limit.isPresent() ? BigDecimal.valueOf(limit.getAsDouble()) : null;
    }

    /** Whether there is a limit, here or in a wider budget. */
    public boolean limited() {
        return limit != null || (wider != null && wider.limited());
    }

    public synchronized BigDecimal spent() {
        return spent;
    }

    /** The place of an admitted call; to be closed with what it cost. */
    public final class Admission {
        private final BigDecimal most;
        private final @Nullable Admission outer;
        private boolean open = true;

        private Admission(BigDecimal most, @Nullable Admission outer) {
            this.most = most;
            this.outer = outer;
        }

        /** Ends the call; the first end counts. */
        public void spend(double usd) {
            BigDecimal cost = BigDecimal.valueOf(Math.max(0, usd));
            synchronized (Budget.this) {
                if (!open) {
                    return;
                }
                open = false;
                spent = spent.add(cost);
                reserved = reserved.subtract(most);
                underWay--;
                Budget.this.notifyAll();
            }
            if (outer != null) {
                outer.spend(usd);
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
        BigDecimal most = money(mostUsd);
        enter(mostUsd, most);
        if (wider == null) {
            return new Admission(most, null);
        }
        Admission outer;
        try {
            outer = wider.admit(mostUsd);
        } catch (InterruptedException | RuntimeException e) {
            new Admission(most, null).spend(0);
            throw e;
        }
        return new Admission(most, outer);
    }

    /** Where it is not known it is left out: such a call is alone under way. */
    private BigDecimal money(double mostUsd) {
        return Double.isFinite(mostUsd) ? BigDecimal.valueOf(mostUsd) : limit == null ? BigDecimal.ZERO : limit;
    }

    private synchronized void enter(double mostUsd, BigDecimal most) throws InterruptedException {
        BigDecimal end = limit;
        if (end != null) {
            while (true) {
                if (mostUsd > 0 && spent.compareTo(end) >= 0) {
                    throw new FettleException(
                            ErrorCode.LIMIT,
                            "the budget of " + name + " is spent: "
                                    + spent.stripTrailingZeros().toPlainString()
                                    + " of " + end.stripTrailingZeros().toPlainString()
                                    + " USD; no further call is made");
                }
                boolean fits = Double.isFinite(mostUsd)
                        && spent.add(reserved).add(most).compareTo(end) <= 0;
                if (fits || underWay == 0) {
                    break;
                }
                wait();
            }
        }
        underWay++;
        reserved = reserved.add(most);
    }
}
