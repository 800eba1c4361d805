package dev.fettle.core.definition;

import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A place in a text.
 *
 * @param line and {@code column}: from 1
 */
public record Place(int line, int column) {
    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
