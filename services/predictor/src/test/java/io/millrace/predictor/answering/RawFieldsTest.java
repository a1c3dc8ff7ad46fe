package io.millrace.predictor.answering;

import static io.millrace.predictor.answering.RawFieldRequests.rest;
import static io.millrace.predictor.answering.RawFieldRequests.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.DefinitionJson;
import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.features.FieldCells;
import io.millrace.learning.features.RawForm;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.Inference;
import io.millrace.learning.model.Model;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.state.State;
import io.millrace.predictor.answering.RawFieldRequests.Event;
import io.millrace.predictor.answering.RawFieldRequests.Way;
import io.millrace.predictor.following.InputTensor;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.predictor.rest.KserveInstances;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fields of records sent unchanged: a category, a text, a time, a number. The network sees the same
 * bits as in training.
 */
class RawFieldsTest {
  private static final int RECORDS = 400;
  private static final Map<String, Object> TREE = tree();

  private final ModelDefinition definition = ModelDefinition.read(Section.root(TREE));
  private final Learner learner =
      new Learner(definition, LearnerSettings.read(Section.root(Map.of()), definition));
  private final Random random = new Random(3);

  @ParameterizedTest
  @EnumSource
  void infer_fieldsOfTrainedRecords_meetsTheSameTensorAndAnswersAlike(Way way) throws IOException {
    // Given: a model that was trained on records, vocabulary and statistics included
    List<Event> events = Stream.generate(this::event).limit(RECORDS).toList();
    events.forEach(this::train);
    State weights = learner.weights();
    ServedModel served = TestModels.of(DefinitionJson.write(TREE), weights);
    Inference trained = new Inference(definition, 1);
    trained.load(new Model(definition, weights));

    for (Event event : events) {
      // When
      ExampleBatch rows = served.computation().rows();
      copy(
          (InferenceCall) RequestReader.read(served, RawFieldRequests.request(way, event, served)),
          rows);
      float[][] asked = {rows.input(0).clone(), rows.input(1).clone()};
      rows.advance();
      served.computation().run();

      // Then
      ExampleBatch expected = trained.rows();
      write(event, expected);
      assertThat(asked[0]).startsWith(expected.input(0));
      assertThat(asked[1]).startsWith(expected.input(1));
      expected.advance();
      trained.run();
      assertThat(served.computation().output(0)[0]).isEqualTo(trained.output(0)[0]);
    }
  }

  @Test
  void metadata_fieldsWithTexts_areBytes() {
    assertThat(served().signature().inputTensors())
        .extracting(tensor -> tensor.name() + " " + tensor.isText() + " " + tensor.width())
        .containsExactly("city true 1", "at true 1", "age false 1", "note true 1");
  }

  @Test
  void inputTensors_fieldsThatMayBeMissing_areOptional() {
    ModelInferRequest withoutThem =
        ModelInferRequest.newBuilder()
            .addInputs(texts("city", "Rome"))
            .addInputs(texts("at", "2026-11-21T10:00:00Z"))
            .build();

    assertThat(served().signature().inputTensors())
        .filteredOn(InputTensor::isOptional)
        .extracting(InputTensor::name)
        .containsExactly("age", "note");
    assertThat(RequestReader.read(served(), withoutThem)).isInstanceOf(InferenceCall.class);
  }

  @Test
  void read_whatDoesNotFit_isRefusedByTensorAndExpectation() {
    assertThat(refusal(texts("at", "tomorrow")))
        .isEqualTo(
            "input 'at' has text in row 0; expected a point in time in the forms of ISO 8601");
    assertThat(refusal(texts("city", "Rome", "Bern").toBuilder().setShape(0, 1).build()))
        .isEqualTo(
            "input 'city' has 2 elements in the contents for BYTES; expected 1 for shape [1]");
    assertThat(refusal(texts("city", "Rome", "Bern").toBuilder().addShape(2).build()))
        .isEqualTo("input 'city' has shape [2, 2]; expected [rows, 1] or [rows]");
    assertThat(refusal(texts("age", "12")))
        .startsWith("input 'age' has datatype 'BYTES'; expected numbers");
    assertThat(refusal(Requests.typed("city", List.of(1L, 3L), 5, 6, 7).build()))
        .isEqualTo(
            "input 'city' has datatype FP32 and shape [1, 3]; expected BYTES or numbers of shape"
                + " [rows]");
    assertThat(refusal(Requests.typed("city", List.of(1L), Float.NaN).build()))
        .startsWith("input 'city' has NaN in row 0; expected a value");
    assertThat(refusal(Requests.typed("at", List.of(1L), Float.POSITIVE_INFINITY).build()))
        .startsWith("input 'at' has number in row 0; expected a finite number");
    assertThat(refusal(texts("age", "12").toBuilder().setName("town").build()))
        .endsWith(
            "expects 'city' [rows] of BYTES, 'at' [rows] of BYTES, 'age' [rows] and 'note' [rows]"
                + " of BYTES");
    assertThat(refusal(texts("note", "no city")))
        .startsWith("input 'city' is missing; model 'echo' expects");
  }

