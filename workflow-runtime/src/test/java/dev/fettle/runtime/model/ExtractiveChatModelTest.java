package dev.fettle.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtractiveChatModelTest {
    private static ChatResponse ask(String prompt, int maxTokens) {
        return new ExtractiveChatModel(3)
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from(prompt))
                        .maxOutputTokens(maxTokens)
                        .build());
    }

    @Test
    void tokensAreCountedByTheStatedRule() {
        assertThat(TokenCounter.count("")).isZero();
        assertThat(TokenCounter.count("word")).isEqualTo(1);
        assertThat(TokenCounter.count("words")).isEqualTo(2);
        assertThat(TokenCounter.count("a, b!")).isEqualTo(4);
        assertThat(TokenCounter.count(" \n\t")).isZero();
        assertThat(TokenCounter.count("for(int i=0;i<10;i++)")).isEqualTo(15);
    }

    @Test
    void aSummaryKeepsSentencesWithFrequentWordsAndDoesNotRepeatThem() {
        String text = "The cache grows without a limit. The cache has no limit at all. Nothing else was found here. "
                + "The cache grows without a limit.";

        assertThat(ExtractiveSummary.of(text, 1, 100)).containsPattern("cache .*limit");
        assertThat(ExtractiveSummary.of(text, 2, 100)).contains("\n");
    }

    @Test
    void aSummaryConsistsOfSentencesOfTheTextInTheirOrderWithinItsLimits() {
        List<String> words = List.of("cache", "limit", "parser", "thread", "queue", "reader", "tests", "graph");
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                for (int j = random.nextInt(6); j >= 0; j--) {
                    text.append(words.get(random.nextInt(words.size()))).append(' ');
                }
                text.append(i).append(". ");
            }
            int maxTokens = 1 + random.nextInt(60);

            String answer = ask(text.toString(), maxTokens).aiMessage().text();

            int from = 0;
            for (String sentence : answer.isEmpty() ? List.<String>of() : List.of(answer.split("\n"))) {
                int at = text.indexOf(sentence, from);
                assertThat(at).as("seed " + seed).isGreaterThanOrEqualTo(from);
                from = at + sentence.length();
            }
            assertThat(answer.lines().count()).isLessThanOrEqualTo(3);
            assertThat(TokenCounter.count(answer)).isLessThanOrEqualTo(maxTokens);
        }
    }

    @Test
    void anEmptyPromptGivesAnEmptyAnswer() {
        ChatResponse response = ask(".", 10);

        assertThat(response.aiMessage().text()).isEmpty();
        assertThat(response.tokenUsage().outputTokenCount()).isZero();
    }
}
