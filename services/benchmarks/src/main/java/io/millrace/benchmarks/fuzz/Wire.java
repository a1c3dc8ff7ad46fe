package io.millrace.benchmarks.fuzz;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Connections that send bytes as they are. Confined to one event loop. */
final class Wire {
  private static final int MOST_SHOWN = 4096;

  private final Vertx vertx;
  private final NetClient client;
  private final int port;

  Wire(Vertx vertx, int port) {
    this.vertx = vertx;
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(20_000));
    this.port = port;
  }

  /**
   * Opens a connection, sends, and receives until one side ends it.
   *
   * @param pieces sent one after the other
   * @param pauseMillis the pause between them; 0 for none
   * @param enough whether the received bytes suffice; then the client leaves
   */
  Future<Heard> talk(List<Buffer> pieces, long pauseMillis, Predicate<Buffer> enough) {
    long sinceNanos = System.nanoTime();
    return client
        .connect(port, "127.0.0.1")
        .compose(socket -> new Talk(socket, pieces, pauseMillis, enough).begin())
        .map(heard -> heard.within(System.nanoTime() - sinceNanos));
  }

  /** Returns bytes as readable text from which they can be reconstructed. */
  static String shown(Buffer bytes) {
    StringBuilder shown = new StringBuilder().append('"');
    for (int i = 0; i < Math.min(bytes.length(), MOST_SHOWN); i++) {
      int each = bytes.getUnsignedByte(i);
      boolean isPlain = each >= ' ' && each < 0x7f && each != '"' && each != '\\';
      shown.append(isPlain ? Character.toString(each) : "\\x%02x".formatted(each));
    }
    return shown.append('"').append(bytes.length() > MOST_SHOWN ? " ..." : "").toString();
  }

  /**
   * The result of a connection.
   *
   * @param ended whether the server ended it
   * @param failure why it ended, if not regularly
   * @param heldNanos how long it was open, as seen by the client
   * @param wholeNanos the total time, including connecting
   */
  record Heard(
      Buffer bytes, boolean ended, @Nullable Throwable failure, long heldNanos, long wholeNanos) {
    Heard within(long nanos) {
      return new Heard(bytes, ended, failure, heldNanos, nanos);
    }

    @Override
    public String toString() {
      return "heard %s in %d of %d ms, %s"
          .formatted(
              shown(bytes),
              heldNanos / 1_000_000,
              wholeNanos / 1_000_000,
              failure == null ? (ended ? "ended" : "left") : failure.toString());
    }
  }

  private final class Talk {
    private final NetSocket socket;
    private final List<Buffer> pieces;
    private final long pauseMillis;
    private final Predicate<Buffer> enough;
    private final Promise<Heard> end = Promise.promise();
    private final Buffer heard = Buffer.buffer();
    private final long sinceNanos = System.nanoTime();
    private @Nullable Throwable failure;
    private int sent;

    Talk(NetSocket socket, List<Buffer> pieces, long pauseMillis, Predicate<Buffer> enough) {
      this.socket = socket;
      this.pieces = pieces;
      this.pauseMillis = pauseMillis;
      this.enough = enough;
    }

    Future<Heard> begin() {
      socket.exceptionHandler(broken -> failure = broken); // it is then closed
      socket.closeHandler(nothing -> end(true));
      socket.handler(
          bytes -> {
            heard.appendBuffer(bytes);
            leaveIfEnough();
          });
      send();
      return end.future();
    }

    private void send() {
      if (sent == pieces.size()) {
        leaveIfEnough();
      } else if (!end.future().isComplete()) {
        socket.write(pieces.get(sent++)).onSuccess(nothing -> sendNext());
      }
    }

    private void sendNext() {
      if (pauseMillis > 0 && sent < pieces.size()) {
        vertx.setTimer(pauseMillis, timer -> send());
      } else {
        send();
      }
    }

    private void leaveIfEnough() {
      if (sent == pieces.size() && enough.test(heard)) {
        end(false);
        socket.close();
      }
    }

    private void end(boolean byServer) {
      end.tryComplete(new Heard(heard, byServer, failure, System.nanoTime() - sinceNanos, 0));
    }
  }
}
