package dev.fettle.core.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 (and so JSON) to values with places. Aliases, anchors, tags, duplicate keys and deep nesting are refused: a
 * definition needs none of them, and each can make a small file expensive or ambiguous.
 */
final class YamlParser {
    private static final int MAX_DEPTH = 64;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Place START = new Place(1, 1);

    private final Problems problems;
    private final Deque<Level> open = new ArrayDeque<>();
    private @Nullable YamlValue root;

    private YamlParser(Problems problems) {
        this.problems = problems;
    }

    /** The only document of the text; null where there is a problem, which is then reported. */
    static @Nullable YamlValue parse(String text, Problems problems) {
        return new YamlParser(problems).parse(text);
    }

    private static final class Level {
        final Place place;
        final @Nullable List<YamlValue> items;
        final Map<String, YamlValue> entries = new LinkedHashMap<>();
        final Map<String, Place> keys = new LinkedHashMap<>();

        @Nullable
        String key;

        Level(Place place, boolean sequence) {
            this.place = place;
            this.items = sequence ? new ArrayList<>() : null;
        }

        YamlValue close() {
            return items != null ? new YamlValue.Sequence(items, place) : new YamlValue.Mapping(entries, keys, place);
        }
    }

    private @Nullable YamlValue parse(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(YamlText.LIMIT_BYTES).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (!take(event)) {
                    return null;
                }
            }
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    e.getProblemMark().map(Place::of).orElse(START),
                    "not valid YAML or JSON: " + oneLine(e.getProblem()));
            return null;
        } catch (YamlEngineException e) {
            problems.add(START, "not valid YAML or JSON: " + oneLine(String.valueOf(e.getMessage())));
            return null;
        }
        if (root == null && problems.isEmpty()) {
            problems.add(START, "the text is empty; expected a definition");
        }
        return root;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s+", " ").strip();
    }

    private boolean take(Event event) {
        Place place = event.getStartMark().map(Place::of).orElse(START);
        switch (event.getEventId()) {
            case Alias -> {
                return refuse(
                        place,
                        "the alias (*" + ((AliasEvent) event).getAlias() + ") is not allowed; write the value out");
            }
            case Scalar -> {
                return plain((NodeEvent) event, place) && scalar((ScalarEvent) event, place);
            }
            case SequenceStart, MappingStart -> {
                if (!plain((NodeEvent) event, place)) {
                    return false;
                }
                if (open.size() >= MAX_DEPTH) {
                    return refuse(place, "the text is nested more than " + MAX_DEPTH + " levels deep");
                }
                Level parent = open.peek();
                if (parent != null && parent.items == null && parent.key == null) {
                    return refuse(place, "a list or mapping cannot be a key; expected a text");
                }
                open.push(new Level(place, event.getEventId() == Event.ID.SequenceStart));
                return true;
            }
            case SequenceEnd, MappingEnd -> {
                return value(open.pop().close(), place);
            }
            case DocumentStart -> {
                return root == null || refuse(place, "there is a second document; expected one");
            }
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {
                return true;
            }
        }
        return true;
    }

    /** Whether the event has neither anchor nor tag. */
    private boolean plain(NodeEvent event, Place place) {
        if (event.getAnchor().isPresent()) {
            return refuse(place, "the anchor (&" + event.getAnchor().get() + ") is not allowed; write the value out");
        }
        boolean tagged = event instanceof ScalarEvent scalar
                ? scalar.getTag().isPresent()
                : event instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent();
        return !tagged || refuse(place, "a YAML tag is not allowed; leave it out");
    }

    private boolean scalar(ScalarEvent event, Place place) {
        Level level = open.peek();
        if (level != null && level.items == null && level.key == null) {
            String key = event.getValue();
            if (level.keys.containsKey(key)) {
                return refuse(
                        place,
                        "the key (" + key + ") is there twice; the first is in line "
                                + level.keys.getOrDefault(key, place).line());
            }
            level.key = key;
            level.keys.put(key, place);
            return true;
        }
        Object value = event.getScalarStyle() == ScalarStyle.PLAIN ? resolve(event.getValue()) : event.getValue();
        return value(new YamlValue.Scalar(value, event.getValue(), place), place);
    }

    private boolean value(YamlValue value, Place place) {
        Level level = open.peek();
        if (level == null) {
            root = value;
        } else if (level.items != null) {
            level.items.add(value);
        } else if (level.key == null) {
            return refuse(place, "a value without a key");
        } else {
            level.entries.put(level.key, value);
            level.key = null;
        }
        return true;
    }

    private boolean refuse(Place place, String message) {
        problems.add(place, message);
        return false;
    }

    /** The JSON-like part of YAML's core schema. */
    private static @Nullable Object resolve(String text) {
        switch (text) {
            case "", "~", "null", "Null", "NULL" -> {
                return null;
            }
            case "true", "True", "TRUE" -> {
                return true;
            }
            case "false", "False", "FALSE" -> {
                return false;
            }
            default -> {
                if (INTEGER.matcher(text).matches()) {
                    long number = Long.parseLong(text);
                    return number == (int) number ? (Object) (int) number : (Object) number;
                }
                return NUMBER.matcher(text).matches() ? (Object) Double.parseDouble(text) : text;
            }
        }
    }
}
