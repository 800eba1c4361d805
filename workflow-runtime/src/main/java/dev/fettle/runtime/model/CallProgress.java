package dev.fettle.runtime.model;

/** How far a call of a model has come. One that breaks off after it was sent is still charged by its server. */
final class CallProgress {
    private final StringBuilder output = new StringBuilder();
    private boolean sent;

    /** The server is reached, and gets the request. */
    void send() {
        sent = true;
    }

    /** A part of the answer has come. */
    void receive(String text) {
        output.append(text);
    }

    boolean sent() {
        return sent;
    }

    /** About how many tokens of the answer have come; none where it does not come in parts. */
    int outputTokens() {
        return TokenCounter.count(output.toString());
    }
}
