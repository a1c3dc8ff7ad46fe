package io.millrace.trainer.decoding.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import io.millrace.trainer.decoding.Models;
import io.millrace.trainer.decoding.Mutations;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import java.lang.management.ManagementFactory;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelledRecordDecoderTest {
  private static final LabelledRecord GOOD =
      LabelledRecord.newBuilder()
          .setId("42")
          .setEventTimeMillis(1234567890123L)
          .addInputs(values(1, -2.5f, 300))
          .addInputs(NamedValues.newBuilder().setName("unknown").addValues(1))
          .addLabels(Label.newBuilder().setName("unknown").setClassIndex(9))
          .addLabels(label("b"))
          .setWeight(0.5f)
          .build();

  private final ExampleBatch rows = Models.rows(Models.classes());
  private final LabelledRecordDecoder decoder = new LabelledRecordDecoder(Models.classes());

  @Test
  void decode_message_fillsTheNextRow() {
    // Given
    rows.advance();

    // When
    Rejected rejected = decode(GOOD);

    // Then
    assertThat(rejected).isNull();
    assertThat(rows.input(0)).startsWith(0, 0, 0, 1, -2.5f, 300);
    assertThat(rows.target(0)).startsWith(0, 1);
    assertThat(rows.weights()).startsWith(1, 0.5f);
  }

  @Test
  void decode_modelThatReconstructs_needsNoLabelAndTakesAny() {
    ModelDefinition model = Models.reconstruction();
    LabelledRecordDecoder unlabelled = new LabelledRecordDecoder(model);
    ExampleBatch numbers = Models.rows(model);

    assertThat(unlabelled.decode(GOOD.toBuilder().clearLabels().build().toByteArray(), numbers))
        .isNull();
    numbers.advance();
    assertThat(unlabelled.decode(GOOD.toByteArray(), numbers)).isNull();
    assertThat(numbers.input(0)).startsWith(1, -2.5f, 300, 1, -2.5f, 300);
  }

  @Test
  void decode_noWeight_isOneAgain() {
    decode(GOOD);

    assertThat(decode(GOOD.toBuilder().clearWeight().build())).isNull();
    assertThat(rows.weights()[0]).isEqualTo(1);
  }

  @Test
  void decode_unpackedFloatsInPartsWithTheNameLast_areTaken() {
    // Given
    UnknownFieldSet input =
        UnknownFieldSet.newBuilder()
            .addField(2, Field.newBuilder().addFixed32(bits(1)).addFixed32(bits(-2.5f)).build())
            .build();
    ByteString packedRest = NamedValues.newBuilder().addValues(300).build().toByteString();
    ByteString name = NamedValues.newBuilder().setName("features").build().toByteString();
    ByteString whole = input.toByteString().concat(packedRest).concat(name);
    UnknownFieldSet message =
        UnknownFieldSet.newBuilder()
            .addField(1, Field.newBuilder().addLengthDelimited(whole).build())
            .build();
    LabelledRecord rest = LabelledRecord.newBuilder().addLabels(label("b")).build();

    // When
    Rejected rejected =
        decoder.decode(message.toByteString().concat(rest.toByteString()).toByteArray(), rows);

    // Then
    assertThat(rejected).isNull();
    assertThat(rows.input(0)).startsWith(1, -2.5f, 300);
  }

  @Test
  void decode_numbersAndTwoInputs_fillTheirColumns() {
    // Given
    ExampleBatch vectors = Models.rows(Models.numbers());
    LabelledRecord message =
        LabelledRecord.newBuilder()
            .addInputs(NamedValues.newBuilder().setName("speed").addValues(9))
            .addInputs(NamedValues.newBuilder().setName("position").addValues(1).addValues(2))
            .addLabels(
                Label.newBuilder()
                    .setName("again")
                    .setNumbers(Label.Numbers.newBuilder().addValues(7)))
            .build();

    // When
    Rejected rejected =
        new LabelledRecordDecoder(Models.numbers()).decode(message.toByteArray(), vectors);

    // Then
    assertThat(rejected).isNull();
    int position = vectors.inputWidth(0) == 2 ? 0 : 1;
    assertThat(vectors.input(position)).startsWith(1, 2);
    assertThat(vectors.input(1 - position)).startsWith(9);
    assertThat(vectors.target(0)).startsWith(7);
  }

  @Test
  void decode_badRecord_saysWhatIsWrongAndWhere() {
    assertThat(decode(with(values(1, 2))))
        .isEqualTo(new Rejected(Reason.FEATURE_COUNT, "features", "2 of 3 numbers"));
    assertThat(decode(with(values(1, 2, 3, 4))))
        .isEqualTo(new Rejected(Reason.FEATURE_COUNT, "features", "4 of 3 numbers"));
    assertThat(decode(with(values(1, Float.NaN, 3))))
        .isEqualTo(new Rejected(Reason.NON_FINITE, "features", "number"));
    assertThat(decode(with(values(1, 2, Float.NEGATIVE_INFINITY))))
        .isEqualTo(new Rejected(Reason.NON_FINITE, "features", "number"));
    assertThat(decode(GOOD.toBuilder().clearInputs().build()))
        .isEqualTo(new Rejected(Reason.MISSING_FIELD, "features", "nothing"));
    assertThat(decode(GOOD.toBuilder().clearLabels().build()))
        .isEqualTo(new Rejected(Reason.MISSING_FIELD, "letter", "nothing"));
    assertThat(decode(GOOD.toBuilder().setWeight(Float.NaN).build()))
        .isEqualTo(new Rejected(Reason.NON_FINITE, "weight", "number"));
    assertThat(decode(GOOD.toBuilder().setWeight(-1).build()))
        .isEqualTo(new Rejected(Reason.NOT_A_NUMBER, "weight", "a number below zero"));
    assertThat(decoder.decode(null, rows)).isEqualTo(Rejected.undecodable("malformed protobuf"));
  }

  @Test
  void decode_badLabel_saysWhatIsWrong() {
    assertThat(decode(with(label("z"))))
        .isEqualTo(new Rejected(Reason.LABEL_RANGE, "letter", "class name that is none of 3"));
    assertThat(decode(with(label("a").setClassIndex(3))))
        .isEqualTo(new Rejected(Reason.LABEL_RANGE, "letter", "class index that is none of 3"));
    assertThat(decode(with(label("a").setNumbers(Label.Numbers.newBuilder().addValues(1)))))
        .isEqualTo(new Rejected(Reason.LABEL_RANGE, "letter", "numbers"));
    assertThat(decode(with(Label.newBuilder().setName("letter"))))
        .isEqualTo(new Rejected(Reason.MISSING_FIELD, "letter", "nothing"));
  }

  @Property(tries = 300)
  void decode_anyFiniteValues_areTakenBitForBit(@ForAll float x, @ForAll float y, @ForAll float z) {
    assertThat(decode(with(values(x, y, z)))).isNull();
    assertThat(rows.input(0)).startsWith(x, y, z);
  }

  @Property(tries = 5000)
  void decode_mutatedBytes_neverThrowsAndAgreesWithTheGeneratedParser(
      @ForAll @Size(max = 4) int[] places, @ForAll byte replacement) {
    // Given
    byte[] bytes = Mutations.of(GOOD.toByteArray(), places, replacement);

    // When
    Rejected rejected = decoder.decode(bytes, rows);

    // Then
    List<Float> expected = parsedFeatures(bytes);
    if (rejected == null && expected != null) {
      assertThat(rows.input(0)).startsWith(expected.get(0), expected.get(1), expected.get(2));
    }
  }

  @Test
  void decode_steadyState_allocatesNothing() {
    // Given
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = GOOD.toByteArray();
    decodeOften(bytes);
    long before = threads.getCurrentThreadAllocatedBytes();

    // When
    decodeOften(bytes);

    // Then
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4096);
  }

  private void decodeOften(byte[] bytes) {
    for (int i = 0; i < 10_000; i++) {
      decoder.decode(bytes, rows);
    }
  }

  private @Nullable Rejected decode(LabelledRecord message) {
    return decoder.decode(message.toByteArray(), rows);
  }

  /** Returns the values of the last input of that name, or null if protobuf rejects the bytes. */
  private static @Nullable List<Float> parsedFeatures(byte[] bytes) {
    try {
      return LabelledRecord.parseFrom(bytes).getInputsList().stream()
          .filter(input -> input.getName().equals("features"))
          .reduce((first, second) -> second)
          .map(NamedValues::getValuesList)
          .orElse(null);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static LabelledRecord with(NamedValues values) {
    return GOOD.toBuilder().setInputs(0, values).build();
  }

  private static LabelledRecord with(Label.Builder label) {
    return GOOD.toBuilder().setLabels(1, label).build();
  }

  private static NamedValues values(float... values) {
    NamedValues.Builder builder = NamedValues.newBuilder().setName("features");
    for (float value : values) {
      builder.addValues(value);
    }
    return builder.build();
  }

  private static Label.Builder label(String name) {
    return Label.newBuilder().setName("letter").setClassName(name);
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }
}
