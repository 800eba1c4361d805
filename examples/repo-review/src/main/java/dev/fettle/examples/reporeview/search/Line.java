package dev.fettle.examples.reporeview.search;

/**
 * A line of a source file.
 *
 * @param number from 1
 * @param words how many words it has
 */
record Line(String path, int number, String text, int words) {}
