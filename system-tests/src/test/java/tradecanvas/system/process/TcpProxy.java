package tradecanvas.system.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network between a process and its server that can be cut, or swallow everything. Owner: one test. */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    // Guarded by the lock.
    private boolean silent;

    private TcpProxy(int target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /** Listens on a free port and passes on to a port of this machine. */
    public static TcpProxy to(int target) {
        try {
            TcpProxy proxy = new TcpProxy(
                    target, new ServerSocket(TradeCanvas.freePort(), 100, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections; new ones work. */
    public void cut() {
        open.forEach(TcpProxy::end);
    }

    /** From now on nothing passes in either direction, while connections stay and new ones are accepted. */
    public void silence() {
        setSilent(true);
    }

    /** Lets pass what waits and what follows. */
    public void resume() {
        setSilent(false);
    }

    private void setSilent(boolean value) {
        lock.lock();
        try {
            silent = value;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException closed) {
                return; // by the test
            }
        }
    }

    private void serve(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            Thread.startVirtualThread(() -> pass(client, server));
            pass(server, client);
        } catch (IOException refused) {
            end(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitFlow();
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // by either side, or cut
        } finally {
            end(from);
            end(to);
        }
    }

    private void awaitFlow() {
        lock.lock();
        try {
            while (silent) {
                flows.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyEnded) {
            throw new UncheckedIOException(alreadyEnded);
        }
    }

    @Override
    public void close() {
        resume();
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cut();
    }
}
