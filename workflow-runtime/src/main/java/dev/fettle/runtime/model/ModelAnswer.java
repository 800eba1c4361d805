package dev.fettle.runtime.model;

/** What a model answered. */
public record ModelAnswer(String text) {}
