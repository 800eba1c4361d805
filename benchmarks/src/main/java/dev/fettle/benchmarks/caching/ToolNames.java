package dev.fettle.benchmarks.caching;

import dev.fettle.api.workflow.Effects;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a tool's name says about its effects, in place of the declaration that recorded calls lack: a name whose verb reads
 * or computes stands for no effects, every other name for unknown ones. An assumption of this evaluation only; a workflow
 * declares its effects.
 */
final class ToolNames {
    private static final Set<String> READING = Set.of(
            "get",
            "list",
            "search",
            "find",
            "read",
            "fetch",
            "lookup",
            "look",
            "show",
            "view",
            "describe",
            "retrieve",
            "count",
            "calculate",
            "compute",
            "convert",
            "compare",
            "estimate",
            "summarize",
            "inspect",
            "is",
            "has");

    /** Nouns of reading, as in {@code web_search}, behind a word that is no verb of changing. */
    private static final Set<String> READING_NOUNS = Set.of("search", "lookup", "finder", "reader", "calculator");

    private static final Set<String> CHANGING = Set.of(
            "add",
            "append",
            "apply",
            "approve",
            "assign",
            "book",
            "buy",
            "call",
            "cancel",
            "change",
            "charge",
            "clear",
            "click",
            "close",
            "commit",
            "confirm",
            "copy",
            "create",
            "delete",
            "deploy",
            "disable",
            "drop",
            "edit",
            "email",
            "enable",
            "exchange",
            "execute",
            "insert",
            "install",
            "invite",
            "issue",
            "log",
            "make",
            "mark",
            "merge",
            "modify",
            "move",
            "notify",
            "open",
            "order",
            "pay",
            "place",
            "post",
            "publish",
            "push",
            "put",
            "record",
            "refund",
            "register",
            "reject",
            "release",
            "remove",
            "rename",
            "replace",
            "reply",
            "reserve",
            "reset",
            "return",
            "revoke",
            "run",
            "save",
            "schedule",
            "send",
            "set",
            "start",
            "stop",
            "store",
            "submit",
            "transfer",
            "update",
            "upload",
            "upsert",
            "write");

    private static final Set<String> AND = Set.of("and", "or", "then");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private ToolNames() {}

    /** NONE or UNKNOWN. */
    static Effects effects(String tool) {
        List<String> words = words(tool);
        boolean reads = !words.isEmpty()
                && (READING.contains(words.get(0))
                        || (!CHANGING.contains(words.get(0)) && READING_NOUNS.contains(last(words))));
        for (int i = 0; i + 1 < words.size(); i++) {
            reads &= !AND.contains(words.get(i)) || READING.contains(words.get(i + 1));
        }
        return reads ? Effects.NONE : Effects.UNKNOWN;
    }

    /** Why a name does not stand for no effects. */
    static String reason(String tool) {
        return words(tool).stream()
                .filter(CHANGING::contains)
                .findFirst()
                .map(verb -> "its name says that it changes something (" + verb + ")")
                .orElse("neither a declaration nor its name says that it only reads");
    }

    private static String last(List<String> words) {
        return words.get(words.size() - 1);
    }

    /** Lower-case words, without what names a server or says that it is a tool. */
    private static List<String> words(String tool) {
        String own = tool.replaceAll("^.*(\\.|/|:|__)", "");
        return BETWEEN_WORDS
                .splitAsStream(own)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty() && !word.equals("tool") && !word.equals("function"))
                .toList();
    }
}
