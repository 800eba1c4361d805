package dev.fettle.api.content;

/**
 * Hash and size of a JSON value.
 *
 * @param hash its {@link ContentHash}, 32 hexadecimal digits
 * @param bytes length of its canonical JSON in UTF-8
 */
public record Digest(String hash, long bytes) {}
