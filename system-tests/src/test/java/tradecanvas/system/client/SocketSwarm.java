package tradecanvas.system.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** Thousands of sockets read by one thread. Threads: any; listeners run on the swarm's thread and must not wait. */
public final class SocketSwarm implements AutoCloseable {
    /** Lets the kernel choose the receive buffer. */
    public static final int ANY_SIZE = 0;

    private final Selector selector;

    private SocketSwarm(Selector selector) {
        this.selector = selector;
    }

    public static SocketSwarm open() {
        try {
            SocketSwarm swarm = new SocketSwarm(Selector.open());
            Thread.ofPlatform().daemon().name("socket-swarm").start(swarm::run);
            return swarm;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Opens a socket whose text messages go to the listener. */
    public SwarmSocket connect(URI address, Consumer<String> listener) {
        return connect(address, ANY_SIZE, listener);
    }

    /** As {@link #connect(URI, Consumer)}, with few bytes of the kernel's between the server and this client. */
    public SwarmSocket connect(URI address, int receiveBufferBytes, Consumer<String> listener) {
        try {
            SocketChannel channel = SocketChannel.open();
            if (receiveBufferBytes != ANY_SIZE) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            SwarmSocket socket = new SwarmSocket(channel, listener);
            socket.shakeHands(address);
            channel.configureBlocking(false);
            socket.readOn(channel.register(selector, 0, socket));
            return socket;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Closes every socket. */
    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select(key -> ((SwarmSocket) key.attachment()).read());
            } catch (ClosedSelectorException closed) {
                return;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
