package io.millrace.checkpoints.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointWriteException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkOutputTest {
  private final List<Integer> indices = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<Byte> bytes = new ArrayList<>();

  @Test
  void finish_someChunks_allFullButTheLast() {
    // Given
    ChunkOutput output = output(4, 100);

    // When
    output.write(new byte[10], 0, 10);
    ChunkOutput.Written written = output.finish();

    // Then
    assertThat(lengths).containsExactly(4, 4, 2);
    assertThat(written).isEqualTo(new ChunkOutput.Written(3, 10, Sha256.of(new byte[10])));
  }

  @Test
  void finish_chunkJustFull_givesNoEmptyOne() {
    // Given
    ChunkOutput output = output(4, 100);

    // When
    output.write(new float[] {0, 0});
    output.finish();

    // Then
    assertThat(lengths).containsExactly(4, 4);
  }

  @Test
  void write_moreThanTheLimit_isRefused() {
    ChunkOutput output = output(4, 7);

    assertThatThrownBy(() -> output.write(new byte[9], 0, 9))
        .isInstanceOf(CheckpointWriteException.class)
        .hasMessage("a part of the checkpoint is larger than 7 bytes");
  }

  @Test
  void write_asMuchAsTheLimit_isTaken() {
    ChunkOutput output = output(4, 8);

    output.write(new byte[8], 0, 8);

    assertThat(output.finish().sizeBytes()).isEqualTo(8);
  }

  @Test
  void write_partOfAnArrayAndSingleBytes_handsOverJustThose() {
    // Given
    ChunkOutput output = output(3, 100);

    // When
    output.write(new byte[] {1, 2, 3, 4, 5, 6}, 1, 4);
    output.write(7);
    output.write(8);
    output.finish();

    // Then
    assertThat(bytes).containsExactly((byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 7, (byte) 8);
    assertThat(indices).containsExactly(0, 1);
  }

  private ChunkOutput output(int chunkBytes, int limitBytes) {
    return new ChunkOutput(
        new byte[chunkBytes],
        limitBytes,
        (index, chunk) -> {
          indices.add(index);
          lengths.add(chunk.length);
          for (byte value : chunk) {
            bytes.add(value);
          }
        });
  }
}
