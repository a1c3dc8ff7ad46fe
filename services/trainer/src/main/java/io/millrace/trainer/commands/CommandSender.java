package io.millrace.trainer.commands;

import io.millrace.proto.control.v1.Command;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends commands to the trainer of a model. Sending waits for the broker. Safe for any thread. */
public final class CommandSender implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final URI source;

  /**
   * @param producerProperties the producer's connection to Kafka
   * @param source the CloudEvents source, such as {@code urn:millrace:command-line}
   */
  public CommandSender(Map<String, Object> producerProperties, String topic, URI source) {
    this.producer =
        new KafkaProducer<>(
            producerProperties, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.source = source;
  }

  /**
   * Sends a command and waits until the broker has it.
   *
   * @throws KafkaException if the broker does not accept it
   */
  public void send(Command command) {
    OffsetDateTime now = OffsetDateTime.now(Clock.systemUTC());
    try {
      producer
          .send(CommandEvents.record(topic, command, source, now))
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the command was not taken by " + topic + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
