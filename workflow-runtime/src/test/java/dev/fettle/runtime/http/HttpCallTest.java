package dev.fettle.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpCallTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Socket> fillers = new ArrayList<>();

    /** A server that takes no connections until it accepts these. */
    private void fill(ServerSocket server) throws IOException {
        while (true) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                filler.close();
                return;
            }
        }
    }

    private static boolean connects(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.net.Socket")
                        && frame.getMethodName().equals("connect"));
    }

    /** What arrives at the server, over all connections. */
    private static String received(ServerSocket server, Thread caller) throws IOException {
        StringBuilder received = new StringBuilder();
        server.setSoTimeout(500);
        while (true) {
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(2000);
                received.append(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (SocketTimeoutException e) {
                if (!caller.isAlive()) {
                    return received.toString();
                }
            }
        }
    }

    @Test
    void aCallThatIsCancelledWhileItConnectsIsNotSent() throws Exception {
        AtomicReference<Runnable> cancel = new AtomicReference<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        CountDownLatch registered = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            fill(server);
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/pay");
            HttpCall call = new HttpCall(
                    "POST", uri, Map.of(), "money".getBytes(StandardCharsets.UTF_8), PATIENCE, Duration.ofSeconds(2));
            Thread caller = new Thread(() -> {
                try {
                    call.exchange(
                            action -> {
                                cancel.set(action);
                                registered.countDown();
                                return () -> {};
                            },
                            HttpCall.Answer::status);
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            caller.start();
            registered.await();
            while (!connects(caller)) {
                Thread.onSpinWait();
            }

            Objects.requireNonNull(cancel.get()).run();
            for (Socket filler : fillers) {
                filler.close();
            }

            assertThat(received(server, caller)).isEmpty();
            assertThat(failure.get()).hasMessageContaining("cancelled");
        }
    }
}
