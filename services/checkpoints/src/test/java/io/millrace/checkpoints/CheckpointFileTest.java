package io.millrace.checkpoints;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final Snapshot SNAPSHOT = Samples.snapshot(7);
  private static final Checkpoint WRITTEN =
      new Checkpoint(
          "letters",
          12,
          SNAPSHOT.definition(),
          SNAPSHOT.weights(),
          SNAPSHOT.state(),
          SNAPSHOT.summary());

  @TempDir private Path folder;

  @Test
  void read_written_hasEachBitButNoState() throws IOException {
    Path file = file(bytes());

    Checkpoint read = CheckpointFile.read(file);

    assertThat(CheckpointFile.isOne(file)).isTrue();
    assertThat(read.model()).isEqualTo("letters");
    assertThat(read.version()).isEqualTo(12);
    assertThat(read.definition()).isEqualTo(SNAPSHOT.definition());
    assertThat(read.summary()).isEqualTo(SNAPSHOT.summary());
    assertThat(read.state()).isNull();
    assertThat(read.weights().entries())
        .usingRecursiveComparison()
        .isEqualTo(SNAPSHOT.weights().entries());
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    CheckpointFile.write(read, again);
    assertThat(again.toByteArray()).isEqualTo(bytes());
  }

  @Test
  void read_cutAnywhere_isRefused() throws IOException {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
      Path file = file(Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> CheckpointFile.read(file))
          .isInstanceOf(CheckpointFormatException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void read_oneBitAltered_isRefused() throws IOException {
    byte[] altered = bytes();
    altered[altered.length - 1] ^= 1;
    Path file = file(altered);

    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(CheckpointFormatException.class)
        .hasMessage(file + " is cut short or altered: it does not have its own SHA-256");
  }

  @Test
  void isOne_anotherFile_isNone() throws IOException {
    assertThat(CheckpointFile.isOne(file("PK..".getBytes(US_ASCII)))).isFalse();
    assertThat(CheckpointFile.isOne(file(new byte[0]))).isFalse();
  }

  private static byte[] bytes() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    CheckpointFile.write(WRITTEN, target);
    return target.toByteArray();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("model.millrace"), content);
  }
}
