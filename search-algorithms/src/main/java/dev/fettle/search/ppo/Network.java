package dev.fettle.search.ppo;

import dev.fettle.search.run.SplitMix;

/**
 * One hidden layer of rectified linear units and a linear shortcut from the inputs to the only output. Weights lie input
 * by input, so that the loops over the hidden units vectorize. Trained by Adam (Kingma and Ba, 2015).
 */
final class Network {
    static final int HIDDEN = 256;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final int inputs;
    /** Input weights, hidden biases, output weights, shortcut, output bias. */
    private final double[] parameters;

    private final double[] gradient;
    private final double[] first;
    private final double[] second;
    private final double[] hidden = new double[HIDDEN];
    private int updates;

    Network(int inputs, double[] parameters) {
        if (parameters.length != size(inputs)) {
            throw new IllegalArgumentException(
                    "expected " + size(inputs) + " parameters, but there are " + parameters.length);
        }
        this.inputs = inputs;
        this.parameters = parameters.clone();
        gradient = new double[parameters.length];
        first = new double[parameters.length];
        second = new double[parameters.length];
    }

    /** A random network whose output is at first that of the shortcut alone. */
    static Network random(int inputs, double[] shortcut, SplitMix random) {
        double[] parameters = new double[size(inputs)];
        for (int i = 0; i < inputs * HIDDEN; i++) {
            parameters[i] = random.gaussian() * Math.sqrt(2.0 / inputs);
        }
        System.arraycopy(shortcut, 0, parameters, (inputs + 2) * HIDDEN, inputs);
        return new Network(inputs, parameters);
    }

    static int size(int inputs) {
        return (inputs + 2) * HIDDEN + inputs + 1;
    }

    double[] parameters() {
        return parameters.clone();
    }

    double forward(double[] x) {
        System.arraycopy(parameters, inputs * HIDDEN, hidden, 0, HIDDEN);
        for (int i = 0; i < inputs; i++) {
            double value = x[i];
            int row = i * HIDDEN;
            for (int h = 0; h < HIDDEN; h++) {
                hidden[h] += value * parameters[row + h];
            }
        }
        int out = (inputs + 1) * HIDDEN;
        double sum = parameters[parameters.length - 1];
        for (int h = 0; h < HIDDEN; h++) {
            sum += parameters[out + h] * Math.max(0, hidden[h]);
        }
        for (int i = 0; i < inputs; i++) {
            sum += parameters[out + HIDDEN + i] * x[i];
        }
        return sum;
    }

    /** Adds to the gradient for one input, given the slope of the loss by the output. */
    void backward(double[] x, double slope) {
        forward(x);
        int bias = inputs * HIDDEN;
        int out = bias + HIDDEN;
        for (int h = 0; h < HIDDEN; h++) {
            gradient[out + h] += slope * Math.max(0, hidden[h]);
            hidden[h] = hidden[h] > 0 ? slope * parameters[out + h] : 0;
            gradient[bias + h] += hidden[h];
        }
        for (int i = 0; i < inputs; i++) {
            double value = x[i];
            int row = i * HIDDEN;
            for (int h = 0; h < HIDDEN; h++) {
                gradient[row + h] += value * hidden[h];
            }
            gradient[out + HIDDEN + i] += slope * value;
        }
        gradient[parameters.length - 1] += slope;
    }

    double[] gradient() {
        return gradient.clone();
    }

    /** One step of Adam against the gradient, which is empty afterwards. */
    void step(double rate) {
        updates++;
        double correction =
                rate * Math.sqrt(1 - Math.pow(SECOND_DECAY, updates)) / (1 - Math.pow(FIRST_DECAY, updates));
        for (int i = 0; i < parameters.length; i++) {
            double g = gradient[i];
            first[i] += (1 - FIRST_DECAY) * (g - first[i]);
            second[i] += (1 - SECOND_DECAY) * (g * g - second[i]);
            parameters[i] -= correction * first[i] / (Math.sqrt(second[i]) + EPSILON);
            gradient[i] = 0;
        }
    }
}
