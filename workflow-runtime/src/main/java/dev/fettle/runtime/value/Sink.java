package dev.fettle.runtime.value;

/** Where canonical JSON is written to. */
interface Sink {
    /** Text in ASCII that needs no escapes. */
    void raw(String ascii);

    /** A JSON string. */
    void quoted(String text);
}
