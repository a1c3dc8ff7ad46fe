package io.millrace.predictor.answering;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.rest.KserveInstances;
import io.millrace.predictor.rest.RestRequestReader;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests for the records of {@link RawFieldsTest} in every form that a request may have. */
final class RawFieldRequests {

  /** How the texts of a request come. */
  enum Way {
    TYPED,
    RAW,
    REST,
    KSERVE_LIST,
    KSERVE_OBJECT
  }

  /**
   * A record: everything but the note is always there, the age may be NaN for none.
   *
   * @param at in the form of ISO 8601
   */
  record Event(String city, String at, float age, @Nullable String note) {
    @Nullable String text(String field) {
      return switch (field) {
        case "city" -> city;
        case "at" -> at;
        default -> note;
      };
    }
  }

  private RawFieldRequests() {}

  static ModelInferRequest request(Way way, Event event, ServedModel model) throws IOException {
    return switch (way) {
      case TYPED -> typed(event);
      case RAW -> raw(event);
      case REST -> rest(event);
      case KSERVE_LIST -> KserveInstances.read(rows("[%s, %s, %s, %s]", event), model);
      case KSERVE_OBJECT ->
          KserveInstances.read(
              rows("{\"city\": %s, \"at\": %s, \"age\": %s, \"note\": %s}", event), model);
    };
  }

  /** A category of digits is a number in JSON, and meant as it is written. */
  private static byte[] rows(String form, Event event) {
    boolean bare = event.city.equals("8001") || event.city.equals("true");
    String row =
        form.formatted(
            bare ? event.city : quoted(event.city),
            quoted(event.at),
            Float.isNaN(event.age) ? "null" : "" + event.age,
            event.note == null ? "null" : quoted(event.note));
    return ("{\"instances\": [" + row + "]}").getBytes(UTF_8);
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /** What is missing is left out. */
  private static ModelInferRequest typed(Event event) {
    ModelInferRequest.Builder request =
        Requests.to("echo")
            .addInputs(texts("city", event.city))
            .addInputs(texts("at", event.at))
            .addInputs(Requests.typed("age", List.of(1L), event.age));
    if (event.note != null) {
      request.addInputs(texts("note", event.note));
    }
    return request.build();
  }

  private static ModelInferRequest raw(Event event) {
    ModelInferRequest.Builder request = Requests.to("echo");
    for (String field : List.of("city", "at", "note")) {
      request.addInputs(Requests.tensor(field, "BYTES", List.of(1L, 1L)));
      request.addRawInputContents(framed(event.text(field)));
    }
    request.addInputs(Requests.tensor("age", "FP32", List.of(1L, 1L)));
    return request.addRawInputContents(Requests.floats(event.age)).build();
  }

  private static ModelInferRequest rest(Event event) throws IOException {
    List<String> tensors = new ArrayList<>();
    for (String field : List.of("city", "at", "note")) {
      String text = event.text(field);
      tensors.add(rest(field, "BYTES", text == null ? "null" : "\"" + text + "\""));
    }
    tensors.add(rest("age", "FP32", Float.isNaN(event.age) ? "null" : "" + event.age));
    return rest("{\"inputs\": " + tensors + "}");
  }

  static ModelInferRequest rest(String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    return RestRequestReader.read(
            body, body.length, ModelInferRequest.newBuilder().setModelName("echo"))
        .message();
  }

  static String rest(String name, String type, String value) {
    return "{\"name\": \"%s\", \"shape\": [1], \"data\": [%s], \"datatype\": \"%s\"}"
        .formatted(name, value, type);
  }

  static InferInputTensor texts(String name, String... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (String value : values) {
      contents.addBytesContents(ByteString.copyFromUtf8(value));
    }
    return Requests.tensor(name, "BYTES", List.of((long) values.length))
        .setContents(contents)
        .build();
  }

  private static ByteString framed(@Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(UTF_8);
    ByteBuffer framed = ByteBuffer.allocate(4 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(text == null ? -1 : bytes.length).put(bytes);
    return ByteString.copyFrom(framed.flip());
  }
}
