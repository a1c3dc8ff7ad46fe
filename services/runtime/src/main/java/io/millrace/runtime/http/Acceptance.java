package io.millrace.runtime.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.transport.Transport;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections from their acceptance, even if the client never sends a byte. A connection
 * above the limit is closed at once; each of the others gets a {@link ConnectionLife}. A handler of
 * the listening channel. Safe for any thread.
 */
@Sharable
public final class Acceptance extends ChannelInboundHandlerAdapter {
  private final int maxConnections;
  private final TimeLimits limits;
  private final AtomicInteger open = new AtomicInteger();

  public Acceptance(int maxConnections, TimeLimits limits) {
    this.maxConnections = maxConnections;
    this.limits = limits;
  }

  /** Returns this machine's transport with counted connections. */
  public Transport transport() {
    @Nullable Transport ofThisSystem = Transport.nativeTransport();
    Transport used =
        ofThisSystem != null && ofThisSystem.available() ? ofThisSystem : Transport.NIO;
    return new CountingTransport(used, this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel connection = (Channel) accepted;
    if (open.incrementAndGet() > maxConnections) {
      open.decrementAndGet();
      connection.unsafe().closeForcibly(); // it has no event loop yet
      return;
    }
    connection.closeFuture().addListener(closed -> open.decrementAndGet());
    connection.pipeline().addLast(new ConnectionLife(limits));
    context.fireChannelRead(accepted);
  }
}
