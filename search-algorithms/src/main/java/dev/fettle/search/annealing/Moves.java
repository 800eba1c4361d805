package dev.fettle.search.annealing;

/** Single changes of a candidate, one after the other, in some random order. */
public abstract class Moves {
    /** Spare bits are in 0 to this. */
    static final int SPARE = (1 << 11) - 1;

    /** Hears the temperature at which the next moves are drawn. */
    void at(double temperature) {}

    /** Draws a move that changes the current candidate. */
    public abstract void draw(int[] current);

    /** Of the drawn move. */
    public abstract int decision();

    /** Of the drawn move. */
    public abstract int option(int[] current);

    /** Random bits that nothing else of the drawn move depends on. */
    abstract int spareBits();

    /** Hears that the drawn move was made. */
    public void accepted() {}

    /** Hears that the drawn move was not made. */
    public void rejected() {}
}
