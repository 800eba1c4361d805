package dev.fettle.runtime.judge;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.api.validate.TextDifferences;
import dev.fettle.runtime.model.EndpointModels;
import dev.fettle.runtime.settings.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts are equal where a model's embeddings of them are similar enough, by their cosine. Everything that is not a text is
 * compared exactly. Without an endpoint, and where the model cannot be asked, nothing can be told.
 */
@AutoService(EquivalenceJudge.class)
public final class EmbeddingJudge implements EquivalenceJudge {
    private final Allowance allowance = new Allowance();

    /**
     * Which model is asked, and how similar is equal.
     *
     * @param threshold least cosine, in (0, 1]
     * @param maxUsd and {@code maxCalls}: limits for all judgements of one process together
     */
    public record Settings(
            String model,
            @Nullable Endpoint endpoint,
            double threshold,
            int maxCharacters,
            @Nullable Double usdPerMillionInput,
            double maxUsd,
            int maxCalls) {
        public Settings {
            if (!(threshold > 0 && threshold <= 1)) {
                throw new IllegalArgumentException(
                        "threshold is (" + threshold + "); expected more than 0 and at most 1");
            }
        }
    }

    @Override
    public String name() {
        return "embedding-similarity";
    }

    @Override
    public Record defaultSettings() {
        return new Settings("", null, 0.95, 20_000, null, 1, 1000);
    }

    @Override
    public Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings) {
        Settings own = (Settings) settings;
        return TextDifferences.between(original, candidate).judge(texts -> judge(texts, own));
    }

    private Judgement judge(TextDifferences.Difference texts, Settings settings) {
        Endpoint endpoint = settings.endpoint();
        if (endpoint == null || settings.model().isEmpty()) {
            return texts.inconclusive("no model is configured; expected judges.embedding-similarity.model and"
                    + " judges.embedding-similarity.endpoint");
        }
        if (texts.characters() > settings.maxCharacters()) {
            return texts.inconclusive("the texts are longer than " + settings.maxCharacters() + " characters");
        }
        Allowance.Limits limits =
                new Allowance.Limits(settings.usdPerMillionInput(), null, settings.maxUsd(), settings.maxCalls());
        double usd = limits.usd(Allowance.tokens(texts.original() + texts.candidate()), 0);
        if (!allowance.take(limits, usd)) {
            return texts.inconclusive(
                    "the judge's limit (" + settings.maxUsd() + " USD, " + settings.maxCalls() + " calls) is reached");
        }
        List<float[]> vectors;
        try {
            vectors =
                    EndpointModels.embeddings(settings.model(), endpoint, List.of(texts.original(), texts.candidate()));
        } catch (RuntimeException e) {
            return texts.inconclusive("the model could not be asked: " + e.getMessage());
        }
        double cosine = vectors.size() == 2 ? cosine(vectors.get(0), vectors.get(1)) : Double.NaN;
        if (Double.isNaN(cosine)) {
            return texts.inconclusive("the model gave no two comparable vectors");
        }
        return cosine >= settings.threshold()
                ? Judgement.EQUIVALENT
                : new Judgement(
                        Outcome.DIFFERENT,
                        String.format(
                                Locale.ROOT,
                                "%s: the texts' embeddings have a similarity of %.3f, below %.3f",
                                texts.path(),
                                cosine,
                                settings.threshold()));
    }

    private static double cosine(float[] first, float[] second) {
        if (first.length != second.length || first.length == 0) {
            return Double.NaN;
        }
        double product = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < first.length; i++) {
            product += (double) first[i] * second[i];
            one += (double) first[i] * first[i];
            other += (double) second[i] * second[i];
        }
        return product / Math.sqrt(one) / Math.sqrt(other);
    }
}
