package dev.fettle.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.FettleException;
import dev.fettle.api.model.ModelPrice;
import dev.fettle.api.trace.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, gpt-4o",
        "openai/gpt-4o-mini-2024-07-18, gpt-4o-mini",
        "o3-mini-2025-01-31, o3-mini",
        "GPT-3.5-Turbo, gpt-3.5-turbo",
        "gpt-4-1106-preview, gpt-4-turbo",
        "us.anthropic.claude-3-5-sonnet-20241022-v2:0, claude-3-5-sonnet",
        "anthropic.claude-3-haiku@20240307, claude-3-haiku",
        "claude-3-opus@20240229, claude-3-opus",
        "openrouter/anthropic/claude-3.5-sonnet, claude-3-5-sonnet",
        "models/gemini-2.5-flash-preview-05-20, gemini-2.5-flash",
        "mistral-large-latest, mistral-large",
        "meta-llama/Llama-3.3-70B-Instruct, llama-3.3-70b",
        "Qwen/Qwen2.5-Coder-32B-Instruct, qwen2.5-coder-32b",
        "deepseek/deepseek-chat, deepseek-chat"
    })
    void a_model_is_found_under_the_forms_that_traces_use(String recorded, String name) {
        assertThat(Catalogue.standard().find(recorded)).map(ModelPrice::name).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4-32k", "gpt-4o-realtime", "house-model", "", "/", "ft:gpt-4o:acme"})
    void a_model_that_is_not_in_the_table_has_no_price(String recorded) {
        assertThat(Catalogue.standard().find(recorded)).isEmpty();
        assertThat(Catalogue.standard().usd(recorded, new TokenUsage(5, 5, 0))).isEmpty();
    }

    @Test
    void cached_input_is_a_part_of_the_input_at_its_own_price() {
        assertThat(Catalogue.standard().usd("o3-mini", new TokenUsage(1_000_000, 500_000, 400_000)))
                .hasValue(0.6 * 1.10 + 0.4 * 0.55 + 0.5 * 4.40);
    }

    @Test
    void every_model_of_the_built_in_table_is_found_under_its_own_name() {
        Catalogue catalogue = Catalogue.standard();
        assertThat(catalogue.models()).hasSizeGreaterThan(40).allSatisfy(model -> {
            assertThat(model.priced()).isTrue();
            assertThat(catalogue.find(model.name())).contains(model);
        });
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void a_file_of_the_user_overrides_the_table_and_adds_to_it() throws IOException {
        Path file = file("prices.yaml", """
                models:
                  - {name: gpt-4o, input: 1, output: 2}
                  - {name: house-model, input: 0.5, output: 0.5, aliases: [ours]}
                """);
        Catalogue catalogue = Catalogue.with(List.of(file));
        assertThat(catalogue.usd("gpt-4o-2024-08-06", new TokenUsage(1_000_000, 0, 0)))
                .hasValue(1);
        assertThat(catalogue.usd("ours", new TokenUsage(1_000_000, 0, 0))).hasValue(0.5);
        assertThat(catalogue.find("o3-mini")).isPresent();
    }

    @Test
    void the_price_map_of_litellm_is_accepted() throws IOException {
        Path file = file("prices.json", """
                {"sample_spec": {"input_cost_per_token": "USD, like 0.0001"},
                 "house-model": {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-06,
                                 "cache_read_input_token_cost": 5e-7, "max_input_tokens": 1000},
                 "image-model": {"mode": "image_generation"}}
                """);
        Catalogue catalogue = Catalogue.with(List.of(file));
        assertThat(catalogue.usd("house-model", new TokenUsage(2_000_000, 1_000_000, 1_000_000)))
                .hasValue(3.5);
        assertThat(catalogue.find("image-model")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models: [{name: a, input: -1}]|prices:1:27",
                "models: [{name: a, input: cheap}]|(cheap)",
                "models: [{name: a, prise: 1}]|(prise)",
                "models: [{name: a, name: b}]|prices",
                "models: [{input: 1}]|no name",
                "models: {a: 1}|expected a mapping with a list",
                "'models: [&a [*a]]'|prices",
                "'{\"a\": {\"input_cost_per_token\": \"x\"}}'|(\"x\")",
                "'{\"a\": '|prices:1:",
                "'{\"a\": {\"mode\": \"chat\"}}'|no prices found"
            })
    void a_bad_file_is_refused_with_file_and_place(String content, String expected) throws IOException {
        Path file = file("prices", content);
        assertThatThrownBy(() -> Catalogue.with(List.of(file)))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("prices")
                .hasMessageContaining(expected);
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> Catalogue.with(List.of(folder.resolve("none.yaml"))))
                .isInstanceOf(FettleException.class)
                .hasMessageContaining("none.yaml");
    }
}
