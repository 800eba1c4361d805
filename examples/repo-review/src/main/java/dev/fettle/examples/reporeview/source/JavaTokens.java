package dev.fettle.examples.reporeview.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits Java source into tokens, as section 3 of the Java Language Specification has them, without comments. */
public final class JavaTokens {
    private static final Pattern TOKEN = Pattern.compile("""
            (?<skip>\\s+|//[^\\n]*|/\\*(?s:.*?)\\*/)\
            |(?<text>\"""(?s:(?:\\\\.|(?!\""").)*+)\"""|"(?:\\\\.|[^"\\\\\\n])*+"|'(?:\\\\.|[^'\\\\\\n])*+')\
            |(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*+)\
            |(?<number>\\d[\\w.]*+)\
            |(?<symbol>&&|\\|\\||->|::|[<>=!]=|\\+\\+|--|.)""");

    private JavaTokens() {}

    /** What a token is. */
    public enum Kind {
        NAME,
        NUMBER,
        TEXT,
        SYMBOL
    }

    /**
     * @param line on which it starts, from 1
     */
    public record Token(Kind kind, String text, int line) {
        public boolean is(String expected) {
            return kind != Kind.TEXT && text.equals(expected);
        }
    }

    /** The tokens in order; what is not Java comes out as symbols. */
    public static List<Token> of(String source) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source);
        int line = 1;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                if (source.charAt(counted) == '\n') {
                    line++;
                }
            }
            if (matcher.start("skip") < 0) {
                tokens.add(new Token(kind(matcher), matcher.group(), line));
            }
        }
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.start("name") >= 0) {
            return Kind.NAME;
        }
        if (matcher.start("number") >= 0) {
            return Kind.NUMBER;
        }
        return matcher.start("text") >= 0 ? Kind.TEXT : Kind.SYMBOL;
    }
}
