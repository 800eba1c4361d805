package dev.fettle.search.ppo;

import static dev.fettle.api.SettingCheck.check;

/**
 * @param policy file of a saved policy; empty for the one that comes with this version; {@value #UNTRAINED} for an
 *     untrained one, which prefers what is expected to improve the score
 * @param modifications of an episode at most, each one evaluation; at least 1
 * @param batch episodes between two updates of the policy; at least 1
 * @param epochs passes over a batch in an update; 0 to leave the policy as it is
 * @param learningRate of Adam, above 0
 * @param clip how far the probability of an action may move in an update, in (0, 1)
 * @param discount of later rewards, in (0, 1]
 * @param lambda of generalized advantage estimation, in [0, 1]
 * @param entropy weight of the policy's entropy, at least 0
 */
public record PpoSettings(
        String policy,
        int modifications,
        int batch,
        int epochs,
        double learningRate,
        double clip,
        double discount,
        double lambda,
        double entropy) {
    /** Names no file but a policy without any training. */
    public static final String UNTRAINED = "untrained";

    public PpoSettings {
        check(modifications >= 1, "ppo.modifications", modifications, "at least 1");
        check(batch >= 1, "ppo.batch", batch, "at least 1");
        check(epochs >= 0, "ppo.epochs", epochs, "at least 0");
        check(learningRate > 0 && learningRate < 1, "ppo.learningRate", learningRate, "a share of 1");
        check(clip > 0 && clip < 1, "ppo.clip", clip, "a share between 0 and 1");
        check(discount > 0 && discount <= 1, "ppo.discount", discount, "a share above 0 and up to 1");
        check(lambda >= 0 && lambda <= 1, "ppo.lambda", lambda, "0 to 1");
        check(entropy >= 0 && entropy < 100, "ppo.entropy", entropy, "at least 0");
    }

    static final PpoSettings DEFAULT = new PpoSettings("", 10, 8, 4, 3e-4, 0.2, 0.99, 0.95, 0.003);

    /** The defaults. */
    public static PpoSettings defaults() {
        return DEFAULT;
    }

    /** The same with a saved policy. */
    public PpoSettings withPolicy(String file) {
        return new PpoSettings(file, modifications, batch, epochs, learningRate, clip, discount, lambda, entropy);
    }
}
