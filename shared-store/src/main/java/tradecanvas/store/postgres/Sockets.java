package tradecanvas.store.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/** Ends connections whose server does not answer. */
final class Sockets {
    private Sockets() {}

    /**
     * Closes the socket of a connection at once; what is under way on it fails.
     *
     * <p>The client's own close waits behind the statements under way, and where it comes to close the channel its codec
     * only says good-bye and waits for the server to hang up. So the close starts below the codec. Threads: any, does not
     * wait.
     */
    static void end(SqlConnection connection) {
        if (connection instanceof SqlConnectionInternal known
                && known.unwrap().unwrap() instanceof SocketConnectionBase socketConnection) {
            Channel channel = socketConnection.socket().channelHandlerContext().channel();
            channel.eventLoop().execute(() -> closeBelowHandlers(channel));
        } else {
            throw new IllegalStateException("no socket in " + connection.getClass());
        }
    }

    private static void closeBelowHandlers(Channel channel) {
        ChannelHandlerContext lowest = channel.pipeline().firstContext();
        if (lowest == null) {
            var _ = channel.close();
        } else {
            var _ = lowest.close(); // reaches what is below this handler only
        }
    }
}
