package dev.fettle.search.ppo;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.search.run.SplitMix;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A policy network, which rates each option of each decision by features whose number does not depend on the problem's
 * size, and a value network. Saved as a format version and 32-bit numbers, about 20 kB.
 */
public final class Policy {
    private static final int MAGIC = 0x46545050;
    private static final int VERSION = 1;
    private static final String SHIPPED = "policy.bin";

    /** What the untrained policy makes of the features: it likes what is expected to lower the score. */
    private static final double[] EXPECTATION = {-0.5, -1.5, 0, 0, 0, 0, 0, -1};

    final Network actor;
    final Network critic;

    Policy(Network actor, Network critic) {
        this.actor = actor;
        this.critic = critic;
    }

    /** An untrained policy. */
    public static Policy untrained(SplitMix random) {
        return new Policy(
                Network.random(View.FEATURES, EXPECTATION, random),
                Network.random(View.SUMMARY, new double[View.SUMMARY], random));
    }

    /** The policy that comes with this version, trained by {@link PolicyTraining} on generated workflows. */
    static Policy shipped() {
        try (InputStream in = Policy.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the policy (" + SHIPPED + ") is not in this build");
            }
            return load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public void save(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeInt(VERSION);
        for (Network network : new Network[] {actor, critic}) {
            double[] parameters = network.parameters();
            data.writeInt(parameters.length);
            for (double parameter : parameters) {
                data.writeFloat((float) parameter);
            }
        }
        data.flush();
    }

    /**
     * @throws FettleException where it is not a policy that this version can read
     */
    public static Policy load(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC || data.readInt() != VERSION) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "The policy is not one of format version " + VERSION + "; train it again with this version.");
        }
        return new Policy(network(data, View.FEATURES), network(data, View.SUMMARY));
    }

    private static Network network(DataInputStream data, int inputs) throws IOException {
        int length = data.readInt();
        if (length != Network.size(inputs)) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "The policy has a network of " + length + " parameters; expected " + Network.size(inputs)
                            + ". Train it again with this version.");
        }
        double[] parameters = new double[length];
        for (int i = 0; i < length; i++) {
            parameters[i] = data.readFloat();
        }
        return new Network(inputs, parameters);
    }
}
