package dev.fettle.api.content;

import dev.fettle.api.Evolving;

/**
 * Hash and size of a JSON value.
 *
 * @param hash its {@link ContentHash}, 32 hexadecimal digits
 * @param bytes length of its canonical JSON in UTF-8
 */
@Evolving
public record Digest(String hash, long bytes) {}
