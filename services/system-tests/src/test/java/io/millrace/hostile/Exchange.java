package io.millrace.hostile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/** The frames of one connection, of which only answers to writes are changed. */
final class Exchange {
  /** Topics that some answer has named; writes name them by their ids. */
  private static final Map<Uuid, String> NAMES = new ConcurrentHashMap<>();

  private final HostileBroker rules;
  private final Socket client;
  private final Socket server;
  private final Map<Integer, RequestHeader> asked = new ConcurrentHashMap<>();

  Exchange(HostileBroker rules, Socket client, Socket server) {
    this.rules = rules;
    this.client = client;
    this.server = server;
  }

  void passRequests() throws IOException {
    DataInputStream from = new DataInputStream(client.getInputStream());
    DataOutputStream to = new DataOutputStream(server.getOutputStream());
    try (server) {
      while (true) {
        byte[] frame = frame(from);
        RequestHeader header = RequestHeader.parse(ByteBuffer.wrap(frame));
        if (header.apiKey() == ApiKeys.PRODUCE || header.apiKey() == ApiKeys.METADATA) {
          asked.put(header.correlationId(), header);
        }
        to.writeInt(frame.length);
        to.write(frame);
      }
    }
  }

  void passAnswers() throws IOException {
    DataInputStream from = new DataInputStream(server.getInputStream());
    DataOutputStream to = new DataOutputStream(client.getOutputStream());
    try (client) {
      while (true) {
        byte[] frame = changed(frame(from));
        to.writeInt(frame.length);
        if (frame.length > 0 && isWrite(frame) && rules.breaksOff()) {
          to.write(frame, 0, frame.length / 2);
          return;
        }
        to.write(frame);
      }
    }
  }

  private boolean isWrite(byte[] frame) {
    RequestHeader header = asked.remove(ByteBuffer.wrap(frame).getInt());
    return header != null && header.apiKey() == ApiKeys.PRODUCE;
  }

  private byte[] changed(byte[] frame) {
    RequestHeader header = asked.get(ByteBuffer.wrap(frame).getInt());
    if (header == null) {
      return frame;
    }
    AbstractResponse answer = AbstractResponse.parseResponse(ByteBuffer.wrap(frame), header);
    if (answer instanceof MetadataResponse metadata) {
      for (MetadataResponseTopic topic : metadata.data().topics()) {
        if (topic.name() != null) {
          NAMES.put(topic.topicId(), topic.name());
        }
      }
      return frame;
    }
    LockSupport.parkNanos(Duration.ofMillis(rules.delayMillis()).toNanos());
    return refused((ProduceResponse) answer) ? written(answer, header) : frame;
  }

  private boolean refused(ProduceResponse answer) {
    boolean refused = false;
    for (TopicProduceResponse topic : answer.data().responses()) {
      String name = topic.name().isEmpty() ? NAMES.getOrDefault(topic.topicId(), "") : topic.name();
      Errors error = rules.errorFor(name);
      for (PartitionProduceResponse partition : topic.partitionResponses()) {
        if (error != Errors.NONE) {
          partition.setErrorCode(error.code()).setBaseOffset(ProduceResponse.INVALID_OFFSET);
          refused = true;
        }
      }
    }
    return refused;
  }

  private static byte[] written(AbstractResponse answer, RequestHeader header) {
    ByteBuffer bytes =
        RequestUtils.serialize(
            header.toResponseHeader().data(),
            header.toResponseHeader().headerVersion(),
            answer.data(),
            header.apiVersion());
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    return frame;
  }

  private static byte[] frame(DataInputStream from) throws IOException {
    byte[] frame = new byte[from.readInt()];
    from.readFully(frame);
    return frame;
  }
}
