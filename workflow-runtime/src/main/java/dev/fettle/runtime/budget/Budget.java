package dev.fettle.runtime.budget;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limit of what may be spent, within a wider one. No call is begun once it is spent. Calls at the same time are admitted
 * while their highest possible costs fit together; a call that could cost more than what is left, or of which nobody knows
 * what it could cost, is admitted only when no other is under way. After a call of which nobody knows what it did cost, no
 * further one is. So the limit is exceeded by one call at most.
 *
 * <p>A server may count more tokens than it was asked for. So the calls of a model take turns until its server has counted
 * one that kept to its highest possible cost, and again after one that did not: only where a server changes its ways may those
 * under way with it exceed the limit, too. A call that broke off, was replayed, or was not counted proves nothing. Calls of a
 * price that is certain need not wait for this.
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
    private @Nullable String brokeOff;
    private final Set<String> kept = new HashSet<>();
    private final Set<String> exceeded = new HashSet<>();

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
        private final @Nullable String model;
        private final @Nullable Admission outer;
        private boolean open = true;

        /** @param model whose server counts what the call costs, up to {@code most}; null where there is none */
        private Admission(int calls, BigDecimal most, @Nullable String model, @Nullable Admission outer) {
            this.calls = calls;
            this.most = most;
            this.model = model;
            this.outer = outer;
        }

        /** How many calls may be made; one, where no more were asked for. */
        public int calls() {
            return calls;
        }

        /** Ends the calls with what they cost together; the first end counts. */
        public void spend(BigDecimal usd) {
            end(usd.max(BigDecimal.ZERO), false, false, null);
        }

        /** As {@link #spend(BigDecimal)}. */
        public void spend(double usd) {
            spend(BigDecimal.valueOf(usd));
        }

        /** As {@link #spend(BigDecimal)}, where the server itself has just counted what the call costs. */
        public void spendCounted(double usd) {
            end(BigDecimal.valueOf(usd).max(BigDecimal.ZERO), true, false, null);
        }

        /**
         * Ends a call that broke off.
         *
         * @param usd what it cost at most, or at least
         * @param perhapsMore whether nobody knows how much more it cost
         * @param why of the first such call it is said where a later one is refused
         */
        public void breakOff(double usd, boolean perhapsMore, String why) {
            end(BigDecimal.valueOf(Math.max(0, usd)), false, perhapsMore, why);
        }

        private void end(BigDecimal cost, boolean counted, boolean perhapsMore, @Nullable String why) {
            synchronized (Budget.this) {
                if (!open) {
                    return;
                }
                open = false;
                spent = spent.add(cost);
                unknown |= perhapsMore;
                if (brokeOff == null) {
                    brokeOff = why;
                }
                if (model != null && cost.compareTo(most) > 0) {
                    exceeded.add(model);
                } else if (model != null && counted) {
                    kept.add(model);
                }
                reserved = reserved.subtract(most);
                underWay--;
                Budget.this.notifyAll();
            }
            if (outer != null) {
                outer.end(cost, counted, perhapsMore, why);
            }
        }
    }

    /**
     * Waits until a call of a certain price may begin.
     *
     * @throws FettleException where the budget is spent
     */
    public Admission admit(double usd) throws InterruptedException {
        return enter(usd > 0, BigDecimal.valueOf(usd), null);
    }

    /**
     * Waits until a call of a model may begin.
     *
     * @param mostUsd the highest possible cost of the call; infinite where it is not known
     * @param costs whether the call costs anything, which may be known where the highest possible cost is not asked for
     * @throws FettleException where the budget is spent
     */
    public Admission admit(String model, double mostUsd, boolean costs) throws InterruptedException {
        return enter(costs, Double.isFinite(mostUsd) ? BigDecimal.valueOf(mostUsd) : null, model);
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
        return enter(usd.signum() > 0, usd, null);
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
        Admission here = new Admission(calls, most, null, outer);
        if (wider != null && outer == null) {
            here.spend(BigDecimal.ZERO);
            return null;
        }
        return here;
    }

    /**
     * @param known the highest possible cost; null where nobody knows it
     * @param model whose server counts what it is; null where it is certain
     */
    private Admission enter(boolean costs, @Nullable BigDecimal known, @Nullable String model)
            throws InterruptedException {
        // Where it is not known it takes all there is: such a call is alone under way.
        BigDecimal most = known != null ? known : limit != null ? limit : BigDecimal.ZERO;
        // A call of which nobody knew what it could cost shows nothing of how a server counts.
        String counting = known == null ? null : model;
        synchronized (this) {
            while (limit != null) {
                requireLeft(costs, limit);
                boolean believed = model == null || !costs || (kept.contains(model) && !exceeded.contains(model));
                if (underWay == 0 || (known != null && believed && fits(known))) {
                    break;
                }
                wait();
            }
            requireBeforeEnd(costs);
            begin(most);
        }
        if (wider == null) {
            return new Admission(1, most, counting, null);
        }
        try {
            return new Admission(1, most, counting, wider.enter(costs, known, model));
        } catch (InterruptedException | RuntimeException e) {
            new Admission(1, most, counting, null).spend(BigDecimal.ZERO);
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
        throw new FettleException(ErrorCode.LIMIT, unknown ? perhapsSpent(of) : isSpent(of));
    }

    private String isSpent(String of) {
        String charged = brokeOff == null
                ? ""
                : ". A call of a model that broke off (" + brokeOff + ") was charged with the most that it can cost";
        return "the budget of " + name + " is spent: " + of + "; no further call is made" + charged;
    }

    private String perhapsSpent(String of) {
        return "the budget of " + name + " may be spent: a call of a model broke off (" + brokeOff
                + "), and nobody knows what its server will charge; known are " + of
                + ". No further call is made. Maybe limit the answers of the agent (maxTokens), so that the most that a"
                + " call can cost is known";
    }
}
