package dev.fettle.ingest.span;

/** Attributes that come numbered, one per message or per agent. */
public enum AttributeFamily {
    INPUT_MESSAGE,
    MANAGED_AGENT,
    NONE;

    private static final String MANAGED = "smolagents.managed_agents.";
    private static final String OPENINFERENCE_MESSAGE = "llm.input_messages.";
    private static final String TRACELOOP_MESSAGE = "gen_ai.prompt.";

    /** The family of an attribute's name. */
    public static AttributeFamily of(CharSequence name) {
        int length = name.length();
        if (length > MANAGED.length() && name.charAt(0) == 's') {
            return startsWith(name, MANAGED) && endsWith(name, ".name") ? MANAGED_AGENT : NONE;
        }
        if (length > TRACELOOP_MESSAGE.length()
                && (startsWith(name, OPENINFERENCE_MESSAGE) || startsWith(name, TRACELOOP_MESSAGE))) {
            return INPUT_MESSAGE;
        }
        return NONE;
    }

    private static boolean startsWith(CharSequence name, String prefix) {
        if (name.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (name.charAt(i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsWith(CharSequence name, String suffix) {
        int from = name.length() - suffix.length();
        for (int i = 0; i < suffix.length(); i++) {
            if (from < 0 || name.charAt(from + i) != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
