package io.millrace.predictor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.predictor.answering.Requests;
import io.millrace.predictor.answering.RunningServer;
import io.millrace.predictor.following.TestModels;
import io.millrace.proto.inference.InferTensorContents;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import io.millrace.proto.inference.ModelInferResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tensors whose data contradict their datatype or shape: a client's error, which is not guessed at.
 */
class ContradictionsTest {
  private static final String INFER = "/v2/models/echo/infer";

  @AutoClose private static RunningServer server;

  @BeforeAll
  static void start() throws InterruptedException {
    server = new RunningServer(TestModels.serving(TestModels.echo(7)));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL, 7, false",
    "BOOL, true, true",
    "BOOL, 1, true",
    "INT8, 128, false",
    "INT8, -128, true",
    "INT16, -32769, false",
    "INT32, 1099511627776, false",
    "INT32, 2147483647, true",
    "INT32, 1.5, false",
    "INT64, 9223372036854775807, true",
    "INT64, 9223372036854775808, false",
    "INT64, -9223372036854775808, true",
    "INT64, -9223372036854775809, false",
    "UINT8, -1, false",
    "UINT8, 300, false",
    "UINT8, 255, true",
    "UINT16, 65536, false",
    "UINT32, -1, false",
    "UINT32, 4294967295, true",
    "UINT64, 18446744073709551615, true",
    "UINT64, 18446744073709551616, false",
    "FP16, 65504, true",
    "FP16, 70000, false",
    "FP32, 3e38, true",
    "FP32, 1e39, false",
    "FP64, 1e999, false",
    "FP32, true, false",
    "UINT8, false, false",
  })
  void rest_number_isTakenWhereItsTypeHasIt(String type, String number, boolean fits) {
    String body =
        """
        {"inputs": [
          {"name": "pair", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]},
          {"name": "c", "datatype": "%s", "shape": [1], "data": [%s]}]}
        """
            .formatted(type, number);

    RunningServer.HttpAnswer answer = server.http(HttpMethod.POST, INFER, body);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(fits ? 200 : 400);
    if (!fits) {
      assertThat(error(answer.body())).contains("input 'c'", type);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2, 3, 4]       | 200",
        "[[1, 2], [3, 4]]   | 200",
        "[[1, 2, 3], [4]]   | 400",
        "[[1, 2], 3, 4]     | 400",
        "[3, [1, 2], 4]     | 400",
        "[[1, 2, 3, 4]]     | 400",
        "[[1], [2], [3], [4]] | 400",
        "[[[1, 2], [3, 4]]] | 400",
        "[[[1], [2]], [[3], [4]]] | 400",
        "[1, 2, 3]          | 400",
        "7                  | 400",
      })
  void rest_nesting_isThatOfTheShapeOrNone(String data, int status) {
    String body =
        """
        {"inputs": [
          {"name": "pair", "datatype": "FP32", "shape": [2, 2], "data": %s},
          {"name": "c", "datatype": "FP32", "shape": [2], "data": [1, 2]}]}
        """
            .formatted(data);

    RunningServer.HttpAnswer answer = server.http(HttpMethod.POST, INFER, body);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"parameters\": {\"binary_data_size\": 8} | 8 | 200",
        "\"parameters\": {\"binary_data_size\": 8} | 16 | 400",
        "\"parameters\": {\"binary_data_size\": 8}, \"data\": [1, 2] | 8 | 400",
        "\"data\": [1, 2], \"parameters\": {\"binary_data_size\": 8} | 8 | 400",
        "\"data\": [1, 2], \"data\": [1, 2] | 0 | 400",
        "\"data\": [1, 2] | 8 | 400",
        "\"data\": [1, 2] | 0 | 200",
      })
  void rest_binaryData_isAllClaimedOnce(String members, int bytesBehind, int status) {
    String json =
        """
        {"inputs": [
          {"name": "c", "datatype": "FP32", "shape": [1], "data": [3]},
          {"name": "pair", "datatype": "FP32", "shape": [1, 2], %s}]}
        """
            .formatted(members);
    Buffer body = Buffer.buffer(json).appendBytes(new byte[bytesBehind]);

    RunningServer.HttpAnswer answer = post(body, json.length());

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
  }

  @Test
  void grpc_typedContentsBeyondTheType_areRefusedWithTheRange() {
    assertRefused(
        tensor("INT8", contents().addIntContents(300)),
        "input 'c' has a number in element 0 that is beyond INT8, -128 to 127");
    assertRefused(
        tensor("UINT8", contents().addUintContents(-1)),
        "input 'c' has a number in element 0 that is beyond UINT8, 0 to 255");
    assertRefused(
        tensor("INT16", contents().addIntContents(-40_000)),
        "input 'c' has a number in element 0 that is beyond INT16, -32768 to 32767");
    assertRefused(
        tensor("UINT16", contents().addUintContents(65_536)),
        "input 'c' has a number in element 0 that is beyond UINT16, 0 to 65535");
    assertRefused(
        tensor("FP32", contents().addFp32Contents(1).addInt64Contents(5)),
        "input 'c' has contents of other types beside those for FP32; expected those alone");
  }

  @Test
  void grpc_rawBool_isZeroOrOne() {
    assertThat(rawBool(1).status()).isEqualTo(GrpcStatus.OK);
    assertThat(rawBool(7).reason())
        .isEqualTo("input 'c' has a number in element 0 that is beyond BOOL, 0 to 1");
  }

  private static RunningServer.Answer<ModelInferResponse> rawBool(int value) {
    return server.infer(
        Requests.to("echo")
            .addInputs(Requests.tensor("pair", "FP32", List.of(1L, 2L)))
            .addInputs(Requests.tensor("c", "BOOL", List.of(1L)))
            .addRawInputContents(Requests.floats(1, 2))
            .addRawInputContents(ByteString.copyFrom(new byte[] {(byte) value})));
  }

  private static void assertRefused(InferInputTensor.Builder c, String reason) {
    ModelInferRequest.Builder request =
        Requests.to("echo").addInputs(Requests.typed("pair", List.of(1L, 2L), 1, 2)).addInputs(c);

    RunningServer.Answer<ModelInferResponse> answer = server.infer(request);

    assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
    assertThat(answer.reason()).isEqualTo(reason);
  }

  private static InferInputTensor.Builder tensor(String type, InferTensorContents.Builder typed) {
    return Requests.tensor("c", type, List.of(1L)).setContents(typed);
  }

  private static InferTensorContents.Builder contents() {
    return InferTensorContents.newBuilder();
  }

  private static String error(Buffer body) {
    return body.toJsonObject().getString("error");
  }

  private static RunningServer.HttpAnswer post(Buffer body, int jsonLength) {
    return RunningServer.await(
        server
            .http
            .request(HttpMethod.POST, server.service.port(), "127.0.0.1", INFER)
            .compose(
                request ->
                    request
                        .putHeader(RestReply.JSON_LENGTH, Integer.toString(jsonLength))
                        .send(body)
                        .compose(ContradictionsTest::answer)));
  }

  private static io.vertx.core.Future<RunningServer.HttpAnswer> answer(HttpClientResponse reply) {
    return reply.body().map(body -> new RunningServer.HttpAnswer(reply.statusCode(), body));
  }
}
