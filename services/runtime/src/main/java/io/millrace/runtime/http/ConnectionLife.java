package io.millrace.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection from its acceptance. It ends if the client exceeds the {@link
 * TimeLimits}, and it ends in order when the server stops.
 *
 * <p>Over HTTP/1.1 only an answer can announce the end of a connection [1]. So when the server
 * stops, the answer in flight, or that to the next request, says that it is the last. A connection
 * that stays silent for a while is closed.
 *
 * <p>[1] RFC 9112, HTTP/1.1, section 9.6.
 */
@SuppressWarnings("FutureReturnValueIgnored") // checks of a closed connection do nothing
public final class ConnectionLife extends ChannelDuplexHandler {
  /** How long a client has for a last request. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final Duration IDLE_SHUTDOWN = Duration.ofSeconds(5);

  private final TimeLimits limits;
  private final IgnoredUpgrade upgrade = new IgnoredUpgrade();
  private final Set<Runnable> ends = new LinkedHashSet<>();
  private Phase phase = Phase.HEAD;
  private long sinceNanos = System.nanoTime();
  private boolean spoken;
  private boolean heardLately;
  private boolean leaving;
  private @Nullable Http2Arrivals http2;
  private @Nullable ConnectionEnd end;
  private @Nullable Future<?> checks;

  ConnectionLife(TimeLimits limits) {
    this.limits = limits;
  }

  /** Sets the HTTP version of a connection, before its first request. */
  public static void begin(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      ChannelHandlerContext context = server.channelHandlerContext();
      ConnectionLife life = context.pipeline().get(ConnectionLife.class);
      if (life != null) {
        life.begin(context);
      }
    }
  }

  /** Lifts the time limit of a request's body, which is a stream of messages. */
  public static void mayStayOpen(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection server) {
      ConnectionLife life = server.channelHandlerContext().pipeline().get(ConnectionLife.class);
      if (life != null && life.http2 != null) {
        life.http2.mayStayOpen(request.streamId());
      }
    }
  }

  /**
   * Has {@code end} run on the event loop when the request's connection begins to shut down. It
   * ends a call that does not end by itself, which would delay a stop until its deadline.
   *
   * @return forgets {@code end}, once the call has ended
   */
  public static Runnable atLeaving(HttpServerRequest request, Runnable end) {
    if (request.connection() instanceof HttpServerConnection server) {
      ConnectionLife life = server.channelHandlerContext().pipeline().get(ConnectionLife.class);
      if (life != null) {
        life.ends.add(end);
        if (life.leaving) {
          life.endCalls();
        }
        return () -> life.ends.remove(end);
      }
    }
    return () -> {};
  }

  /**
   * Closes the connection of a request at once. Vert.x would wait until the client has taken all
   * that was written.
   */
  public static void breakOff(HttpServerRequest request) {
    if (request.connection() instanceof HttpServerConnection server) {
      ConnectionLife life = server.channelHandlerContext().pipeline().get(ConnectionLife.class);
      if (life != null) {
        life.end().breakOff();
      }
    }
  }

  private void endCalls() {
    List<Runnable> all = List.copyOf(ends);
    ends.clear();
    all.forEach(Runnable::run);
  }

  private void begin(ChannelHandlerContext http) {
    http2 = Http2Arrivals.of(http, limits.body());
    if (http2 == null) {
      Http1Messages.addBefore(http, this);
    } else {
      enter(Phase.IDLE);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    end = new ConnectionEnd(context);
    long interval = limits.interval().toNanos();
    checks =
        context
            .executor()
            .scheduleWithFixedDelay(() -> check(context), interval, interval, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (checks != null) {
      checks.cancel(false);
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    spoken = true;
    heardLately = true;
    if (end().hasBegun()) {
      ReferenceCountUtil.release(bytes);
      return;
    }
    if (phase == Phase.IDLE && http2 == null) {
      enter(Phase.HEAD);
    }
    upgrade.read(context, (ByteBuf) bytes);
  }

  /** A request's head is complete. */
  void headCame() {
    enter(Phase.BODY);
  }

  /** A request is complete. */
  void bodyCame() {
    enter(Phase.CALL);
  }

  /**
   * An answer was written.
   *
   * @param furtherBody whether the body of a further request is arriving
   */
  void answered(boolean furtherBody) {
    enter(furtherBody ? Phase.BODY : Phase.IDLE);
  }

  boolean isLeaving() {
    return leaving;
  }

  ConnectionEnd end() {
    return Objects.requireNonNull(end, "it has no pipeline yet");
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ShutdownEvent shutdown) || shutdown.timeout() == 0) {
      context.fireUserEventTriggered(event);
    } else if (!leaving) {
      leaving = true;
      endCalls();
      if (http2 == null) {
        long patienceMillis = shutdown.timeUnit().toMillis(shutdown.timeout());
        long waitMillis = Math.min(FAREWELL.toMillis(), patienceMillis / 4);
        context.executor().schedule(this::endIfSilent, waitMillis, TimeUnit.MILLISECONDS);
      } else {
        context.fireUserEventTriggered(event);
      }
    }
  }

  private void endIfSilent() {
    if (phase == Phase.IDLE || !spoken) {
      end().begin();
    }
  }

  private void check(ChannelHandlerContext context) {
    long nowNanos = System.nanoTime();
    if (http2 != null) {
      checkHttp2(context, http2, nowNanos);
      return;
    }
    boolean isSilent = !heardLately;
    heardLately = false;
    Duration limit = phase.limit(limits);
    if (!end().hasBegun() && limit != null && nowNanos - sinceNanos > limit.toNanos()) {
      if (phase == Phase.IDLE || isSilent) {
        end().begin(); // a client that stopped halfway does not wait for an answer
      } else {
        end().refuse(HttpResponseStatus.REQUEST_TIMEOUT, "the request came too slowly");
      }
    }
  }

  private void checkHttp2(ChannelHandlerContext context, Http2Arrivals arrivals, long nowNanos) {
    if (arrivals.check(nowNanos)) {
      sinceNanos = nowNanos;
    } else if (!leaving && nowNanos - sinceNanos > limits.idle().toNanos()) {
      leaving = true;
      context.fireUserEventTriggered(
          new ShutdownEvent(IDLE_SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private void enter(Phase next) {
    phase = next;
    sinceNanos = System.nanoTime();
  }

  /** What the connection waits for. */
  private enum Phase {
    HEAD,
    BODY,
    CALL,
    IDLE;

    @Nullable Duration limit(TimeLimits limits) {
      return switch (this) {
        case HEAD -> limits.head();
        case BODY -> limits.body();
        case CALL -> null;
        case IDLE -> limits.idle();
      };
    }
  }
}
