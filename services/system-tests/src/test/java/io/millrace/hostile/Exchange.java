package io.millrace.hostile;

import io.millrace.hostile.HostileBroker.Place;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/**
 * The frames of one connection, of which only writes and their answers are changed. A write that is
 * kept out leaves its request, which may be empty then, so that answers keep their order.
 */
final class Exchange {
  /** Topics that some answer has named; writes name them by their ids. */
  private static final Map<Uuid, String> NAMES = new ConcurrentHashMap<>();

  private final HostileBroker rules;
  private final Socket client;
  private final Socket server;
  private final Map<Integer, Question> asked = new ConcurrentHashMap<>();

  /**
   * A request.
   *
   * @param topics it writes to
   * @param keptOut the answers of those of them that the server does not hear of
   */
  private record Question(
      RequestHeader header, List<String> topics, List<TopicProduceResponse> keptOut) {}

  Exchange(HostileBroker rules, Socket client, Socket server) {
    this.rules = rules;
    this.client = client;
    this.server = server;
  }

  void passRequests() throws IOException {
    DataInputStream from = input(client);
    DataOutputStream to = output(server);
    try (server) {
      while (true) {
        byte[] frame = letIn(frame(from));
        to.writeInt(frame.length);
        to.write(frame);
        to.flush();
      }
    }
  }

  void passAnswers() throws IOException {
    DataInputStream from = input(server);
    DataOutputStream to = output(client);
    try (client) {
      while (true) {
        byte[] frame = frame(from);
        Question question = asked.remove(ByteBuffer.wrap(frame).getInt());
        byte[] answer = question == null ? frame : answer(frame, question);
        to.writeInt(answer.length);
        if (question != null && rules.breaksOff(question.topics())) {
          to.write(answer, 0, answer.length / 2);
          to.flush();
          return;
        }
        to.write(answer);
        to.flush();
      }
    }
  }

  /** Returns a request without the writes to topics that are refused at the door. */
  private byte[] letIn(byte[] frame) {
    ByteBuffer buffer = ByteBuffer.wrap(frame);
    RequestHeader header = RequestHeader.parse(buffer);
    if (header.apiKey() == ApiKeys.METADATA) {
      asked.put(header.correlationId(), new Question(header, List.of(), List.of()));
    }
    if (header.apiKey() != ApiKeys.PRODUCE) {
      return frame;
    }
    ProduceRequestData writes =
        ((ProduceRequest)
                AbstractRequest.parseRequest(
                        header.apiKey(), header.apiVersion(), new ByteBufferAccessor(buffer))
                    .request)
            .data();
    List<String> topics =
        writes.topicData().stream().map(topic -> name(topic.name(), topic.topicId())).toList();
    List<TopicProduceResponse> keptOut = keptOut(writes);
    asked.put(header.correlationId(), new Question(header, topics, keptOut));
    return keptOut.isEmpty()
        ? frame
        : bytes(
            RequestUtils.serialize(
                header.data(), header.headerVersion(), writes, header.apiVersion()));
  }

  private List<TopicProduceResponse> keptOut(ProduceRequestData writes) {
    List<TopicProduceResponse> keptOut = new ArrayList<>();
    for (TopicProduceData topic : List.copyOf(writes.topicData())) {
      Errors error = rules.errorFor(Place.DOOR, name(topic.name(), topic.topicId()));
      if (error != Errors.NONE) {
        writes.topicData().remove(topic);
        keptOut.add(refusal(topic, error));
      }
    }
    return keptOut;
  }

  private static TopicProduceResponse refusal(TopicProduceData topic, Errors error) {
    TopicProduceResponse refusal =
        new TopicProduceResponse().setName(topic.name()).setTopicId(topic.topicId());
    topic
        .partitionData()
        .forEach(
            partition ->
                refusal
                    .partitionResponses()
                    .add(
                        refused(
                            new PartitionProduceResponse().setIndex(partition.index()), error)));
    return refusal;
  }

  private byte[] answer(byte[] frame, Question question) {
    AbstractResponse answer =
        AbstractResponse.parseResponse(ByteBuffer.wrap(frame), question.header());
    if (answer instanceof MetadataResponse metadata) {
      learnNames(metadata);
      return frame;
    }
    LockSupport.parkNanos(Duration.ofMillis(rules.delayMillis()).toNanos());
    ProduceResponseData told = ((ProduceResponse) answer).data();
    boolean changed = tellFalsely(told) || !question.keptOut().isEmpty();
    question.keptOut().forEach(told.responses()::add);
    ResponseHeaderData header = question.header().toResponseHeader().data();
    return changed
        ? bytes(
            RequestUtils.serialize(
                header,
                question.header().toResponseHeader().headerVersion(),
                told,
                question.header().apiVersion()))
        : frame;
  }

  private static void learnNames(MetadataResponse metadata) {
    for (MetadataResponseTopic topic : metadata.data().topics()) {
      if (topic.name() != null) {
        NAMES.put(topic.topicId(), topic.name());
      }
    }
  }

  /** Says of what was stored that it was refused, where it is to be said. */
  private boolean tellFalsely(ProduceResponseData told) {
    boolean changed = false;
    for (TopicProduceResponse topic : told.responses()) {
      Errors error = rules.errorFor(Place.LOG, name(topic.name(), topic.topicId()));
      if (error != Errors.NONE) {
        topic.partitionResponses().forEach(partition -> refused(partition, error));
        changed = true;
      }
    }
    return changed;
  }

  private static PartitionProduceResponse refused(
      PartitionProduceResponse partition, Errors error) {
    return partition.setErrorCode(error.code()).setBaseOffset(ProduceResponse.INVALID_OFFSET);
  }

  private static String name(String name, Uuid id) {
    return name.isEmpty() ? NAMES.getOrDefault(id, "") : name;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** A frame goes out in one piece: with two the second would wait for the first's receipt. */
  private static DataOutputStream output(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  private static byte[] frame(DataInputStream from) throws IOException {
    byte[] frame = new byte[from.readInt()];
    from.readFully(frame);
    return frame;
  }
}
