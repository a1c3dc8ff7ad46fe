package io.millrace.predictor.answering;

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
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.requests.BoundTensor;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.predictor.rest.RestRequestReader;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.settings.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Numbers with a large offset, which single precision cannot distinguish. In every form of request,
 * the network sees the same bits as in training.
 */
class PreciseNumbersTest {
  private static final int RECORDS = 200;
  private static final double OFFSET = 1.7e9;
  private static final Map<String, Object> TREE = tree();

  private final ModelDefinition definition = ModelDefinition.read(Section.root(TREE));
  private final Random random = new Random(3);

  /** The form of a request's numbers. */
  private enum Way {
    TYPED_FP64,
    RAW_FP64,
    RAW_FP64_BY_FIELD,
    RAW_INT64,
    REST
  }

  @ParameterizedTest
  @EnumSource
  void infer_largeOffset_meetsWhatWasTrained(Way way) throws IOException {
    // Given
    Learner learner =
        new Learner(definition, LearnerSettings.read(Section.root(Map.of()), definition));
    double[][] records = new double[RECORDS][];
    for (int i = 0; i < RECORDS; i++) {
      records[i] = random.doubles(4, OFFSET - 60, OFFSET + 60).toArray();
      records[i] = way == Way.RAW_INT64 ? rounded(records[i]) : records[i];
      write(records[i], learner.batch());
      learner.train();
    }
    State weights = learner.weights();
    ServedModel served = TestModels.of(DefinitionJson.write(TREE), weights);
    Inference trained = new Inference(definition, 1);
    trained.load(new Model(definition, weights));
    float first = Float.NaN;

    for (double[] record : records) {
      // When
      float answer = answer(served, request(way, record));

      // Then
      write(record, trained.rows());
      trained.rows().advance();
      trained.run();
      assertThat(answer).isEqualTo(trained.output(0)[0]);
      assertThat(answer).isNotEqualTo(first);
      first = answer;
    }
  }

  private static float answer(ServedModel served, ModelInferRequest request) {
    InferenceCall call = (InferenceCall) RequestReader.read(served, request);
    ExampleBatch rows = served.computation().rows();
    rows.clear();
    for (BoundTensor tensor : call.inputs()) {
      int input = tensor.slot().input();
      assertThat(tensor.copyTo(rows.input(input), rows.inputWidth(input), 0, 1)).isNegative();
    }
    rows.advance();
    served.computation().run();
    return served.computation().output(0)[0];
  }

  /** Writes a record as every decoder does. */
  private void write(double[] record, ExampleBatch rows) {
    rows.target(0)[rows.size()] = (float) (record[0] - OFFSET);
    int next = 0;
    for (int i = 0; i < definition.inputs().size(); i++) {
      for (FieldCells field : definition.inputs().get(i).cells()) {
        RawForm form = field.form();
        int at = rows.size() * rows.inputWidth(i) + field.column();
        for (int item = 0; item < form.numbers(); item++) {
          double value = record[next++];
          assertThat(
                  form.list() == null
                      ? form.item(item, value, rows.input(i), at)
                      : form.number(value, rows.input(i), at))
              .isNull();
        }
      }
    }
  }

  private static ModelInferRequest request(Way way, double[] record) throws IOException {
    double[] fields = Arrays.copyOfRange(record, 0, 2);
    double[] vector = Arrays.copyOfRange(record, 2, 4);
    return switch (way) {
      case TYPED_FP64 -> typed(typed(Requests.to("echo"), "facts", fields), "v", vector).build();
      case RAW_FP64 -> raw(raw(Requests.to("echo"), "facts", fields), "v", vector).build();
      case RAW_FP64_BY_FIELD ->
          raw(raw(raw(Requests.to("echo"), "x", record[0]), "y", record[1]), "v", vector).build();
      case RAW_INT64 -> whole(whole(Requests.to("echo"), "facts", fields), "v", vector).build();
      case REST -> rest(fields, vector);
    };
  }

  private static ModelInferRequest.Builder typed(
      ModelInferRequest.Builder request, String name, double... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    Arrays.stream(values).forEach(contents::addFp64Contents);
    return request.addInputs(
        Requests.tensor(name, "FP64", List.of(1L, (long) values.length)).setContents(contents));
  }

  private static ModelInferRequest.Builder raw(
      ModelInferRequest.Builder request, String name, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return request
        .addInputs(Requests.tensor(name, "FP64", List.of(1L, (long) values.length)))
        .addRawInputContents(ByteString.copyFrom(bytes));
  }

  private static ModelInferRequest.Builder whole(
      ModelInferRequest.Builder request, String name, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(Arrays.stream(values).mapToLong(value -> (long) value).toArray());
    return request
        .addInputs(Requests.tensor(name, "INT64", List.of(1L, (long) values.length)))
        .addRawInputContents(ByteString.copyFrom(bytes));
  }

  /** Uses the datatype of the model's metadata. */
  private static ModelInferRequest rest(double[] fields, double[] vector) throws IOException {
    byte[] body =
        "{\"inputs\": [%s, %s]}"
            .formatted(rest("facts", fields), rest("v", vector))
            .getBytes(UTF_8);
    return RestRequestReader.read(
            body, body.length, ModelInferRequest.newBuilder().setModelName("echo"))
        .message();
  }

  private static String rest(String name, double[] values) {
    return "{\"name\": \"%s\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [%s]}"
        .formatted(
            name,
            Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(", ")));
  }

  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(Math::rint).toArray();
  }

  private static Map<String, Object> tree() {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("facts", Map.of("fields", List.of("x", "y")));
    inputs.put("v", Map.of("size", 2));
    Map<String, Object> both = Map.of("type", "concatenate", "inputs", List.of("facts", "v"));
    return Map.of(
        "inputs", inputs,
        "network", Map.of("layers", List.of(both, Map.of("type", "dense", "units", 1))),
        "outputs", Map.of("z", Map.of()));
  }
}