  @ParameterizedTest
  @MethodSource("ones")
  void read_numberOfAnyTypeForAName_isTheTermOfItsText(
      String text, String type, Consumer<InferTensorContents.Builder> contents, Object raw) {
    // Given
    InferTensorContents.Builder typed = InferTensorContents.newBuilder();
    contents.accept(typed);
    InferInputTensor tensor = Requests.tensor("city", type, List.of(1L)).build();

    // When, Then
    float[] expected = cells(Requests.to("echo").addInputs(texts("city", text)));
    assertThat(cells(Requests.to("echo").addInputs(tensor.toBuilder().setContents(typed))))
        .containsExactly(expected);
    assertThat(
            cells(
                Requests.to("echo")
                    .addInputs(tensor)
                    .addRawInputContents(ByteString.copyFrom((byte[]) raw))))
        .containsExactly(expected);
  }

  static Stream<Arguments> ones() {
    long beyond = (1L << 53) + 1;
    return Stream.of(
        arguments("7", "INT64", c -> c.addInt64Contents(7), 8, b -> b.putLong(7)),
        arguments("" + beyond, "INT64", c -> c.addInt64Contents(beyond), 8, b -> b.putLong(beyond)),
        arguments(
            "18446744073709551615", "UINT64", c -> c.addUint64Contents(-1), 8, b -> b.putLong(-1)),
        arguments(
            "16777217", "INT32", c -> c.addIntContents(16_777_217), 4, b -> b.putInt(16_777_217)),
        arguments("-3.0", "INT8", c -> c.addIntContents(-3), 1, b -> b.put((byte) -3)),
        arguments("7.50", "FP64", c -> c.addFp64Contents(7.5), 8, b -> b.putDouble(7.5)),
        arguments("0.1", "FP32", c -> c.addFp32Contents(0.1f), 4, b -> b.putFloat(0.1f)),
        arguments("True", "BOOL", c -> c.addBoolContents(true), 1, b -> b.put((byte) 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740993, INT64, 9007199254740993",
    "-9007199254740993, INT64, -9007199254740993",
    "9223372036854775807, INT64, 9223372036854775807",
    "18446744073709551615, UINT64, 18446744073709551615",
    "7, INT64, 7",
    "7, UINT64, 7.0",
    "0.1, FP32, 0.1",
    "true, BOOL, true",
    "false, BOOL, false"
  })
  void read_numberOfJsonForAName_isTheTermOfItsText(String text, String type, String json)
      throws IOException {
    float[] expected = cells(Requests.to("echo").addInputs(texts("city", text)));

    assertThat(cells(rest("{\"inputs\": [" + rest("city", type, json) + "]}").toBuilder()))
        .containsExactly(expected);
    ServedModel served = served();
    byte[] body = ("{\"instances\": [{\"city\": %s, \"at\": 0}]}".formatted(json)).getBytes(UTF_8);
    InferenceCall call =
        (InferenceCall) RequestReader.read(served, KserveInstances.read(body, served));
    copy(call, served.computation().rows());
    assertThat(served.computation().rows().input(0)).containsExactly(expected);
  }

  @Test
  void read_bytesThatAreNoUtf8_areRefused() {
    InferInputTensor cut =
        Requests.tensor("city", "BYTES", List.of(1L))
            .setContents(
                InferTensorContents.newBuilder()
                    .addBytesContents(ByteString.copyFrom(new byte[] {'K', (byte) 0xc3})))
            .build();

    assertThat(refusal(cut))
        .isEqualTo("input 'city' has bytes that are no UTF-8 in row 0; expected a text");
  }

  private static Arguments arguments(
      String text,
      String type,
      Consumer<InferTensorContents.Builder> typed,
      int size,
      Consumer<ByteBuffer> raw) {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    raw.accept(bytes);
    return Arguments.of(text, type, typed, bytes.array());
  }

  /** Returns the network's input for a request with this field and the others. */
  private static float[] cells(ModelInferRequest.Builder request) {
    if (request.getRawInputContentsCount() > 0) {
      request
          .addInputs(Requests.tensor("at", "INT64", List.of(1L)))
          .addRawInputContents(ByteString.copyFrom(new byte[8]));
    } else {
      request.addInputs(texts("at", "1970-01-01"));
    }
    InferenceCall call = (InferenceCall) RequestReader.read(served(), request.build());
    ExampleBatch rows = call.model().computation().rows();
    copy(call, rows);
    return rows.input(0).clone();
  }

  @Test
  void read_rawContentsThatDoNotFit_areRefused() {
    assertThat(raw(1, new byte[] {2, 0, 0, 0, 'a'}))
        .isEqualTo(
            "input 'city' has raw contents that end within row 0; expected 1 values for shape [1],"
                + " each behind its length in 4 bytes");
    assertThat(raw(2, new byte[] {1, 0, 0, 0, 'a', 0})).contains("end within row 1");
    assertThat(raw(1, new byte[] {-2, -1, -1, -1})).contains("end within row 0");
    assertThat(raw(1, new byte[] {1, 0, 0, 0, 'a', 0}))
        .contains("has 1 bytes of raw contents behind its values; expected 1 values for shape [1]");
    assertThat(raw(1, new byte[] {-1, -1, -1, -1}))
        .contains("input 'city' has nothing in row 0; expected a value");
  }

  private static ServedModel served() {
    ModelDefinition definition = ModelDefinition.read(Section.root(TREE));
    Learner untrained =
        new Learner(definition, LearnerSettings.read(Section.root(Map.of()), definition));
    return TestModels.of(DefinitionJson.write(TREE), untrained.weights());
  }

  private static String refusal(InferInputTensor tensor) {
    return refusal(Requests.to("echo").addInputs(tensor).build());
  }

  private static String raw(long rows, byte[] contents) {
    return refusal(
        Requests.to("echo")
            .addInputs(Requests.tensor("city", "BYTES", List.of(rows)))
            .addRawInputContents(ByteString.copyFrom(contents))
            .build());
  }

  private static String refusal(ModelInferRequest request) {
    return ((Refusal) RequestReader.read(served(), request)).message();
  }

  private Event event() {
    List<String> words = List.of("late", "Zug", "ok!", "né", "rain");
    return new Event(
        List.of("Köln", "Rome", "", "true", "8001").get(random.nextInt(5)),
        "2026-0%d-11T%02d:30:00Z".formatted(1 + random.nextInt(9), random.nextInt(24)),
        random.nextInt(5) == 0 ? Float.NaN : random.nextInt(1000) / 8f,
        random.nextInt(4) == 0
            ? null
            : random
                .ints(random.nextInt(6), 0, words.size())
                .mapToObj(words::get)
                .collect(Collectors.joining(" - ")));
  }

  private void train(Event event) {
    write(event, learner.batch());
    learner.train();
  }

  /** Writes a record as every decoder does: each field's value through its form. */
  private void write(Event event, ExampleBatch rows) {
    for (int i = 0; i < definition.inputs().size(); i++) {
      for (FieldCells field : definition.inputs().get(i).cells()) {
        int at = rows.size() * rows.inputWidth(i) + field.column();
        assertThat(write(event, field, rows.input(i), at)).isNull();
      }
    }
  }

  private static @Nullable Object write(Event event, FieldCells field, float[] cells, int at) {
    RawForm form = field.form();
    if (field.field().equals("age")) {
      return Float.isNaN(event.age())
          ? form.missing("null", cells, at)
          : form.number(event.age(), cells, at);
    }
    String text = event.text(field.field());
    return text == null ? form.missing("null", cells, at) : form.text(text, cells, at);
  }

  private static void copy(InferenceCall call, ExampleBatch rows) {
    call.inputs()
        .forEach(
            tensor ->
                assertThat(
                        tensor.copyTo(
                            rows.input(tensor.slot().input()),
                            rows.inputWidth(tensor.slot().input()),
                            0,
                            call.rows()))
                    .isNegative());
  }

  private static Map<String, Object> tree() {
    List<Object> facts =
        List.of(
            Map.of("field", "city", "type", "category", "vocabulary_size", 3),
            Map.of("field", "at", "type", "date"),
            Map.of("field", "age", "missing", "mean", "missing_indicator", true));
    List<Object> words =
        List.of(
            Map.of(
                "field",
                "note",
                "type",
                "text",
                "tokens",
                3,
                "hash_buckets",
                7,
                "missing",
                "empty"));
    List<Object> layers =
        List.of(
            Map.of(
                "type", "embedding", "input_dim", 9, "output_dim", 2, "inputs", List.of("words")),
            Map.of("type", "flatten"),
            Map.of("type", "concatenate", "inputs", List.of("facts", "flatten")),
            Map.of("type", "dense", "units", 1));
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("facts", Map.of("features", facts));
    inputs.put("words", Map.of("features", words));
    return Map.of(
        "inputs", inputs,
        "network", Map.of("layers", layers),
        "outputs", Map.of("late", Map.of()));
  }
}
