package io.millrace.predictor.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorDataTypeTest {

  /** Raw contents in hexadecimal digits, little-endian, with the element at index 1. */
  @ParameterizedTest
  @CsvSource({
    "BOOL, 0001, 1",
    "INT8, 00fe, -2",
    "INT16, 0000feff, -2",
    "INT32, 00000000feffffff, -2",
    "INT64, 0000000000000000feffffffffffffff, -2",
    "UINT8, 00fe, 254",
    "UINT16, 0000feff, 65534",
    "UINT32, 00000000000000ff, 4278190080",
    "UINT64, 000000000000000000000000000000ff, 18374686479671623680",
    "FP16, 0000003c, 1",
    "FP16, 000001c0, -2.001953125",
    "FP16, 0000ff7b, 65504",
    "FP16, 00000100, 5.9604644775390625e-8",
    "FP16, 00000080, -0.0",
    "FP16, 0000007c, Infinity",
    "FP16, 0000017c, NaN",
    "BF16, 0000803f, 1",
    "BF16, 000020c0, -2.5",
    "FP32, 000000000000c03f, 1.5",
    "FP64, 0000000000000000000000000000f83f, 1.5",
  })
  void element_raw_isTheNumber(TensorDataType type, String digits, double expected) {
    ByteBuffer raw =
        ByteBuffer.wrap(HexFormat.of().parseHex(digits)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat((Double) type.element(raw, 1)).isEqualTo((Double) expected);
    assertThat(raw.capacity()).isEqualTo(2 * type.bytes());
  }

  @Test
  void element_typed_isReadFromTheFieldOfTheType() {
    InferTensorContents typed =
        InferTensorContents.newBuilder()
            .addBoolContents(true)
            .addIntContents(-2)
            .addInt64Contents(-3)
            .addUintContents(-1)
            .addUint64Contents(-1)
            .addFp32Contents(1.5f)
            .addFp64Contents(2.5)
            .build();

    assertThat(TensorDataType.BOOL.element(typed, 0)).isEqualTo(1);
    assertThat(TensorDataType.INT8.element(typed, 0)).isEqualTo(-2);
    assertThat(TensorDataType.INT64.element(typed, 0)).isEqualTo(-3);
    assertThat(TensorDataType.UINT32.element(typed, 0)).isEqualTo(4294967295.0);
    assertThat(TensorDataType.UINT64.element(typed, 0)).isEqualTo(18446744073709551615.0);
    assertThat(TensorDataType.FP32.element(typed, 0)).isEqualTo(1.5f);
    assertThat(TensorDataType.FP64.element(typed, 0)).isEqualTo(2.5f);
    assertThat(TensorDataType.FP64.count(typed)).isEqualTo(1);
    assertThat(TensorDataType.BF16.count(typed)).isEqualTo(-1);
  }

  @Test
  void named_text_isNoNumber() {
    assertThat(TensorDataType.named("BYTES")).isNull();
    assertThat(TensorDataType.named("FP32")).isEqualTo(TensorDataType.FP32);
  }
}
