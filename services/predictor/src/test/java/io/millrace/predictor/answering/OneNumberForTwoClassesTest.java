package io.millrace.predictor.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.learning.state.State;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.InferParameter;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.millrace.proto.inference.ModelInferResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If one number stands for two classes, the loss defines the threshold of the second class. */
class OneNumberForTwoClassesTest {

  @ParameterizedTest
  @CsvSource({
    "binary_crossentropy, false, 0.5, no, 0.5:0:no, 0.5:1:yes",
    "binary_crossentropy, false, 0.75, yes, 0.75:1:yes, 0.25:0:no",
    "binary_crossentropy, true, 0.25, yes, 0.25:1:yes, -0.25:0:no",
    "binary_crossentropy, true, -2, no, 2.0:0:no, -2.0:1:yes",
    "binary_focal_crossentropy, true, 0.25, yes, 0.25:1:yes, -0.25:0:no",
    "binary_focal_crossentropy, false, 0.25, no, 0.75:0:no, 0.25:1:yes",
    "hinge, , 0.25, yes, 0.25:1:yes, -0.25:0:no",
    "squared_hinge, , -0.25, no, 0.25:0:no, -0.25:1:yes",
  })
  void infer_oneNumber_namesTheClassThatTheLossMeans(
      String loss, String fromLogits, float number, String name, String first, String second)
      throws InterruptedException {
    // Given
    String option = fromLogits == null ? "" : ", \"from_logits\": " + fromLogits;
    State weights = new State();
    weights.put("parameters", new float[] {1, 0});
    weights.put("non_trainable", new float[0]);
    RunningServer server =
        new RunningServer(
            TestModels.serving(TestModels.of(definition("\"" + loss + "\"" + option), weights)));
    ModelInferRequest.Builder request =
        Requests.to("echo")
            .addInputs(Requests.tensor("x", "FP32", List.of(1L, 1L)))
            .addRawInputContents(Requests.floats(number));

    // When
    ModelInferResponse likeliest = server.infer(request.clone()).ok();
    ModelInferResponse ranked = server.infer(request.clone().addOutputs(ranked())).ok();
    server.close();

    // Then
    assertThat(texts(likeliest.getRawOutputContents(1))).isEqualTo(texts(name));
    assertThat(texts(ranked.getRawOutputContents(0))).isEqualTo(texts(first, second));
  }

  private static String definition(String loss) {
    return """
        {"inputs": {"x": {"fields": ["x"], "scaling": "none"}},
         "outputs": {"answer": {"classes": ["no", "yes"], "loss": {"type": %s}}},
         "network": {"layers": [{"type": "dense", "units": 1}]}}
        """
        .formatted(loss);
  }

  private static InferRequestedOutputTensor ranked() {
    return InferRequestedOutputTensor.newBuilder()
        .setName("answer")
        .putParameters("classification", InferParameter.newBuilder().setInt64Param(2).build())
        .build();
  }

  /** Texts are short, so a raw length is one byte and three zeros. */
  private static String texts(ByteString raw) {
    return raw.toStringUtf8();
  }

  private static String texts(String... texts) {
    StringBuilder raw = new StringBuilder();
    for (String text : texts) {
      raw.append((char) text.length()).append("\0\0\0").append(text);
    }
    return raw.toString();
  }
}
