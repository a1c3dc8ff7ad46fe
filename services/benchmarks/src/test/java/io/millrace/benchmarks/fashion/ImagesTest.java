package io.millrace.benchmarks.fashion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImagesTest {
  @TempDir Path folder;

  @Test
  void read_twoImages_scalesPixelsAndPairsLabels() throws IOException {
    write("train-images-idx3-ubyte.gz", new int[] {0x803, 2, 1, 2}, 0, 255, 51, 0);
    write("train-labels-idx1-ubyte.gz", new int[] {0x801, 2}, 9, 3);

    Images images = Images.read(folder, "train");

    assertThat(images.count()).isEqualTo(2);
    assertThat(images.pixels()).containsExactly(0, 1, 0.2f, 0);
    assertThat(images.labels()).containsExactly(9, 3);
  }

  @Test
  void read_fewerLabelsThanImages_fails() throws IOException {
    write("train-images-idx3-ubyte.gz", new int[] {0x803, 2, 1, 1}, 0, 255);
    write("train-labels-idx1-ubyte.gz", new int[] {0x801, 1}, 9);

    assertThatThrownBy(() -> Images.read(folder, "train")).isInstanceOf(IOException.class);
  }

  @Test
  void named_everyNetwork_hasTenClasses() {
    assertThat(FashionNetwork.names()).containsExactly("textbook", "convolution");
    assertThat(FashionNetwork.names())
        .extracting(name -> FashionNetwork.named(name).definition())
        .allSatisfy(
            network ->
                assertThat(network.outputShape(network.outputs().get(0)).size()).isEqualTo(10));
  }

  private void write(String name, int[] header, int... bytes) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))))) {
      for (int number : header) {
        out.writeInt(number);
      }
      for (int value : bytes) {
        out.writeByte(value);
      }
    }
  }
}
