package dev.fettle.search.annealing;

import dev.fettle.search.annealing.AnnealingSettings.Cooling;

/** The temperature along one round. */
abstract class Schedule {
    static Schedule of(Cooling cooling, double from, double to) {
        return switch (cooling) {
            case GEOMETRIC -> new Geometric(from, to);
            case ADAPTIVE -> new Adaptive(from);
        };
    }

    /**
     * @param along the round, 0 to 1
     */
    abstract double temperature(double along);

    /** Hears how many of the last moves were accepted. */
    void accepted(int accepted, int moves, double along) {}

    private static final class Geometric extends Schedule {
        private final double from;
        private final double to;

        Geometric(double from, double to) {
            this.from = from;
            this.to = Math.min(from, to);
        }

        @Override
        double temperature(double along) {
            return from * Math.pow(to / from, Math.min(1, along));
        }
    }

    /**
     * Follows Lam's course of acceptance rates: from all to 44 % in the first 15 % of the run, 44 % up to 65 % of it, then
     * down to none.
     */
    private static final class Adaptive extends Schedule {
        private static final double STEADY = 0.44;
        private static final double STEADY_FROM = 0.15;
        private static final double STEADY_TO = 0.65;
        /** Weight of 100 moves in the running acceptance rate, and factor by which they change the temperature. */
        private static final double MEMORY = 0.2;

        private static final double CORRECTION = 0.9;

        private double temperature;
        private double rate = 0.5;

        Adaptive(double from) {
            temperature = from;
        }

        @Override
        double temperature(double along) {
            return temperature;
        }

        @Override
        void accepted(int accepted, int moves, double along) {
            double weight = 1 - Math.pow(1 - MEMORY, moves / 100.0);
            rate += weight * ((double) accepted / moves - rate);
            double step = Math.pow(CORRECTION, moves / 100.0);
            temperature *= rate > target(along) ? step : 1 / step;
        }

        private static double target(double along) {
            if (along < STEADY_FROM) {
                return STEADY + (1 - STEADY) * Math.pow(560, -along / STEADY_FROM);
            }
            return along < STEADY_TO ? STEADY : STEADY * Math.pow(440, -(along - STEADY_TO) / (1 - STEADY_TO));
        }
    }
}
