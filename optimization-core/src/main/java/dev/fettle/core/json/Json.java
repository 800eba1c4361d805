package dev.fettle.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.fettle.api.change.ChangeTypes;
import dev.fettle.api.change.CoreChangeTypes;
import java.util.List;

/** Makes mappers that agree on how Fettle's values look as JSON. */
public final class Json {
    private static final int MAX_DEPTH = 200;

    private Json() {}

    /** A mapper that knows the kinds of change that every Fettle knows. */
    public static ObjectMapper mapper() {
        return mapper(List.of());
    }

    /**
     * A mapper that also knows these kinds of change.
     *
     * <p>Durations are ISO-8601 texts, numbers keep their precision, the case of constants does not matter, unknown keys
     * are refused.
     */
    public static ObjectMapper mapper(List<ChangeTypes> changeTypes) {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, null))
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        register(mapper, new CoreChangeTypes());
        changeTypes.forEach(types -> register(mapper, types));
        return mapper;
    }

    private static void register(ObjectMapper mapper, ChangeTypes types) {
        types.types().forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
    }
}
