package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.TestModels;
import io.millrace.predictor.requests.BoundTensor;
import io.millrace.predictor.requests.InferenceCall;
import io.millrace.predictor.requests.Reading;
import io.millrace.predictor.requests.Refusal;
import io.millrace.predictor.requests.RequestReader;
import io.millrace.predictor.rest.RestRequest;
import io.millrace.predictor.rest.RestRequestReader;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any request is answered or refused with a message. */
class MalformedRequestsTest {
  private final ServedModel model = TestModels.echo(1);

  @Property(tries = 2000)
  void read_anyMessage_isACallThatFitsOrARefusalWithASentence(
      @ForAll("requests") ModelInferRequest request) {
    Reading reading = RequestReader.read(model, request);

    if (reading instanceof InferenceCall call) {
      assertThat(call.rows()).isBetween(1, TestModels.MAX_ROWS);
      call.inputs().forEach(tensor -> copy(tensor, call.rows()));
    } else if (reading instanceof Refusal refusal) {
      assertThat(refusal.message()).isNotBlank();
    }
  }

  @Property(tries = 2000)
  void read_anyJson_isARequestOrAnIoException(@ForAll("bodies") String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    try {
      RestRequest request =
          RestRequestReader.read(body, body.length, ModelInferRequest.newBuilder());
      assertThat(RequestReader.read(model, request.message())).isNotNull();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<ModelInferRequest> requests() {
    return Combinators.combine(
            tensors().list().ofMaxSize(4),
            Arbitraries.of(0, 1, 2, 4, 8, 16).list().ofMaxSize(3),
            Arbitraries.of("choice", "sum", "choice_class", "", "pair").list().ofMaxSize(4))
        .as(MalformedRequestsTest::request);
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"inputs\"",
            "\"outputs\"",
            "\"name\"",
            "\"c\"",
            "\"id\"",
            "\"shape\"",
            "\"datatype\"",
            "\"FP32\"",
            "\"INT8\"",
            "\"data\"",
            "\"parameters\"",
            "1",
            "-1",
            "0.5",
            "1e999",
            "9999999999999999999",
            "true",
            "null",
            "\"binary_data_size\"",
            "{\"name\":\"c\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}");
    return pieces.list().ofMaxSize(24).map(list -> String.join("", list));
  }

  private static Arbitrary<InferInputTensor> tensors() {
    Arbitrary<List<Long>> shapes =
        Arbitraries.of(-1L, 0L, 1L, 2L, 4L, 5L, Long.MAX_VALUE, 1L << 32).list().ofMaxSize(4);
    Arbitrary<Integer> counts = Arbitraries.integers().between(0, 9);
    return Combinators.combine(
            Arbitraries.of("pair", "c", "a", "b", "", "choice"),
            Arbitraries.of("FP32", "INT64", "BOOL", "BF16", "BYTES", ""),
            shapes,
            counts)
        .as(
            (name, type, shape, count) -> {
              InferTensorContents.Builder contents = InferTensorContents.newBuilder();
              for (int i = 0; i < count; i++) {
                contents.addFp32Contents(i).addInt64Contents(i).addBoolContents(true);
              }
              return InferInputTensor.newBuilder()
                  .setName(name)
                  .setDatatype(type)
                  .addAllShape(shape)
                  .setContents(contents)
                  .build();
            });
  }

  private static ModelInferRequest request(
      List<InferInputTensor> inputs, List<Integer> rawSizes, List<String> outputs) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder();
    for (InferInputTensor input : inputs) {
      request.addInputs(rawSizes.isEmpty() ? input : input.toBuilder().clearContents().build());
    }
    rawSizes.forEach(size -> request.addRawInputContents(ByteString.copyFrom(new byte[size])));
    outputs.forEach(
        name -> request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(name)));
    return request.build();
  }

  private void copy(BoundTensor tensor, int rows) {
    int width = model.signature().inputs().get(tensor.slot().input()).cellWidth();
    tensor.copyTo(new float[TestModels.MAX_ROWS * width], width, 0, rows);
  }
}
