package dev.fettle.examples.reporeview.source;

import dev.fettle.examples.reporeview.source.JavaTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A method or constructor with a body.
 *
 * @param tokens from the opening to the closing brace
 */
public record JavaMethod(String name, int line, List<Token> tokens) {
    private static final Set<String> BRANCHES = Set.of("if", "for", "while", "case", "catch", "&&", "||", "?");
    private static final Set<String> NOT_METHODS =
            Set.of("if", "for", "while", "switch", "catch", "try", "synchronized", "new", "return");

    public JavaMethod {
        tokens = List.copyOf(tokens);
    }

    /** The number of independent paths through the method (McCabe, A Complexity Measure, 1976). */
    public int cyclomaticComplexity() {
        int branches = 0;
        for (Token token : tokens) {
            if (token.kind() != JavaTokens.Kind.TEXT && BRANCHES.contains(token.text())) {
                branches++;
            }
        }
        return branches + 1;
    }

    /** How deep blocks are nested, the body itself not counted. */
    public int nesting() {
        int depth = 0;
        int deepest = 0;
        for (Token token : tokens) {
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return Math.max(0, deepest - 1);
    }

    /** The methods of a source file in order; methods inside methods are part of the outer one. */
    public static List<JavaMethod> of(String source) {
        List<Token> tokens = JavaTokens.of(source);
        List<JavaMethod> methods = new ArrayList<>();
        int at = 0;
        while (at + 1 < tokens.size()) {
            int open = startsMethod(tokens, at) ? bodyAfter(tokens, at + 1) : -1;
            if (open < 0) {
                at++;
                continue;
            }
            int end = closing(tokens, open, "{", "}");
            Token name = tokens.get(at);
            methods.add(new JavaMethod(name.text(), name.line(), tokens.subList(open, end + 1)));
            at = end + 1;
        }
        return methods;
    }

    private static boolean startsMethod(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        boolean created = at > 0 && tokens.get(at - 1).is("new");
        return token.kind() == JavaTokens.Kind.NAME
                && !NOT_METHODS.contains(token.text())
                && !created
                && tokens.get(at + 1).is("(");
    }

    /** The opening brace of the body after the parameters; -1 where something else follows. */
    private static int bodyAfter(List<Token> tokens, int parameters) {
        int at = closing(tokens, parameters, "(", ")") + 1;
        if (at < tokens.size() && tokens.get(at).is("throws")) {
            while (at < tokens.size()
                    && !tokens.get(at).is("{")
                    && !tokens.get(at).is(";")) {
                at++;
            }
        }
        boolean record = parameters > 1 && tokens.get(parameters - 2).is("record");
        return at < tokens.size() && tokens.get(at).is("{") && !record ? at : -1;
    }

    /** The token that closes what the token at {@code from} opens; the last one where nothing does. */
    private static int closing(List<Token> tokens, int from, String open, String close) {
        int depth = 0;
        for (int at = from; at < tokens.size(); at++) {
            depth += tokens.get(at).is(open) ? 1 : tokens.get(at).is(close) ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return tokens.size() - 1;
    }
}
