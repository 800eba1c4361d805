package dev.fettle.core.model;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.model.ModelPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The YAML form of the price table:
 *
 * <pre>
 * models:
 *   - {name: gpt-4o, input: 2.50, output: 10, cached: 1.25, speed: 100, context: 128000, capability: 0.7, aliases: [...]}
 * </pre>
 *
 * Prices are USD for a million tokens; only the name is required.
 */
final class PriceTable {
    private static final List<String> KEYS =
            List.of("name", "input", "output", "cached", "speed", "context", "capability", "aliases", "provider");

    private final String source;

    private PriceTable(String source) {
        this.source = source;
    }

    static List<Catalogue.Entry> parse(String yaml, String source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setAllowRecursiveKeys(false)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            return new PriceTable(source).root(root.orElse(null));
        } catch (MarkedYamlEngineException malformed) {
            String problem = malformed.getProblem();
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    source + place(malformed.getProblemMark()) + ": not readable as YAML: "
                            + (problem == null ? "malformed" : problem),
                    malformed);
        } catch (YamlEngineException malformed) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, source + ": not readable as YAML: " + malformed.getMessage(), malformed);
        } catch (StackOverflowError tooDeep) {
            throw new FettleException(ErrorCode.BAD_INPUT, source + ": nested too deeply for a price table", tooDeep);
        }
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1))
                .orElse("");
    }

    private FettleException problem(@Nullable Node at, String message) {
        return new FettleException(
                ErrorCode.BAD_INPUT, source + (at == null ? "" : place(at.getStartMark())) + ": " + message);
    }

    private List<Catalogue.Entry> root(@Nullable Node root) {
        Node models = root == null ? null : mapping(root).get("models");
        if (!(models instanceof SequenceNode list)) {
            throw problem(root, "expected a mapping with a list 'models'");
        }
        List<Catalogue.Entry> entries = new ArrayList<>();
        for (Node model : list.getValue()) {
            entries.add(entry(model));
        }
        return entries;
    }

    private Map<String, Node> mapping(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem(node, "expected a mapping");
        }
        Map<String, Node> values = new TreeMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw problem(tuple.getKeyNode(), "the key (" + key + ") appears twice");
            }
        }
        return values;
    }

    private Catalogue.Entry entry(Node node) {
        Map<String, Node> values = mapping(node);
        for (Map.Entry<String, Node> value : values.entrySet()) {
            if (!KEYS.contains(value.getKey())) {
                throw problem(value.getValue(), "unknown key (" + value.getKey() + "); expected one of " + KEYS);
            }
        }
        Node name = values.get("name");
        if (name == null || text(name).isBlank()) {
            throw problem(node, "a model has no name");
        }
        BigDecimal speed = number(values, "speed", null);
        BigDecimal context = number(values, "context", null);
        BigDecimal capability = number(values, "capability", BigDecimal.ONE);
        ModelPrice price = new ModelPrice(
                text(name),
                number(values, "input", null),
                number(values, "output", null),
                number(values, "cached", null),
                speed == null ? null : speed.doubleValue(),
                context == null ? null : context.longValue(),
                capability == null ? null : capability.doubleValue());
        List<String> aliases = new ArrayList<>();
        if (values.get("aliases") instanceof SequenceNode list) {
            list.getValue().forEach(alias -> aliases.add(text(alias)));
        } else if (values.get("aliases") != null) {
            throw problem(values.get("aliases"), "expected a list of names under 'aliases'");
        }
        return new Catalogue.Entry(price, aliases);
    }

    private String text(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem(node, "expected a text");
        }
        return scalar.getValue();
    }

    private @Nullable BigDecimal number(Map<String, Node> values, String key, @Nullable BigDecimal most) {
        Node node = values.get(key);
        if (node == null) {
            return null;
        }
        String text = text(node);
        BigDecimal number = PriceNumbers.parse(text, most);
        if (number == null) {
            throw problem(
                    node,
                    "the " + key + " is (" + text + "); expected a number from 0 to "
                            + (most == null ? PriceNumbers.HIGHEST : most));
        }
        return number;
    }
}
