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

/** Connections on which bytes are sent as they are. Confined to one event loop. */
final class Wire {
  private final Vertx vertx;
  private final NetClient client;
  private final int port;

  Wire(Vertx vertx, int port) {
    this.vertx = vertx;
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(20_000));
    this.port = port;
  }

  /**
   * Opens a connection, sends, and hears what comes until somebody ends it.
   *
   * @param pieces sent one after the other
   * @param pauseMillis between them; 0 for none
   * @param enough whether what was heard is all that is waited for: then the client leaves
   */
  Future<Heard> talk(List<Buffer> pieces, long pauseMillis, Predicate<Buffer> enough) {
    return client
        .connect(port, "127.0.0.1")
        .compose(socket -> new Talk(socket, pieces, pauseMillis, enough).begin());
  }

  /**
   * What came on a connection.
   *
   * @param ended whether the server has ended it
   * @param heldNanos how long it was open
   */
  record Heard(Buffer bytes, boolean ended, long heldNanos) {}

  private final class Talk {
    private final NetSocket socket;
    private final List<Buffer> pieces;
    private final long pauseMillis;
    private final Predicate<Buffer> enough;
    private final Promise<Heard> end = Promise.promise();
    private final Buffer heard = Buffer.buffer();
    private final long sinceNanos = System.nanoTime();
    private int sent;

    Talk(NetSocket socket, List<Buffer> pieces, long pauseMillis, Predicate<Buffer> enough) {
      this.socket = socket;
      this.pieces = pieces;
      this.pauseMillis = pauseMillis;
      this.enough = enough;
    }

    Future<Heard> begin() {
      socket.exceptionHandler(broken -> {}); // it is closed then
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
      end.tryComplete(new Heard(heard, byServer, System.nanoTime() - sinceNanos));
    }
  }
}
