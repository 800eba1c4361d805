package dev.fettle.core.team;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.NodeBody.Team.Formation;
import dev.fettle.core.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads team runs: a JSON array, one object a line, or an object with them under {@code runs}. Each run has {@code team_id},
 * {@code formation}, {@code success}, {@code duration_seconds} and {@code members}, a list or a map by id; further fields
 * are {@code total_tool_calls}, {@code consensus_achieved}, {@code consensus_rounds}, {@code cost_usd}, and of a member
 * {@code role}, {@code success}, {@code duration_seconds}, {@code tool_calls_used}, {@code tools_used}, {@code
 * error_message}. What else is there is left alone. Runs are read one by one; their order is their order in time.
 */
public final class TeamRecords {
    private static final int MOST_MEMBERS = 1_000;
    private static final int MOST_TOOL_CALLS = 100_000;
    private static final List<String> LISTS = List.of("runs", "executions", "history");
    private static final List<String> MEMBERS = List.of("members", "member_metrics", "member_results");

    private TeamRecords() {}

    /** Whether the file holds team runs rather than traces, by the first object in it. */
    public static boolean isTeamRuns(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        boolean[] first = {false};
        try {
            each(file, (run, place) -> {
                first[0] = run.has("team_id") && run.has("formation");
                throw new Enough();
            });
        } catch (Enough | FettleException e) {
            return first[0];
        }
        return false;
    }

    /**
     * Hands each run to the consumer.
     *
     * @throws FettleException with the place of the first run that cannot be used
     */
    public static void read(Path file, Consumer<TeamRecord> consumer) {
        long[] count = {0};
        each(file, (run, place) -> {
            count[0]++;
            consumer.accept(record(run, place));
        });
        if (count[0] == 0) {
            throw bad(file.toString(), "holds no team run; expected objects with team_id and formation");
        }
    }

    private interface Taker {
        void take(JsonNode run, String place);
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private static void each(Path file, Taker taker) {
        ObjectMapper mapper = Json.mapper();
        long count = 0;
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file));
                MappingIterator<JsonNode> values =
                        mapper.readerFor(JsonNode.class).readValues(stream)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                JsonNode list = wrapped(value);
                if (list == null) {
                    taker.take(value, file + ": run " + ++count);
                } else {
                    for (JsonNode run : list) {
                        taker.take(run, file + ": run " + ++count);
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, file + ": not JSON after run " + count + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static @Nullable JsonNode wrapped(JsonNode value) {
        return LISTS.stream()
                .map(value::get)
                .filter(list -> list != null && list.isArray())
                .findFirst()
                .orElse(null);
    }

    private static TeamRecord record(JsonNode run, String place) {
        List<TeamRecord.Member> members = members(run, place);
        long ofMembers =
                members.stream().mapToLong(TeamRecord.Member::toolCalls).sum();
        JsonNode agreed = run.get("consensus_achieved");
        JsonNode usd = run.get("cost_usd");
        return new TeamRecord(
                text(run, "team_id", place),
                formation(run, place),
                success(run, place),
                number(run, "duration_seconds", place),
                Math.max(ofMembers, (long) optional(run, "total_tool_calls", 0, place)),
                (usd == null || usd.isNull()) ? null : (Double) number(run, "cost_usd", place),
                members,
                Math.max(1, (int) Math.min(1_000, optional(run, "consensus_rounds", 1, place))),
                (agreed == null || !agreed.isBoolean()) ? null : (Boolean) agreed.booleanValue());
    }

    private static Formation formation(JsonNode run, String place) {
        String word = text(run, "formation", place);
        try {
            return Formation.valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    place + ": the formation is (" + word + "); expected one of "
                            + Arrays.toString(Formation.values()).toLowerCase(Locale.ROOT),
                    e);
        }
    }

    private static List<TeamRecord.Member> members(JsonNode run, String place) {
        List<TeamRecord.Member> members = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String name : MEMBERS) {
            JsonNode list = run.get(name);
            if (list != null && list.isArray()) {
                list.forEach(one -> members.add(member(one, null, seen, place)));
            } else if (list != null && list.isObject()) {
                list.properties().forEach(entry -> members.add(member(entry.getValue(), entry.getKey(), seen, place)));
            }
        }
        if (members.isEmpty()) {
            throw bad(place, "it has no members; expected a list or map of them under members");
        }
        if (members.size() > MOST_MEMBERS) {
            throw bad(place, "it has " + members.size() + " members; expected at most " + MOST_MEMBERS);
        }
        return members;
    }

    private static TeamRecord.Member member(
            JsonNode member, @Nullable String key, Map<String, Integer> seen, String place) {
        String role = member.path("role").asText("");
        String given = key != null
                ? key
                : member.path("member_id").asText(member.path("id").asText(role));
        String base = given.isBlank() ? "member" : given.replaceAll("[^\\p{L}\\p{N}_.-]+", "-");
        int number = seen.merge(base, 1, Integer::sum);
        List<String> tools = new ArrayList<>();
        member.path("tools_used").forEach(tool -> tools.add(tool.asText()));
        double calls = optional(member, "tool_calls_used", 0, place);
        if (calls > MOST_TOOL_CALLS) {
            throw bad(
                    place,
                    "the member (" + base + ") made " + calls + " tool calls; expected at most " + MOST_TOOL_CALLS);
        }
        JsonNode error = member.get("error_message");
        return new TeamRecord.Member(
                number == 1 ? base : base + "-" + number,
                role,
                !member.has("success") || success(member, place),
                optional(member, "duration_seconds", 0, place),
                (int) calls,
                tools,
                error == null || error.isNull() || error.asText().isBlank() ? null : error.asText());
    }

    private static boolean success(JsonNode object, String place) {
        JsonNode value = object.get("success");
        if (value == null || !value.isBoolean()) {
            throw bad(place, "success is (" + value + "); expected true or false");
        }
        return value.booleanValue();
    }

    private static String text(JsonNode object, String name, String place) {
        JsonNode value = object.get(name);
        if (value == null || !value.isTextual() || value.asText().isBlank()) {
            throw bad(place, name + " is (" + value + "); expected a text");
        }
        return value.asText();
    }

    private static double optional(JsonNode object, String name, double otherwise, String place) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? otherwise : number(object, name, place);
    }

    private static double number(JsonNode object, String name, String place) {
        JsonNode value = object.get(name);
        boolean usable =
                value != null && value.isNumber() && value.doubleValue() >= 0 && Double.isFinite(value.doubleValue());
        if (!usable) {
            throw bad(place, name + " is (" + value + "); expected a number of at least 0");
        }
        return value.doubleValue();
    }

    private static FettleException bad(String place, String problem) {
        return new FettleException(ErrorCode.BAD_INPUT, place + ": " + problem);
    }
}
