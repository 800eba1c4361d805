package dev.fettle.runtime.model;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.jspecify.annotations.Nullable;

/** A streamed answer, put together. The client below works on the calling thread, so the stream has ended when it returns. */
final class StreamedAnswer implements StreamingChatResponseHandler {
    private final CallProgress progress;
    private @Nullable ChatResponse response;
    private @Nullable Throwable error;

    private StreamedAnswer(CallProgress progress) {
        this.progress = progress;
    }

    static ChatResponse of(StreamingChatModel model, ChatRequest request, CallProgress progress) {
        StreamedAnswer answer = new StreamedAnswer(progress);
        model.chat(request, answer);
        return answer.get();
    }

    private ChatResponse get() {
        if (error instanceof RuntimeException known) {
            throw known;
        }
        if (error != null) {
            throw new IllegalStateException("the model's answer could not be read: " + error.getMessage(), error);
        }
        // A stream that ends without saying why was cut off, even where its connection ended in order.
        if (response == null || response.finishReason() == null) {
            throw new IllegalStateException(
                    "the model's answer broke off before its end; expected a stream with a finish reason");
        }
        return response;
    }

    @Override
    public void onPartialResponse(String partialResponse) {
        // The whole is what counts; nobody watches a node write. Its parts count where the rest does not come.
        progress.receive(partialResponse);
    }

    @Override
    public void onCompleteResponse(ChatResponse completeResponse) {
        response = completeResponse;
    }

    @Override
    public void onError(Throwable thrown) {
        error = thrown;
    }
}
