package io.millrace.tracing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as a collector receives it. Its fields are found by their numbers [1], since nothing here
 * knows OpenTelemetry's messages.
 *
 * <p>[1] opentelemetry-proto, trace/v1/trace.proto.
 *
 * @param links the traces that it is linked to
 * @param attributes texts and whole numbers, by name
 */
record ReceivedSpan(
    String trace,
    String id,
    String parent,
    String name,
    List<String> links,
    Map<String, String> attributes) {

  /** Reads an ExportTraceServiceRequest. */
  static List<ReceivedSpan> of(byte[] request) throws InvalidProtocolBufferException {
    List<ReceivedSpan> spans = new ArrayList<>();
    for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(request), 1)) {
      for (UnknownFieldSet scope : messages(resource, 2)) {
        for (UnknownFieldSet span : messages(scope, 2)) {
          spans.add(span(span));
        }
      }
    }
    return spans;
  }

  private static ReceivedSpan span(UnknownFieldSet span) throws InvalidProtocolBufferException {
    List<String> links = new ArrayList<>();
    for (UnknownFieldSet link : messages(span, 13)) {
      links.add(hex(link, 1));
    }
    Map<String, String> attributes = new TreeMap<>();
    for (UnknownFieldSet attribute : messages(span, 9)) {
      UnknownFieldSet value = messages(attribute, 2).get(0);
      attributes.put(
          bytes(attribute, 1).toStringUtf8(),
          value.getField(1).getLengthDelimitedList().isEmpty()
              ? String.valueOf(value.getField(3).getVarintList().get(0))
              : bytes(value, 1).toStringUtf8());
    }
    return new ReceivedSpan(
        hex(span, 1), hex(span, 2), hex(span, 4), bytes(span, 5).toStringUtf8(), links, attributes);
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field)
      throws InvalidProtocolBufferException {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : of.getField(field).getLengthDelimitedList()) {
      messages.add(UnknownFieldSet.parseFrom(bytes));
    }
    return messages;
  }

  private static String hex(UnknownFieldSet of, int field) {
    return HexFormat.of().formatHex(bytes(of, field).toByteArray());
  }

  private static ByteString bytes(UnknownFieldSet of, int field) {
    List<ByteString> values = of.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? ByteString.EMPTY : values.get(0);
  }
}
