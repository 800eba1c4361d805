package dev.fettle.api.content;

/** Builds the text. */
final class TextSink {
    private final StringBuilder out;

    TextSink(StringBuilder out) {
        this.out = out;
    }

    void raw(String ascii) {
        out.append(ascii);
    }

    void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escape = Escapes.of(text, i, c);
            if (escape == null) {
                out.append(c);
            } else {
                out.append(escape);
            }
        }
        out.append('"');
    }
}
