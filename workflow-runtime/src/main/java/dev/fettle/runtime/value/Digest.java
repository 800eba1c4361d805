package dev.fettle.runtime.value;

/**
 * @param hash the first 128 bits of the SHA-256 of the canonical JSON, as 32 hexadecimal digits
 * @param bytes length of the canonical JSON in UTF-8
 */
public record Digest(String hash, long bytes) {}
