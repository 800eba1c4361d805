package dev.fettle.runtime.judge;

import com.google.auto.service.AutoService;
import dev.fettle.api.validate.EquivalenceJudge;
import dev.fettle.api.validate.Judgement;
import dev.fettle.api.validate.Judgement.Outcome;
import dev.fettle.api.validate.TextDifferences;
import dev.fettle.runtime.model.EndpointModels;
import dev.fettle.runtime.settings.Endpoint;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a language model whether texts say the same, once in each order: models prefer a place, so only two equal answers
 * count, and all else is inconclusive. The texts are fenced as data by marks that their author cannot know. Everything that
 * is not a text is compared exactly, without the model.
 */
@AutoService(EquivalenceJudge.class)
public final class LlmJudge implements EquivalenceJudge {
    private final Allowance allowance = new Allowance();
    private final SecureRandom random = new SecureRandom();

    /**
     * Which model is asked, and how much it may cost.
     *
     * @param model name of the model; empty where none is configured
     * @param endpoint where it answers; null where none is configured
     * @param question what "the same" means, for the model
     * @param maxCharacters longer texts are not judged
     * @param maxUsd and {@code maxCalls}: limits for all judgements of one process together
     */
    public record Settings(
            String model,
            @Nullable Endpoint endpoint,
            String question,
            int maxCharacters,
            int maxOutputTokens,
            @Nullable Double usdPerMillionInput,
            @Nullable Double usdPerMillionOutput,
            double maxUsd,
            int maxCalls) {
        Allowance.Limits limits() {
            return new Allowance.Limits(usdPerMillionInput, usdPerMillionOutput, maxUsd, maxCalls);
        }
    }

    @Override
    public String name() {
        return "llm";
    }

    @Override
    public Record defaultSettings() {
        return new Settings(
                "",
                null,
                "Would a careful reader learn the same facts, conclusions and instructions from both?",
                40_000,
                300,
                null,
                null,
                1,
                200);
    }

    @Override
    public Judgement compare(Map<String, Object> original, Map<String, Object> candidate, Record settings) {
        Settings own = (Settings) settings;
        return TextDifferences.between(original, candidate).judge(texts -> judge(texts, own));
    }

    private Judgement judge(TextDifferences.Difference texts, Settings settings) {
        Endpoint endpoint = settings.endpoint();
        if (endpoint == null || settings.model().isEmpty()) {
            return texts.inconclusive("no model is configured; expected judges.llm.model and judges.llm.endpoint");
        }
        if (texts.characters() > settings.maxCharacters()) {
            return texts.inconclusive("the texts are longer than " + settings.maxCharacters() + " characters");
        }
        Answer first = ask(texts.original(), texts.candidate(), settings, endpoint);
        if (first.same() == null) {
            return texts.inconclusive(first.words());
        }
        Answer second = ask(texts.candidate(), texts.original(), settings, endpoint);
        if (second.same() == null) {
            return texts.inconclusive(second.words());
        }
        if (!first.same().equals(second.same())) {
            return texts.inconclusive("the model changed its mind when the texts changed places");
        }
        return first.same()
                ? Judgement.EQUIVALENT
                : new Judgement(Outcome.DIFFERENT, texts.path() + ": the model found a difference: " + first.words());
    }

    private Answer ask(String first, String second, Settings settings, Endpoint endpoint) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String fence = HexFormat.of().formatHex(bytes);
        if (first.contains(fence) || second.contains(fence)) {
            return Answer.none("a text holds the mark that would fence it");
        }
        String system = Question.system(settings.question(), fence);
        String user = Question.user(first, second, fence);
        double guess = settings.limits().usd(Allowance.tokens(system + user), settings.maxOutputTokens());
        if (!allowance.take(settings.limits(), guess)) {
            return Answer.none(
                    "the judge's limit (" + settings.maxUsd() + " USD, " + settings.maxCalls() + " calls) is reached");
        }
        ChatRequest request = ChatRequest.builder()
                .messages(SystemMessage.from(system), UserMessage.from(user))
                .temperature(0.0)
                .maxOutputTokens(settings.maxOutputTokens())
                .build();
        try {
            ChatResponse response = EndpointModels.chat(settings.model(), endpoint, request);
            TokenUsage used = response.tokenUsage();
            if (used != null && used.inputTokenCount() != null && used.outputTokenCount() != null) {
                allowance.settle(guess, settings.limits().usd(used.inputTokenCount(), used.outputTokenCount()));
            }
            String text = response.aiMessage().text();
            return Answer.read(text == null ? "" : text, fence);
        } catch (RuntimeException e) {
            return Answer.none("the model could not be asked: " + e.getMessage());
        }
    }
}
