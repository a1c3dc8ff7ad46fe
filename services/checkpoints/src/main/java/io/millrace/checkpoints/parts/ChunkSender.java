package io.millrace.checkpoints.parts;

import io.millrace.checkpoints.kafka.CheckpointTopics;
import io.millrace.checkpoints.kafka.Sends;
import io.millrace.checkpoints.manifest.StoredCheckpoint;
import io.millrace.checkpoints.manifest.StoredPart;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Sends the chunks of a model's parts, and the tombstones that delete them. */
public final class ChunkSender {
  private final String topic;
  private final String model;
  private final byte[] buffer;

  /**
   * @param chunkBytes the size of a chunk; the last one of a part may be smaller
   */
  public ChunkSender(CheckpointTopics topics, String model, int chunkBytes) {
    this.topic = topics.chunks();
    this.model = model;
    this.buffer = new byte[chunkBytes];
  }

  /**
   * A part whose chunks were sent.
   *
   * @param firstChunk the first chunk's number among the sends
   */
  public record Sent(int slot, ChunkOutput.Written written, int firstChunk) {

    /** Waits until the first chunk is acknowledged, and returns the part's location. */
    public StoredPart stored(Sends sends) {
      return new StoredPart(
          slot,
          written.chunkCount(),
          written.sizeBytes(),
          written.sha256(),
          sends.offset(firstChunk));
    }
  }

  public Sent send(PartKind kind, PartContent content, int slot, long version, Sends sends) {
    int firstChunk = sends.count();
    Headers headers = ChunkHeaders.of(version);
    ChunkOutput output =
        new ChunkOutput(
            buffer,
            Integer.MAX_VALUE,
            (index, chunk) -> sends.add(record(kind.key(model, slot, index), chunk, headers)));
    new PartEncoder(output).encode(content);
    return new Sent(slot, output.finish(), firstChunk);
  }

  public void delete(StoredCheckpoint stored, Sends sends) {
    delete(PartKind.WEIGHTS, stored.weights(), sends);
    if (stored.state() != null) {
      delete(PartKind.STATE, stored.state(), sends);
    }
  }

  private void delete(PartKind kind, StoredPart part, Sends sends) {
    for (int index = 0; index < part.chunkCount(); index++) {
      sends.add(new ProducerRecord<>(topic, 0, kind.key(model, part.slot(), index), null));
    }
  }

  private ProducerRecord<byte[], byte[]> record(byte[] key, byte[] chunk, Headers headers) {
    return new ProducerRecord<>(topic, 0, key, chunk, headers);
  }
}
