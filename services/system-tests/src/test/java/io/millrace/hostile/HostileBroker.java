package io.millrace.hostile;

import io.millrace.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.protocol.Errors;

/**
 * A real broker behind a door that may keep writes to a topic out and answer them with an error
 * itself, or let them in and say that they were refused, as both happens; answers may come late, or
 * break off half way.
 */
final class HostileBroker implements AutoCloseable {
  private final ServerSocket door;
  private final EmbeddedBroker broker;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> breaks = new ConcurrentHashMap<>();
  private volatile long delayMillis;

  /** Where a write ends that is answered with an error. */
  enum Place {
    /** Nothing of it is stored. */
    DOOR,
    /** It is stored, and the answer says otherwise. */
    LOG
  }

  /** An error that is still to be told so often of writes to a topic. */
  private record Refusal(Place place, Errors error, AtomicInteger times) {}

  HostileBroker() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    broker =
        EmbeddedBroker.started(
            Map.of(
                "advertised.listeners",
                "PLAINTEXT://" + bootstrapServers(),
                "group.min.session.timeout.ms",
                "1000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                "200"));
    String address = broker.bootstrapServers();
    port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    start("door", this::accept);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** Answers the next writes to a topic with an error. */
  void refuse(Place place, String topic, Errors error, int times) {
    refusals.put(topic, new Refusal(place, error, new AtomicInteger(times)));
  }

  /** Returns whether all that was to be refused has been. */
  boolean hasRefused(String topic) {
    Refusal refusal = refusals.get(topic);
    return refusal != null && refusal.times().get() <= 0;
  }

  /** Breaks off the next answers to writes to a topic in their middle. */
  void breakOff(String topic, int times) {
    breaks.put(topic, new AtomicInteger(times));
  }

  boolean hasBrokenOff(String topic) {
    AtomicInteger left = breaks.get(topic);
    return left != null && left.get() <= 0;
  }

  /** Lets every answer to a write wait. */
  void delay(long millis) {
    delayMillis = millis;
  }

  void restart() {
    broker.stop();
    broker.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    broker.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Returns the error to be told of a write to a topic, once for each that is left. */
  Errors errorFor(Place place, String topic) {
    Refusal refusal = refusals.get(topic);
    return refusal != null && refusal.place() == place && refusal.times().getAndDecrement() > 0
        ? refusal.error()
        : Errors.NONE;
  }

  boolean breaksOff(List<String> topics) {
    return topics.stream()
        .map(breaks::get)
        .anyMatch(left -> left != null && left.getAndDecrement() > 0);
  }

  long delayMillis() {
    return delayMillis;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      open.add(client);
      start("connection", () -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(server);
      Exchange exchange = new Exchange(this, client, server);
      Thread answers = start("answers", exchange::passAnswers);
      exchange.passRequests();
      answers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private static Thread start(String name, Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (IOException e) {
                if (!"door".equals(name)) {
                  return; // either side has gone
                }
              }
            },
            "hostile-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** What a thread does until its sockets are closed. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
