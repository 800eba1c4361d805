package dev.fettle.runtime.agent;

/**
 * What an agent answered.
 *
 * @param modelCalls how often the model was called
 * @param toolCalls how often tools were called
 * @param cut whether the limit of the model's tokens ended the text
 */
public record AgentAnswer(String text, int modelCalls, int toolCalls, boolean cut) {}
