package dev.fettle.examples.reporeview.search;

/**
 * A line that holds at least one word of the query.
 *
 * @param occurrences of each word of the query
 */
record Match(Line line, int[] occurrences) {}
