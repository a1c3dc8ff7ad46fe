package io.millrace.checkpoints.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointWriteException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkOutputTest {
  private final List<Integer> lengths = new ArrayList<>();

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

  private ChunkOutput output(int chunkBytes, int limitBytes) {
    return new ChunkOutput(
        new byte[chunkBytes], limitBytes, (index, chunk) -> lengths.add(chunk.length));
  }
}
