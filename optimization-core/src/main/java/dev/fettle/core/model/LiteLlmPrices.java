package dev.fettle.core.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.model.ModelPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's price map: a JSON object from model name to {@code input_cost_per_token}, {@code output_cost_per_token},
 * {@code cache_read_input_token_cost} (USD for one token) and {@code max_input_tokens}. Entries that state neither price
 * are left out, and so is the explanatory entry {@code sample_spec}.
 */
final class LiteLlmPrices {
    private static final String EXPLANATION = "sample_spec";
    private static final int PER_TOKEN_TO_PER_MILLION = 6;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private LiteLlmPrices() {}

    static List<Catalogue.Entry> parse(String json, String source) {
        JsonNode root;
        try (JsonParser parser = MAPPER.createParser(json)) {
            root = MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT, source + ": text after the price map; expected one JSON object");
            }
        } catch (JsonProcessingException malformed) {
            JsonLocation at = malformed.getLocation();
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    source + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr())
                            + ": not readable as JSON: " + malformed.getOriginalMessage(),
                    malformed);
        } catch (IOException failure) {
            throw new FettleException(ErrorCode.BAD_INPUT, source + ": cannot read the price map", failure);
        }
        List<Catalogue.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> model : root.properties()) {
            if (!model.getKey().equals(EXPLANATION)) {
                ModelPrice price = price(model.getKey(), model.getValue(), source);
                if (price != null) {
                    entries.add(new Catalogue.Entry(price, List.of()));
                }
            }
        }
        if (entries.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    source + ": no prices found; expected a JSON object from model name to an object with"
                            + " 'input_cost_per_token'");
        }
        return entries;
    }

    private static @Nullable ModelPrice price(String name, JsonNode model, String source) {
        if (!model.isObject()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, source + ": the entry (" + name + ") is not an object with prices");
        }
        BigDecimal input = perMillion(name, model, "input_cost_per_token", source);
        BigDecimal output = perMillion(name, model, "output_cost_per_token", source);
        if (input == null && output == null) {
            return null;
        }
        BigDecimal context = number(name, model, "max_input_tokens", source);
        return new ModelPrice(
                name,
                input,
                output,
                perMillion(name, model, "cache_read_input_token_cost", source),
                null,
                context == null ? null : context.longValue(),
                null);
    }

    private static @Nullable BigDecimal perMillion(String name, JsonNode model, String field, String source) {
        BigDecimal perToken = number(name, model, field, source);
        return perToken == null ? null : perToken.scaleByPowerOfTen(PER_TOKEN_TO_PER_MILLION);
    }

    private static @Nullable BigDecimal number(String name, JsonNode model, String field, String source) {
        JsonNode value = model.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        BigDecimal number = value.isNumber() || value.isTextual() ? PriceNumbers.parse(value.asText(), null) : null;
        if (number == null) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    source + ": the " + field + " of (" + name + ") is (" + value + "); expected a number that is not"
                            + " negative");
        }
        return number;
    }
}
