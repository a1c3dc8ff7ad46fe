package io.millrace.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker inside this process: one KRaft node, both broker and controller, with its data in
 * a temporary folder that {@link #close} removes.
 *
 * <p>It listens on free ports of the loopback address. {@link #stop} and {@link #start} keep the
 * ports and the data, like a broker that went away and came back. Topics are not created
 * automatically, so a client that forgets to create one fails. Confined to one thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int BIND_ATTEMPTS = 10;

  private final Path folder;
  private final boolean temporary;
  private final int port;
  private final KafkaConfig config;
  private @Nullable KafkaRaftServer server;

  private EmbeddedBroker(
      Path folder,
      boolean temporary,
      int port,
      int controllerPort,
      Map<String, String> properties) {
    this.folder = folder;
    this.temporary = temporary;
    this.port = port;
    this.config = BrokerProperties.read(folder, port, controllerPort, properties);
  }

  /** Returns a running broker with default properties. */
  public static EmbeddedBroker started() {
    return started(Map.of());
  }

  /**
   * Returns a running broker.
   *
   * @param properties broker properties, which override this class's own
   */
  public static EmbeddedBroker started(Map<String, String> properties) {
    return started(properties, FreePort::find);
  }

  /**
   * Returns a running broker for development, whose data stays in a folder. A later broker with the
   * same folder goes on with it, on any port.
   *
   * @param folder the folder of the data; created and formatted if it is missing or empty
   * @param port the port for clients
   * @throws IOException with a sentence for the user if the port or the folder cannot be used
   */
  public static EmbeddedBroker keptIn(Path folder, int port) throws IOException {
    requireFree(port);
    BrokerFolder.prepare(folder);
    return startedAt(folder, port, FreePort.find());
  }

  /**
   * Returns a running broker that another process can replace, with the same arguments, after this
   * one has crashed. Its data stays.
   *
   * @param folder the folder of the data
   * @param port the port for clients
   * @param controllerPort the port of the controller
   */
  public static EmbeddedBroker startedAt(Path folder, int port, int controllerPort)
      throws IOException {
    EmbeddedBroker broker = new EmbeddedBroker(folder, false, port, controllerPort, Map.of());
    if (!BrokerFolder.isFormatted(folder)) {
      broker.format();
    }
    broker.start();
    return broker;
  }

  static EmbeddedBroker started(Map<String, String> properties, IntSupplier ports) {
    for (int attempt = 1; ; attempt++) {
      try {
        return startedOnce(properties, ports);
      } catch (RuntimeException e) {
        // Another process may take a free port before the broker binds it.
        if (!isPortTaken(e) || attempt == BIND_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Returns the value of {@code bootstrap.servers} for clients. */
  public String bootstrapServers() {
    return BrokerProperties.HOST + ":" + port;
  }

  /** Starts a stopped broker with the same ports and data. */
  public void start() {
    if (server == null) {
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
    }
  }

  /** Stops the broker and waits until it is down; its data stays. */
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /** Stops the broker and removes its data if the folder is temporary. */
  @Override
  public void close() {
    stop();
    try {
      if (temporary) {
        TemporaryFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of the data. */
  Path folder() {
    return folder;
  }

  private static EmbeddedBroker startedOnce(Map<String, String> properties, IntSupplier ports) {
    EmbeddedBroker broker = null;
    boolean started = false;
    try {
      Path folder = Files.createTempDirectory("millrace-broker-");
      broker = new EmbeddedBroker(folder, true, ports.getAsInt(), ports.getAsInt(), properties);
      broker.format();
      broker.start();
      started = true;
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!started && broker != null) {
        broker.close();
      }
    }
  }

  private void format() throws IOException {
    try {
      new Formatter()
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .run();
    } catch (Exception e) { // the formatter declares no narrower exception
      throw new IOException("the broker's folder " + folder + " cannot be formatted", e);
    }
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(BrokerProperties.HOST, port));
    } catch (BindException e) {
      throw new IOException(
          "port %d of %s is in use: another broker may listen there; use that one, or name a port that is free"
              .formatted(port, BrokerProperties.HOST),
          e);
    }
  }

  private static boolean isPortTaken(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }
}
