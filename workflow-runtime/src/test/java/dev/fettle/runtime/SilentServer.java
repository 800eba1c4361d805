package dev.fettle.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;

/** Takes everything and answers nothing, until the client goes. */
final class SilentServer implements AutoCloseable {
    /** Name of its threads. */
    static final String THREAD = "silent server of a test";

    private final ServerSocket socket;

    SilentServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (true) {
                Socket connection = socket.accept();
                start(() -> {
                    try (connection) {
                        return connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                });
            }
        });
    }

    private static void start(Callable<?> code) {
        Thread thread = new Thread(
                () -> {
                    try {
                        code.call();
                    } catch (Exception e) {
                        // The other side, or the test, has closed it.
                    }
                },
                THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
