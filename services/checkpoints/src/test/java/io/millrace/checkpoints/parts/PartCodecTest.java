package io.millrace.checkpoints.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.millrace.checkpoints.Samples;
import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.learning.state.State;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Entry;
import io.millrace.proto.checkpoints.v1.CheckpointMessages.Part;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PartCodecTest {

  @Property(tries = 300)
  void decode_whatWasEncoded_hasEveryBit(
      @ForAll("states") State state,
      @ForAll String definition,
      @ForAll @IntRange(min = 1, max = 80) int chunkBytes) {
    // When
    byte[] bytes = Samples.encoded(new PartContent(definition, state), chunkBytes);
    PartContent decoded = new PartDecoder("the part").decode(bytes);

    // Then
    assertThat(decoded.definition()).isEqualTo(definition);
    assertThat(decoded.entries().entries().keySet()).isEqualTo(state.entries().keySet());
    assertThat(message(decoded)).isEqualTo(message(new PartContent(definition, state)));
  }

  @Property(tries = 300)
  void encode_anyContent_isWhatTheGeneratedClassWrites(
      @ForAll("states") State state,
      @ForAll String definition,
      @ForAll @IntRange(min = 1, max = 80) int chunkBytes) {
    // Given
    PartContent content = new PartContent(definition, state);

    // When
    byte[] bytes = Samples.encoded(content, chunkBytes);

    // Then
    assertThat(bytes).isEqualTo(message(content).toByteArray());
  }

  @Test
  void decode_strangeMessages_areRefusedByName() {
    Entry three =
        Entry.newBuilder().setName("w").setFloats(ByteString.copyFrom(new byte[3])).build();
    Entry none = Entry.newBuilder().setName("w").build();
    Entry flag = Entry.newBuilder().setName("w").setFlag(true).build();

    assertRefused(part(1, three), "the part has 3 bytes in its entry w, which is no multiple of 4");
    assertRefused(part(1, none), "the part has an entry of no known type: w");
    assertRefused(part(1, flag, flag), "the part has two entries w");
    assertRefused(part(2), "the part has format version 2; this Millrace reads version 1");
    assertRefused(new byte[0], "the part has format version 0; this Millrace reads version 1");
    assertRefused(new byte[] {8}, "the part is cut short or altered");
  }

  @Provide
  Arbitrary<State> states() {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(5);
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.integers().array(int[].class).map(PartCodecTest::floats),
            Arbitraries.longs().array(long[].class).map(PartCodecTest::doubles),
            Arbitraries.longs().array(long[].class).map(longs -> (Object) longs),
            Arbitraries.longs().map(Double::longBitsToDouble).map(decimal -> (Object) decimal),
            Arbitraries.longs().map(integer -> (Object) integer),
            Arbitraries.of(true, false).map(flag -> (Object) flag),
            Arbitraries.strings().map(text -> (Object) text));
    return Arbitraries.maps(names, values).ofMaxSize(8).map(State::of);
  }

  private static Object floats(int[] bits) {
    float[] floats = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      floats[i] = Float.intBitsToFloat(bits[i]);
    }
    return floats;
  }

  private static Object doubles(long[] bits) {
    double[] doubles = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      doubles[i] = Double.longBitsToDouble(bits[i]);
    }
    return doubles;
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> new PartDecoder("the part").decode(bytes))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessageStartingWith(message);
  }

  private static byte[] part(int version, Entry... entries) {
    Part.Builder part = Part.newBuilder().setFormatVersion(version);
    for (Entry entry : entries) {
      part.addEntries(entry);
    }
    return part.build().toByteArray();
  }

  private static Part message(PartContent content) {
    Part.Builder part = Part.newBuilder().setFormatVersion(1).setDefinition(content.definition());
    content.entries().entries().forEach((name, value) -> part.addEntries(entry(name, value)));
    return part.build();
  }

  private static Entry entry(String name, Object value) {
    Entry.Builder entry = Entry.newBuilder().setName(name);
    if (value instanceof float[] floats) {
      ByteBuffer block = block(floats.length * 4);
      block.asFloatBuffer().put(floats);
      entry.setFloats(ByteString.copyFrom(block));
    } else if (value instanceof double[] doubles) {
      ByteBuffer block = block(doubles.length * 8);
      block.asDoubleBuffer().put(doubles);
      entry.setDoubles(ByteString.copyFrom(block));
    } else if (value instanceof long[] longs) {
      ByteBuffer block = block(longs.length * 8);
      block.asLongBuffer().put(longs);
      entry.setLongs(ByteString.copyFrom(block));
    } else if (value instanceof Long integer) {
      entry.setInteger(integer);
    } else if (value instanceof Double decimal) {
      entry.setDecimal(decimal);
    } else if (value instanceof Boolean flag) {
      entry.setFlag(flag);
    } else {
      entry.setText((String) value);
    }
    return entry.build();
  }

  private static ByteBuffer block(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
